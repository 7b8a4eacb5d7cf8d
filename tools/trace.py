"""Which tests prove which requirement: `make trace`.

Prints a line per row of docs/requirements.md (its id, then the tests that name it, or a dash) and how many are proved.
Ids that no row has are a fault.
"""

import re
import sys
from collections import defaultdict
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| ([A-Z]-\d+) \|", re.MULTILINE)


def rows() -> list[str]:
    return ROW.findall((ROOT / "docs" / "requirements.md").read_text(encoding="utf-8"))


class Gatherer:
    """Reads the marks of every collected test, before any is left out on this machine."""

    def __init__(self) -> None:
        self.tests: dict[str, dict[str, None]] = defaultdict(dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("requirement"):
                for row in mark.args:
                    self.tests[row][item.nodeid.split("[")[0]] = None


def main() -> int:
    gatherer = Gatherer()
    told = StringIO()
    with redirect_stdout(told):
        code = pytest.main(
            ["--collect-only", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"], [gatherer]
        )
    if code:
        sys.stderr.write(told.getvalue())
        return int(code)
    known = rows()
    for row in known:
        print(row, *(sorted(gatherer.tests[row]) or ["-"]))
    proved = sum(1 for row in known if gatherer.tests[row])
    print(f"{proved} of {len(known)} rows are proved.")
    unknown = sorted(set(gatherer.tests) - set(known))
    if unknown:
        sys.stderr.write(f"No such rows: {', '.join(unknown)}\n")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
