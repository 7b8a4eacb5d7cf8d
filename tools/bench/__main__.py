"""`make bench`: measures the system beside its yardsticks and prints a table with each figure, its aim and the verdict.

make bench                                        10,000 cases on PostgreSQL and on SQLite, in ten minutes
make bench BENCH="--write"                        also writes docs/performance.md
make bench BENCH="--cases 10000 300000"           also whether pages and acts get dearer with the number of cases
make bench BENCH="--clients 1 8 32"               also with other numbers of users at once
make bench BENCH="--profile worklist case"        where the time of these goes
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.server import ROOT
from tools.bench.databases import has_postgresql
from tools.bench.report import PAGE, document, report

LONGEST_LEG_SECONDS = 4 * 60 * 60


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000])
    parser.add_argument("--clients", type=int, nargs="+", default=[8])
    parser.add_argument("--seconds", type=float, default=0.8, help="how long a slice lasts")
    parser.add_argument("--pairs", type=int, default=7, help="slices of yardstick and operation, by turns")
    parser.add_argument("--database", choices=["postgresql", "sqlite"], nargs="+")
    parser.add_argument("--profile", nargs="+", default=[], help="names of operations, or all")
    parser.add_argument("--results", type=Path, help="keep what was measured in this file, as JSON")
    parser.add_argument("--show", type=Path, help="measure nothing: tell what was kept in this file")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    return parser.parse_args()


def legs(asked: argparse.Namespace) -> list[tuple[str, int]]:
    """Every size on each database that was named; else all on PostgreSQL and the smallest on SQLite."""
    if asked.database:
        return [(database, cases) for database in asked.database for cases in asked.cases]
    on_postgresql = [("postgresql", cases) for cases in asked.cases] if has_postgresql() else []
    return [*on_postgresql, ("sqlite", min(asked.cases))]


def run_leg(database: str, cases: int, asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    results = folder / f"{database}-{cases}.json"
    orders = {
        "database": database,
        "cases": cases,
        "clients": asked.clients,
        "seconds": asked.seconds,
        "pairs": asked.pairs,
        "profile": asked.profile,
        "results": str(results),
    }
    command = [sys.executable, "-m", "tools.bench.leg", json.dumps(orders)]
    leg = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)
    try:
        code = leg.wait(timeout=LONGEST_LEG_SECONDS)
    finally:
        # Whatever ends this ends the leg, which then stops its servers.
        leg.terminate()
        leg.wait()
    if code:
        raise subprocess.CalledProcessError(code, command[:3])
    found: dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    return found


def main() -> int:
    asked = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if asked.show:
        return tell(json.loads(asked.show.read_text(encoding="utf-8")), asked)
    wanted = legs(asked)[:1] if asked.profile else legs(asked)
    if not has_postgresql() and not asked.database:
        print("PostgreSQL is not installed (Debian: apt-get install postgresql): measured on SQLite only.")
    with tempfile.TemporaryDirectory(prefix="samordna-bench-results-") as folder:
        try:
            found = [run_leg(database, cases, asked, Path(folder)) for database, cases in wanted]
        except subprocess.CalledProcessError as error:
            return int(error.returncode) or 1
    if asked.profile:
        print("\n".join(told for leg in found for told in leg["profiles"].values()))
        return 0
    if asked.results:
        asked.results.write_text(json.dumps(found), encoding="utf-8")
    return tell(found, asked)


def tell(found: list[dict[str, Any]], asked: argparse.Namespace) -> int:
    print(report(found))
    if asked.write:
        PAGE.write_text(document(found, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        print("Written to docs/performance.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
