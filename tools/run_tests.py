"""All of `make test`: the checks, then the tests on SQLite and on PostgreSQL at the same time.

The last lines tell what could not be run on this machine. Under CI that is a failure instead.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from samordna.web.translations import compile_all
from tests.support.left_out import CI
from tests.support.postgresql import find_programs
from tools.check import main as check

ROOT = Path(__file__).resolve().parents[1]
# Tests come in another order than they are written, but in the same one each time.
SEED = "20261122"


def start(database: str, size: str, report: Path, output: IO[bytes] | None) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "SAMORDNA_TEST_DATABASE": database,
        "SAMORDNA_TEST_SIZE": size,
        "SAMORDNA_LEFT_OUT": str(report),
    }
    order = [f"--randomly-seed={SEED}"] if size == "small" else []
    # A cache of its own, so that two runs do not write the same files.
    command = [sys.executable, "-m", "pytest", *order, "-o", f"cache_dir=.pytest_cache/{database}"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)


def run_tests(size: str, folder: Path) -> tuple[bool, list[str]]:
    """Whether all went well, and what was left out."""
    has_postgresql = find_programs() is not None
    with (folder / "postgresql.log").open("w+b") as log:
        print(
            "\nTests on SQLite" + (", with those on PostgreSQL beside:" if has_postgresql else ":"),
            flush=True,
        )
        on_sqlite = start("sqlite", size, folder / "sqlite", None)
        on_postgresql = start("postgresql", size, folder / "postgresql", log) if has_postgresql else None
        codes = [on_sqlite.wait()]
        if on_postgresql:
            codes.append(on_postgresql.wait())
            log.seek(0)
            print("\nTests on PostgreSQL:\n" + log.read().decode(errors="replace"), flush=True)
    left_out = (
        [] if has_postgresql else ["all tests on PostgreSQL: no server (Debian: apt-get install postgresql)"]
    )
    left_out += [
        line for name in ("sqlite", "postgresql") if (folder / name).exists() for line in lines(folder / name)
    ]
    return not any(codes), left_out


def lines(path: Path) -> list[str]:
    return [f"{line} [{path.name}]" for line in path.read_text(encoding="utf-8").splitlines()]


def main(size: str) -> int:
    checked = check() == 0
    # Once and before the two runs, neither of which may find a translation that the other is writing.
    compile_all()
    with tempfile.TemporaryDirectory(prefix="samordna-tests-") as folder:
        passed, left_out = run_tests(size, Path(folder))
    if not checked:
        print("A check failed; see the top of this output.")
    for sentence in left_out:
        print(f"Left out: {sentence}")
    if left_out and not CI:
        print("Install what is missing, or run as root with SAMORDNA_INSTALL=1.")
    return 0 if checked and passed and not (CI and left_out) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "small"))
