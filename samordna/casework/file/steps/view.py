"""One part as one unit sees it: the symbol, what is next in it, and whether it is the unit's task."""

from dataclasses import dataclass
from datetime import datetime

from samordna.cases.states import StepStatus
from samordna.cases.worklist import NextStep, Symbol
from samordna.casework.file.facts import CaseWork
from samordna.kernel.workingdays import due_at as ends_at


@dataclass(frozen=True)
class PartView:
    """`holds`: what is awaited here holds the process up; else the process goes on without it."""

    symbol: Symbol
    next_step: NextStep
    task: bool = False
    holds: bool = True

    @property
    def status(self) -> StepStatus:
        return self.symbol.status


@dataclass(frozen=True)
class Viewer:
    """The unit that looks, whether the coordinator works there, and when it looks."""

    unit_id: int
    coordinates: bool
    at: datetime


def viewer_of(facts: CaseWork, unit_id: int, at: datetime) -> Viewer:
    return Viewer(unit_id, facts.case.coordinator.unit_id == unit_id, at)


def quiet(status: StepStatus, part: str, code: str = "", *, unit: str = "") -> PartView:
    """Nothing to do here."""
    return PartView(Symbol(status), NextStep(code or status.lower(), part, unit=unit))


def within(facts: CaseWork, since: datetime | None) -> datetime | None:
    """When a step without a deadline of its own is due, that waits since then."""
    return ends_at(facts.settings.other_step, since) if since is not None else None


def task(
    part: str,
    code: str,
    *,
    due_at: datetime | None = None,
    acts_from: datetime | None = None,
    unit: str = "",
    who: str = "",
    count: int = 0,
    since: datetime | None = None,
    status: StepStatus = StepStatus.TODO,
) -> PartView:
    """The unit has something to do: `since` it was asked, or from `acts_from` on, when that lies ahead."""
    moment = acts_from or since
    step = NextStep(code, part, unit=unit, who=who, count=count, at=moment.isoformat() if moment else "")
    return PartView(Symbol(status, acts_from, due_at), step, task=True)


def waiting(
    part: str,
    code: str,
    *,
    due_at: datetime | None = None,
    unit: str = "",
    who: str = "",
    count: int = 0,
    total: int = 0,
    spread: bool = False,
) -> PartView:
    """Others have something to do."""
    step = NextStep(code, part, unit=unit, who=who, count=count, total=total, spread=spread)
    return PartView(Symbol(StepStatus.WAITING, None, due_at), step)
