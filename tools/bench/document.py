"""docs/performance.md: the tables with what they were measured on."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.support.server import ROOT
from tools.bench.report import aims_table, leg_tables
from tools.bench.verdicts import JUDGED_CLIENTS

KEPT_FROM = "<!-- Written by hand from here on; `make bench` keeps it. -->"


def document(legs: Sequence[dict[str, Any]], seconds: float) -> str:
    """The page anew, but for what somebody has written below the mark."""
    parts = [
        "# Performance\n\nWritten by `make bench BENCH=--write`. What is compared with what, and why, stands in "
        "`tools/bench`.",
        "## On what\n\n" + _machine(legs, seconds),
        "## Aims\n\n" + aims_table(legs).removeprefix("### Aims\n\n"),
        "## Figures\n\n" + _legend(),
        *(leg_tables(leg) for leg in legs),
        KEPT_FROM + kept(),
    ]
    return "\n\n".join(parts).rstrip() + "\n"


def kept() -> str:
    """What has been written by hand on the page as it stands."""
    page = ROOT / "docs" / "performance.md"
    _before, mark, after = (
        page.read_text(encoding="utf-8").partition(KEPT_FROM) if page.exists() else ("", "", "")
    )
    return after if mark else ""


def _machine(legs: Sequence[dict[str, Any]], seconds: float) -> str:
    databases = ", ".join(dict.fromkeys(str(leg["version"]) for leg in legs))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    facts = [
        f"{datetime.now(UTC):%Y-%m-%d}. {os.cpu_count()} processor cores ({_processor()}), {memory:.0f} GiB of memory.",
        f"Python {platform.python_version()}, Django {version('django')}, gunicorn {version('gunicorn')} with two sync "
        f"workers, {databases}. What is answered is on the disk (fsync, synchronous commit; SQLite synchronous FULL).",
        f"Each figure was measured for {seconds:g} seconds after a second of warm-up. Those who ask run on the same "
        "machine and share its cores, over the loopback, without TLS or proxy; each opens a connection per request, as "
        "sync workers want it, and asks again as soon as it is answered.",
        "Fifty cases are active at the unit whose worklist is read, whatever the total; the rest have ended at other "
        "units, but for those that the acts are done in.",
    ]
    return "\n".join(f"- {fact}" for fact in facts)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _legend() -> str:
    return (
        "Times in milliseconds. *application* and *database* are processor time per request. *statements* are those of "
        "one request without the control of transactions. The yardsticks are pages of the same framework on the same "
        "database server with nothing else in them (`tools/bench/bare`). Aims are judged with "
        f"{JUDGED_CLIENTS} clients, when the processor is busy and latency is mostly waiting for one's turn. "
        "*others* is how much of a core something else on the machine used meanwhile: where it is not near 0, times "
        "and rates tell about that other work, and processor time is somewhat higher than on a quiet one."
    )
