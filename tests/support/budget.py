"""What the tests cost in processor time, by kind, beside the budgets in pyproject.toml.

A run over its budget passes, and says which tests ate it: processors differ, and a clock must fail nobody.
"""

import resource
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.support.left_out import on_postgresql

ROOT = Path(__file__).resolve().parents[2]
GROUND = "ground"
# Marks that tell a kind, then folders; what is left is told by whether it uses a database.
MARKS = {"browser": "journeys", "nginx": "running", "race": "races"}
FOLDERS = {
    "tests/journeys/": "journeys",
    "tests/bad_input/": "bad input",
    "tests/authorisation/": "rights",
    "tests/process/": "process",
    "tests/": "house",
}
# How many of the dearest tests are named of a kind that is over its budget.
NAMED = 8

_COST = "processor"
_begun = pytest.StashKey[float]()


@dataclass(frozen=True, slots=True)
class Cost:
    """What one test took, in seconds of a processor."""

    kind: str
    test: str
    seconds: float


def kind_of(path: str, marks: set[str], *, uses_database: bool) -> str:
    """What kind of test it is, by its marks and where it stands."""
    marked = [kind for mark, kind in MARKS.items() if mark in marks]
    placed = [kind for folder, kind in FOLDERS.items() if path.startswith(folder)]
    return [*marked, *placed, "rooms" if uses_database else "rules"][0]


def told(costs: list[Cost], budgets: Mapping[str, float]) -> list[str]:
    """A line per kind, the dearest first; under a kind that is over its budget, the tests that took most of it."""
    by_kind: dict[str, list[Cost]] = defaultdict(list)
    for cost in costs:
        by_kind[cost.kind].append(cost)
    lines = []
    for kind, those in sorted(by_kind.items(), key=lambda one: -_sum(one[1])):
        budget = budgets.get(kind)
        over = budget is not None and _sum(those) > budget
        of = "" if budget is None else f" of {budget:.0f}"
        lines.append(f"{_sum(those):6.0f}{of} s {kind} ({len(those)} tests){': OVER' if over else ''}")
        dearest = sorted(those, key=lambda cost: -cost.seconds)[:NAMED] if over else []
        lines += [f"         {cost.seconds:.1f} s {cost.test}" for cost in dearest]
    return lines


def _sum(costs: list[Cost]) -> float:
    return sum(cost.seconds for cost in costs)


def budgets() -> Mapping[str, float]:
    """Those of this run's database, as pyproject.toml has them."""
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: Mapping[str, float] = written["tool"]["samordna"]["test-budgets"][
        "postgresql" if on_postgresql() else "sqlite"
    ]
    return found


def _used(item: pytest.Item) -> float:
    """Of this process and of those it has waited for; in a browser's test also of those that live."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + (_living() if _in_browser(item) else 0.0)


def _in_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def _living() -> float:
    seconds = 0.0
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            used = child.cpu_times()
            seconds += used.user + used.system
    return seconds


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    item.stash[_begun] = _used(item)
    yield


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[Any]:
    """What stands for the whole run (databases, servers, the browser) is nobody's: it is the ground."""
    item = getattr(request, "_pyfuncitem", None)
    if fixturedef.scope != "session" or item is None:
        return (yield)
    before = _used(item)
    try:
        return (yield)
    finally:
        spent = _used(item) - before
        item.user_properties.append((GROUND, spent))
        item.stash[_begun] += spent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    if call.when == "teardown" and _begun in item.stash:
        marks = {mark.name for mark in item.iter_markers()}
        names = set(getattr(item, "fixturenames", ()))
        uses = "django_db" in marks or bool(names & {"db", "committed_db", "databases"})
        kind = kind_of(item.nodeid, marks, uses_database=uses)
        item.user_properties.append((_COST, [kind, _used(item) - item.stash[_begun]]))
    return (yield)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    ended = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "teardown"
    ]
    properties = [(report.nodeid, dict(report.user_properties)) for report in ended]
    costs = [Cost(found[_COST][0], test, found[_COST][1]) for test, found in properties if _COST in found]
    ground = sum(found.get(GROUND, 0.0) for _test, found in properties)
    terminalreporter.section("processor time by kind, of its budget")
    for line in [*told(costs, budgets()), f"{ground:6.0f} s {GROUND}: databases, servers, the browser"]:
        terminalreporter.write_line(line)
