"""Every check that reads and does not run the program: `make check`. Changes nothing."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

CHECKS: list[tuple[str, list[str]]] = [
    ("lint", [str(BIN / "ruff"), "check", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "."]),
    ("who imports whom", [str(BIN / "lint-imports"), "--no-logo"]),
    ("translations", [sys.executable, "-m", "tools.translations"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("templates", [str(BIN / "djlint"), "samordna", "--lint", "--quiet"]),
    ("types", [str(BIN / "mypy")]),
]


def run(name: str, command: list[str]) -> bool:
    begun = time.monotonic()
    # Settings of the tests: the demo's would make a key and a folder.
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "samordna.config.settings.test"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({seconds:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def main() -> int:
    results = [run(name, command) for name, command in CHECKS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
