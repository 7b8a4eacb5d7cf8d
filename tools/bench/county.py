"""What a county of 300,000 inhabitants needs, worked out from what was measured.

The load is assumed, from 39,000 admissions a year (Swedish hospitals have 1.38 million for 10.6 million inhabitants): a
third of them becomes a case with 50 acts, and ten pages are opened for each act. 250 units have two worklists open, and
the busiest hour has 15 % of a day; what is reckoned with is three times that, and half of it again in a burst of acts.
"""

from collections.abc import Mapping
from math import ceil
from statistics import fmean
from typing import Any

from tools.bench.verdicts import judged, milliseconds

# A second, at the peak. A page that is open asks every 30 seconds whether its list has changed.
REFRESHES, PAGES, ACTS = 54, 3, 0.5
CASES_A_YEAR = 12_900
PAGES_A_YEAR = CASES_A_YEAR * 50 * 10
# Answers are quick when half the processor is free; the worker, the database and the machine itself need some.
BUSY_AT_MOST = 0.5
FEWEST_CORES = 2
# The worker has read the same program as one of two web workers.
WITH_THE_WORKER = 1.5
ACTED = ("send", "acknowledge", "sign", "lock")


def county(leg: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What, how much, and how that was worked out."""
    by_name = judged(dict(leg))
    times = {name: milliseconds(one) for name, one in by_name.items()}
    page = fmean([times["worklist"], times["case"]])
    act = fmean(times[name] for name in ACTED)
    cores = (REFRESHES * times["refresh"] + PAGES * page + ACTS * act) / 1000
    opened = fmean(by_name[name]["bytes"] for name in ("worklist", "case"))
    case, printed = leg["case_bytes"] / 1000, leg["prints"]["kilobytes"]
    disk = (CASES_A_YEAR * (case + printed) + PAGES_A_YEAR * opened / 1000) / 1e6
    memory = WITH_THE_WORKER * leg["megabytes"] + leg["database_megabytes"]
    return [
        (
            "processor at the peak",
            f"{cores:.2f} cores",
            f"{REFRESHES} refreshes of {times['refresh']:.1f} ms, {PAGES} pages of {page:.0f} ms and {ACTS:g} acts of "
            f"{act:.0f} ms a second",
        ),
        (
            "cores to have",
            f"{max(FEWEST_CORES, ceil(cores / BUSY_AT_MOST))}",
            f"at most {BUSY_AT_MOST:.0%} busy, at least {FEWEST_CORES}",
        ),
        (
            "memory",
            f"{memory:,.0f} MB",
            f"two web workers {leg['megabytes']:.0f}, the worker half of that, "
            f"the database {leg['database_megabytes']:.0f}",
        ),
        (
            "disk a year",
            f"{disk:.1f} GB",
            f"{CASES_A_YEAR:,} cases of {case:.0f} kB with a print of {printed:.0f} kB, {PAGES_A_YEAR / 1e6:.1f} "
            f"million pages whose opening is logged with {opened / 1000:.2f} kB; without copies",
        ),
    ]
