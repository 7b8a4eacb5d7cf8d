"""What was measured as Markdown that also reads well in a terminal, and docs/performance.md with it."""

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.support.server import ROOT
from tools.bench.county import ACTS, PAGES, REFRESHES, county
from tools.bench.verdicts import DISTURBED, JUDGED_CLIENTS, disturbed, median, times_yardstick, verdicts

PAGE = ROOT / "docs" / "performance.md"
KEPT_FROM = "<!-- Written by hand from here on; `make bench` keeps it. -->"
SHORT = {"empty": "empty page", "list": "50 rows", "case": "ten messages", "insert": "one insert"}
HEAD = (
    "what",
    "statements",
    "clients",
    "times the yardstick",
    "application",
    "database",
    "p50",
    "p95",
    "per second",
    "disturbed",
)
MEDIANS = ("application", "database", "p50", "p95", "per_second")
ABOUT = f"""## How

- Yardstick and operation are asked by turns, a slice each, with both servers running. A pair of slices gives how many
  times the yardstick's processor time (application and database) the operation took; told is the median of the pairs,
  and in parentheses the quartiles, between which half of the pairs lie. **A ratio that was measured once is worth
  little**, and milliseconds tell as much about the machine as about the program: compare medians, of one machine.
- Each yardstick is also measured beside itself: how far that is from 1 is the noise.
- *disturbed*: in how many slices others used more than {DISTURBED:g} of a core.
- The yardsticks are pages of the same framework on the same database server with nothing else in them
  (`tools/bench/bare`). They hold as much whatever the system holds.
- Those who ask are users of Locust on the same machine, over the loopback, without TLS or proxy. Each opens a
  connection per request, as sync workers want it, and asks again as soon as it is answered. A slice is over when all
  are answered.
- Aims are judged with {JUDGED_CLIENTS} users at once, when the processor is busy and times are mostly waiting for one's
  turn.
- Fifty cases are active at the unit whose worklist is read, whatever the total; the rest have ended at other units, but
  for those that the acts are done in. A case on the disk is an ended one: what the database with all of them has more
  than without them, by their number."""
LEGEND = """## Figures

Milliseconds; *application* and *database* are processor time per request. *statements* are those of one request without
the control of transactions."""
COUNTY = f"""## A county of 300,000

{REFRESHES} refreshes, {PAGES} pages and {ACTS:g} acts a second at the peak: a page that is open asks every 30 seconds
whether its list has changed. `tools/bench/county.py` tells where the load comes from."""


def report(legs: Sequence[dict[str, Any]]) -> str:
    """All legs, every aim, and the county."""
    tables = [
        *(leg_tables(leg) for leg in legs),
        "### Aims",
        aims_table(legs),
        "### A county",
        county_table(legs),
    ]
    return "\n\n".join(tables) + "\n"


def document(legs: Sequence[dict[str, Any]], page: str) -> str:
    """The page anew, but for what somebody has written below the mark."""
    _before, _mark, kept = page.partition(KEPT_FROM)
    parts = [
        "# Performance\n\nWritten by `make bench BENCH=--write`.",
        "## On what\n\n" + _machine(legs),
        ABOUT,
        "## Aims\n\n" + aims_table(legs),
        COUNTY + "\n\n" + county_table(legs),
        LEGEND,
        *(leg_tables(leg) for leg in legs),
        KEPT_FROM + kept,
    ]
    return "\n\n".join(parts).rstrip() + "\n"


def _machine(legs: Sequence[dict[str, Any]]) -> str:
    databases = ", ".join(dict.fromkeys(str(leg["version"]) for leg in legs))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    facts = [
        f"{datetime.now(UTC):%Y-%m-%d}. {os.cpu_count()} processor cores ({_processor()}), {memory:.0f} GiB of memory.",
        f"Python {platform.python_version()}, Django {version('django')}, gunicorn {version('gunicorn')} with two sync "
        f"workers, {databases}. What is answered is on the disk (fsync, synchronous commit; SQLite synchronous FULL).",
        f"Locust {version('locust')}. A slice lasts {legs[0]['seconds']:g} s, an act's until its requests are done.",
    ]
    return "\n".join(f"- {fact}" for fact in facts)


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def leg_tables(leg: dict[str, Any]) -> str:
    """One database of one size."""
    rows = [
        (
            one["label"],
            one.get("statements", ""),
            one["clients"],
            f"{times_yardstick(one)} × {SHORT[one['yardstick']]}",
            *(_shown(median(one, name)) for name in MEDIANS),
            f"{disturbed(one)} of {2 * len(one['pairs'])}",
        )
        for one in leg["measured"]
    ]
    return f"### {leg['version']}, {leg['cases']:,} cases\n\n{table(HEAD, rows)}"


def aims_table(legs: Sequence[dict[str, Any]]) -> str:
    """Each aim, what was measured, and whether it was reached."""
    rows = [
        (f"{leg['kind']}, {leg['cases']:,}", verdict.subject, verdict.measured, verdict.aim, verdict.word)
        for leg, verdict in verdicts(legs)
    ]
    return table(("where", "what", "measured", "aim", ""), rows)


def county_table(legs: Sequence[dict[str, Any]]) -> str:
    rows = [(f"{leg['kind']}, {leg['cases']:,}", *row) for leg in legs for row in county(leg)]
    return table(("measured on", "what", "need", "worked out from"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Markdown with its columns lined up."""
    texts = [[str(value) for value in row] for row in rows]
    widths = [max(len(row[place]) for row in [list(head), *texts]) for place in range(len(head))]
    lines = [[*head], ["-" * width for width in widths], *texts]
    return "\n".join(f"| {' | '.join(_padded(line, widths))} |" for line in lines)


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [value.ljust(width) for value, width in zip(line, widths, strict=True)]


def _shown(number: float) -> str:
    if not number:
        return "–"
    return f"{number:.2f}" if number < 10 else f"{number:,.0f}" if number >= 100 else f"{number:.1f}"
