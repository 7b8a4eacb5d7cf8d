"""What the pairs say, and whether the aims are reached."""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# The processor is busy then, so that what is counted is work and not waiting.
JUDGED_CLIENTS = 8
MOST_KILOBYTES = 40
MOST_KILOBYTES_OF_A_CASE = 45
MOST_GROWTH = 1.15
MOST_MEMORY = 2.0
MOST_TYPST = 1.5
# Of a core. A slice in which others used more is told.
DISTURBED = 0.2
GROWING = ("worklist", "case", "send", "acknowledge", "sign", "lock")
Measured = dict[str, Any]


@dataclass(frozen=True)
class Spread:
    """The median of the pairs, with the quartiles: half of the pairs lie between `low` and `high`."""

    low: float
    median: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True)
class Verdict:
    """What was measured, the aim in words, and whether it was reached."""

    subject: str
    measured: str
    aim: str
    reached: bool

    @property
    def word(self) -> str:
        return "ok" if self.reached else "missed"


def spread(values: Iterable[float]) -> Spread:
    given = list(values)
    if len(given) < 2:
        return Spread(*(given or [0.0]) * 3)
    return Spread(*statistics.quantiles(given, n=4, method="inclusive"))


def times_yardstick(one: Measured) -> Spread:
    """Of each pair, how many times the yardstick's processor time the operation took."""
    answered = [pair for pair in one["pairs"] if all(processor(side) for side in pair)]
    return spread(processor(operation) / processor(yardstick) for yardstick, operation in answered)


def processor(side: Measured) -> float:
    """Milliseconds of processor time per request, application and database."""
    return float(side["application"] + side["database"])


def median(one: Measured, name: str) -> float:
    """Of the operation's slices that answered anything."""
    return spread(side[name] for _yardstick, side in one["pairs"] if side["requests"]).median


def milliseconds(one: Measured) -> float:
    return spread(processor(side) for _yardstick, side in one["pairs"] if side["requests"]).median


def disturbed(one: Measured) -> int:
    """In how many slices others used a part of the machine."""
    return sum(side["others"] > DISTURBED for pair in one["pairs"] for side in pair)


def judged(leg: Measured) -> dict[str, Measured]:
    """By name, what the aims are compared with: measured with eight clients, else with the most."""
    listed = [one for one in leg["measured"] if "aim" in one]
    clients = {one["clients"] for one in listed}
    wanted = JUDGED_CLIENTS if JUDGED_CLIENTS in clients else max(clients)
    return {one["name"]: one for one in listed if one["clients"] == wanted}


def verdicts(legs: Sequence[Measured]) -> Iterator[tuple[Measured, Verdict]]:
    """Every aim on every leg."""
    for leg in legs:
        for one in judged(leg).values():
            yield from ((leg, verdict) for verdict in _of_operation(one))
        yield from ((leg, verdict) for verdict in _of_leg(leg))
    yield from _growth(legs)


def _of_operation(one: Measured) -> Iterator[Verdict]:
    if one["aim"] is not None:
        times = times_yardstick(one)
        told = f"{times} × yardstick, {milliseconds(one):.1f} ms"
        within = 0 < times.median <= one["aim"]
        yield Verdict(f"{one['label']}: processor time", told, f"at most {one['aim']:g} ×", within)
    if one["aim_statements"] is not None:
        within = one["statements"] <= one["aim_statements"]
        aim = f"at most {one['aim_statements']}"
        yield Verdict(f"{one['label']}: statements", str(one["statements"]), aim, within)
    if one["name"] == "worklist":
        size = median(one, "kilobytes")
        yield Verdict(
            "Worklist: size", f"{size:.1f} kB", f"at most {MOST_KILOBYTES} kB", size <= MOST_KILOBYTES
        )


def _of_leg(leg: Measured) -> Iterator[Verdict]:
    case = leg["case_bytes"] / 1000
    aim = f"at most {MOST_KILOBYTES_OF_A_CASE} kB"
    yield Verdict("A case on the disk", f"{case:.1f} kB", aim, case <= MOST_KILOBYTES_OF_A_CASE)
    memory = leg["megabytes"] / leg["bare_megabytes"]
    told = f"{memory:.1f} × yardstick, {leg['megabytes']:.0f} MB"
    yield Verdict("Memory of two web workers", told, f"at most {MOST_MEMORY:g} ×", memory <= MOST_MEMORY)
    times = spread(worker / typst for typst, worker in leg["prints"]["pairs"])
    told = (
        f"{times} × Typst alone, {spread(worker for _typst, worker in leg['prints']['pairs']).median:.0f} ms"
    )
    within = times.median <= MOST_TYPST
    yield Verdict("A plan as PDF, made by the worker", told, f"at most {MOST_TYPST:g} ×", within)
    failed = sum(side["failed"] for one in leg["measured"] for pair in one["pairs"] for side in pair)
    yield Verdict("Requests that failed", str(failed), "none", failed == 0)
    if leg["kind"] == "sqlite":
        yield Verdict('"database is locked"', str(leg["locked"]), "never", leg["locked"] == 0)


def _growth(legs: Sequence[Measured]) -> Iterator[tuple[Measured, Verdict]]:
    """With the most cases beside with the fewest, on one kind of database; the yardsticks hold as much in both."""
    for kind in dict.fromkeys(leg["kind"] for leg in legs):
        sizes = sorted((leg for leg in legs if leg["kind"] == kind), key=lambda leg: int(leg["cases"]))
        small, large = sizes[0], sizes[-1]
        if small["cases"] == large["cases"]:
            continue
        for name in GROWING:
            before, after = judged(small)[name], judged(large)[name]
            grown = times_yardstick(after).median / (times_yardstick(before).median or 1.0)
            subject = f"{after['label']}: growth from {small['cases']:,} cases"
            yield (
                large,
                Verdict(subject, f"{grown:.2f} ×", f"at most {MOST_GROWTH:g} ×", 0 < grown <= MOST_GROWTH),
            )
