"""What cannot run on this machine is left out and named in the last lines; under CI it is a failure instead."""

import os
import shutil
from pathlib import Path

import pytest

from tests.support.postgresql import find_programs
from tests.support.size import FAST, LONG

CI = os.environ.get("CI", "") not in {"", "0", "false"}
# `make test` gathers what its runs left out here, and prints it when all is done.
REPORT = os.environ.get("SAMORDNA_LEFT_OUT", "")


def chromium() -> str | None:
    """The one without a window first: it does the same pages for half the processor time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def nginx() -> str | None:
    # Debian keeps it where an ordinary user's path does not lead.
    there = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    return there if shutil.which("openssl") else None


def on_postgresql() -> bool:
    return os.environ.get("SAMORDNA_TEST_DATABASE", "sqlite") == "postgresql"


def pytest_configure(config: pytest.Config) -> None:
    if on_postgresql() and find_programs() is None:
        raise pytest.UsageError(
            "PostgreSQL's server programs are not installed (Debian: apt-get install postgresql)."
        )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks by what a test asks for, so that none is in two runs and none in no run."""
    asked = set(getattr(item, "fixturenames", ()))
    if "browser" in asked:
        item.add_marker("browser")
    if "filled_database" in asked or item.get_closest_marker("browser") or item.get_closest_marker("nginx"):
        item.add_marker("system")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    without_chromium = (
        [item for item in items if item.get_closest_marker("browser")] if not chromium() else []
    )
    without_nginx = [item for item in items if item.get_closest_marker("nginx")] if not nginx() else []
    if (without_chromium or without_nginx) and CI:
        what = "Chromium" if without_chromium else "nginx"
        raise pytest.UsageError(f"{what} is not installed, and under CI no test may be left out.")
    if without_nginx:
        tell(
            config,
            f"{len(without_nginx)} tests behind a proxy: no nginx (Debian: apt-get install nginx openssl)",
        )
    if without_chromium:
        package = "chromium-headless-shell"
        tell(
            config,
            f"{len(without_chromium)} tests in a browser: no Chromium (Debian: apt-get install {package})",
        )
    not_here = [item for item in items if item.get_closest_marker("postgresql") and not on_postgresql()]
    not_now = [item for item in items if not LONG and _waits_for_the_long_run(item)]
    out = {*without_chromium, *without_nginx, *not_here, *not_now}
    if out:
        config.hook.pytest_deselected(items=list(out))
        items[:] = [item for item in items if item not in out]


def _waits_for_the_long_run(item: pytest.Item) -> bool:
    once = item.get_closest_marker("once")
    return bool(item.get_closest_marker("long") or (once and (FAST or not runs_here(*once.args))))


def runs_here(database: str) -> bool:
    """Whether what is alike on both databases runs on this one. Without a server all of it runs on SQLite."""
    has_server = find_programs() is not None
    return on_postgresql() == (database == "postgresql" and has_server)


def tell(config: pytest.Config, sentence: str) -> None:
    config.stash.setdefault(SENTENCES, []).append(sentence)
    if REPORT:
        with Path(REPORT).open("a", encoding="utf-8") as report:
            report.write(sentence + "\n")


SENTENCES = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for sentence in config.stash.get(SENTENCES, []):
        terminalreporter.write_line(f"Left out: {sentence}")
