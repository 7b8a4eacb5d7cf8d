"""All of `make test`: the checks, then three runs beside each other. docs/testing.md says what runs where, and why.

On SQLite and on PostgreSQL without a browser, and the journeys in Chromium. With `fast` the first one alone, on all
cores: for work in progress. The last lines tell what could not be run on this machine. Under CI that is a failure
instead.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from samordna.web.translations import compile_all
from tests.support.left_out import CI
from tests.support.postgresql import find_programs
from tools.check import main as check

ROOT = Path(__file__).resolve().parents[1]
# Tests come in another order than they are written, but in the same one each time.
SEED = "20261122"
NO_SERVER = "all tests on PostgreSQL: no server (Debian: apt-get install postgresql)"
# Three runs share the cores; more than so many help a run no more than they cost in databases made.
MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Run:
    """One pytest: its name, the database, which tests by their marks, and over how many cores they can be shared out.

    `least`: on how many also where there are no more cores than runs. The longest run is shared out there too, so that
    no core is left over when the others have ended.
    """

    name: str
    database: str
    marks: str
    least: int = 1
    most: int = MOST_WORKERS


ON_SQLITE = Run("SQLite", "sqlite", "not system", least=2)
ON_POSTGRESQL = Run("PostgreSQL", "postgresql", "not system")


def runs(size: str, *, has_postgresql: bool) -> list[Run]:
    """Which runs there are. What a browser does with a page is alike on both databases: it is tried on one."""
    if size == "fast":
        return [Run("SQLite", "sqlite", "not system and not race")]
    journeys = Run("journeys", "postgresql" if has_postgresql else "sqlite", "system", most=1)
    return [ON_SQLITE, *([ON_POSTGRESQL] if has_postgresql else []), journeys]


def command(run: Run, size: str, workers: int) -> list[str]:
    """How pytest is called, with a cache of its own, so that two runs do not write the same files."""
    order = [] if size == "long" else [f"--randomly-seed={SEED}"]
    # A file's tests stay together: what they stand on is built once for each worker.
    workers = min(run.most, max(run.least, workers))
    shared = ["-n", str(workers), "--dist", "loadfile"] if workers > 1 else []
    cache = ["-o", f"cache_dir=.pytest_cache/{run.name}"]
    return [sys.executable, "-m", "pytest", "-m", run.marks, *order, *shared, *cache]


def workers_for(count: int, cores: int) -> int:
    """Over how many cores each of so many runs is shared out; 1 where there are no more cores than runs."""
    return max(1, min(MOST_WORKERS, cores // count))


def start(
    run: Run, size: str, workers: int, report: Path, output: IO[bytes] | None
) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "SAMORDNA_TEST_DATABASE": run.database,
        "SAMORDNA_TEST_SIZE": size,
        "SAMORDNA_LEFT_OUT": str(report),
        # Tests that are made of a set come in the same order in every worker, or xdist refuses to share them out.
        "PYTHONHASHSEED": "0",
    }
    return subprocess.Popen(
        command(run, size, workers), cwd=ROOT, env=environment, stdout=output, stderr=output
    )


def run_tests(size: str, folder: Path) -> tuple[bool, list[str]]:
    """Whether all went well, and what was left out. The first run is seen while it goes on, the others after it."""
    has_postgresql = find_programs() is not None
    chosen = runs(size, has_postgresql=has_postgresql)
    workers = workers_for(len(chosen), os.cpu_count() or 1)
    print(f"\nTests: {', '.join(run.name for run in chosen)}, beside each other.", flush=True)
    started = []
    for place, run in enumerate(chosen):
        output = (folder / f"{run.name}.log").open("w+b") if place else None
        started.append((run, output, start(run, size, workers, folder / run.name, output)))
    codes = [_ended(run, output, process) for run, output, process in started]
    left_out = [] if has_postgresql or size == "fast" else [NO_SERVER]
    return not any(codes), left_out + told_by(chosen, folder)


def _ended(run: Run, output: IO[bytes] | None, process: subprocess.Popen[bytes]) -> int:
    code = process.wait()
    if output:
        output.seek(0)
        print(f"\nTests: {run.name}\n" + output.read().decode(errors="replace"), flush=True)
        output.close()
    return code


def told_by(chosen: Sequence[Run], folder: Path) -> list[str]:
    """What the runs left out, each sentence once."""
    found = [
        f"{line} [{run.name}]"
        for run in chosen
        if (folder / run.name).exists()
        for line in (folder / run.name).read_text(encoding="utf-8").splitlines()
    ]
    # Each worker of a run tells the same.
    return list(dict.fromkeys(found))


def main(size: str) -> int:
    checked = check() == 0
    # Once and before the runs, none of which may find a translation that another is writing.
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
