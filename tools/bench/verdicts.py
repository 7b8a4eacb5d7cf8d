"""Figures against their aims."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# The processor is busy then, so that what is counted is work and not waiting.
JUDGED_CLIENTS = 8
MOST_KILOBYTES = 40
MOST_GROWTH = 1.15
MOST_MEMORY = 2.0
MOST_TYPST = 1.5


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


def judged(figures: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The figures that the aims are compared with: those with eight clients, else with the most."""
    with_eight = [one for one in figures if one["clients"] == JUDGED_CLIENTS]
    return with_eight[0] if with_eight else figures[-1]


def processor(figures: dict[str, Any]) -> float:
    """Milliseconds of processor time per request, application and database."""
    return float(figures["application"] + figures["database"])


def times_yardstick(leg: dict[str, Any], operation: dict[str, Any], figures: dict[str, Any]) -> float:
    """The processor time as a multiple of the yardstick's with as many clients."""
    yardsticks = leg["yardsticks"][operation["aim"]["yardstick"]]
    yardstick = next(one for one in yardsticks if one["clients"] == figures["clients"])
    return processor(figures) / processor(yardstick) if processor(yardstick) else 0.0


def verdicts(legs: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Verdict]]:
    """Every aim on every leg."""
    for leg in legs:
        for name, operation in leg["operations"].items():
            for verdict in _of_operation(leg, name, operation):
                yield leg, verdict
        for verdict in _of_leg(leg):
            yield leg, verdict
    yield from _growth(legs)


def _of_operation(leg: dict[str, Any], name: str, operation: dict[str, Any]) -> Iterator[Verdict]:
    aim, figures = operation["aim"], judged(operation["figures"])
    times = times_yardstick(leg, operation, figures)
    if aim["times"] is not None:
        told = f"{times:.1f} × yardstick ({processor(figures):.1f} ms)"
        within = 0 < times <= aim["times"]
        yield Verdict(f"{operation['label']}: processor time", told, f"at most {aim['times']:g} ×", within)
    if aim["statements"] is not None:
        within = operation["statements"] <= aim["statements"]
        told = str(operation["statements"])
        yield Verdict(f"{operation['label']}: statements", told, f"at most {aim['statements']}", within)
    if name == "worklist":
        size = figures["kilobytes"]
        yield Verdict(
            "Worklist: size", f"{size:.1f} kB", f"at most {MOST_KILOBYTES} kB", size <= MOST_KILOBYTES
        )


def _of_leg(leg: dict[str, Any]) -> Iterator[Verdict]:
    memory = leg["megabytes"] / leg["bare_megabytes"]
    told = f"{memory:.1f} × yardstick ({leg['megabytes']:.0f} MB)"
    yield Verdict("Memory of two web workers", told, f"at most {MOST_MEMORY:g} ×", memory <= MOST_MEMORY)
    prints = leg["prints"]
    times = prints["worker_p50"] / prints["typst_p50"]
    told = f"{times:.1f} × Typst alone ({prints['worker_p50']:.0f} ms)"
    yield Verdict("A plan as PDF, made by the worker", told, f"at most {MOST_TYPST:g} ×", times <= MOST_TYPST)
    refused = sum(one["refused"] for operation in leg["operations"].values() for one in operation["figures"])
    yield Verdict("Requests that failed", str(refused), "none", refused == 0)
    if leg["kind"] == "sqlite":
        yield Verdict('"database is locked"', str(leg["locked"]), "never", leg["locked"] == 0)


def _growth(legs: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Verdict]]:
    """Processor time with the most cases beside that with the fewest, on the same kind of database."""
    for kind in dict.fromkeys(leg["kind"] for leg in legs):
        sizes = sorted((leg for leg in legs if leg["kind"] == kind), key=lambda leg: int(leg["cases"]))
        small, large = sizes[0], sizes[-1]
        if small["cases"] == large["cases"]:
            continue
        for name in ("worklist", "case"):
            before = processor(judged(small["operations"][name]["figures"]))
            after = processor(judged(large["operations"][name]["figures"]))
            grown = after / before if before else 0.0
            subject = f"{large['operations'][name]['label']}: growth from {small['cases']:,} cases"
            told, aim = f"{grown:.2f} ×", f"at most {MOST_GROWTH:g} ×"
            yield large, Verdict(subject, told, aim, 0 < grown <= MOST_GROWTH)
