"""When a notice of admission holds the process up, and what comes before and after one."""

from datetime import datetime, timedelta

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.states import Part

# Real hours, whatever day it is (2017:612, chapter 2 § 3).
SENT_WITHIN = timedelta(hours=24)


def holds(_facts: DischargeFacts, _at: datetime) -> bool:
    """The ward goes on without the answers."""
    return False


def too_late(_facts: DischargeFacts, _at: datetime) -> bool:
    """It can always be told."""
    return False


def not_begun(facts: DischargeFacts, viewer: Viewer) -> PartView:
    """The coordinator's task, within a day from when the case was made."""
    if not viewer.coordinates:
        return quiet(StepStatus.NOT_STARTED, Part.ADMISSION)
    return task(Part.ADMISSION, "send_admission", due_at=facts.case.created_at + SENT_WITHIN)


def anew(facts: DischargeFacts, viewer: Viewer) -> str:
    """The coordinator sends a new one as long as nobody has been told that the patient is ready."""
    return "admission_anew" if viewer.coordinates and facts.sent(Part.READY) is None else ""
