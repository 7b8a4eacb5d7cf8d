"""When a notice of readiness holds the process up, and what comes before and after one."""

from datetime import datetime, time

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task, within
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.states import Part
from samordna.kernel import clock

_DAY_STARTS = time(0, 0)


def holds(_facts: DischargeFacts, _at: datetime) -> bool:
    """The patient goes home when the answers have come."""
    return True


def too_late(_facts: DischargeFacts, _at: datetime) -> bool:
    """It can always be told."""
    return False


def not_begun(facts: DischargeFacts, viewer: Viewer) -> PartView:
    """The coordinator's task from the day for which discharge is planned."""
    if not viewer.coordinates or facts.admission is None or facts.admission.planned_on is None:
        return quiet(StepStatus.NOT_STARTED, Part.READY)
    planned = clock.at_local(facts.admission.planned_on, _DAY_STARTS)
    return task(Part.READY, "send_ready", acts_from=planned, due_at=within(facts, planned))


def anew(_facts: DischargeFacts, viewer: Viewer) -> str:
    """The coordinator tells anew."""
    return "ready_anew" if viewer.coordinates else ""
