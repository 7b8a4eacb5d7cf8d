"""When an initiative holds the process up, and what comes before and after one."""

from datetime import datetime

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task, within
from samordna.sip.facts import SipFacts
from samordna.sip.states import Part


def holds(facts: SipFacts, _at: datetime) -> bool:
    """Until somebody has summoned to the first plan."""
    return facts.round_number == 1 and facts.sent(Part.SUMMONS) is None


def too_late(facts: SipFacts, at: datetime) -> bool:
    """When the first planning meeting has begun."""
    return facts.round_number > 1 or facts.met(Part.SUMMONS, at)


def not_begun(facts: SipFacts, viewer: Viewer) -> PartView:
    """The coordinator's task from when the case was made."""
    if not viewer.coordinates:
        return quiet(StepStatus.NOT_STARTED, Part.INITIATIVE)
    return task(Part.INITIATIVE, "send_initiative", due_at=within(facts, facts.case.created_at))


def anew(facts: SipFacts, viewer: Viewer) -> str:
    """The coordinator makes a new one as long as there is no plan."""
    return "initiative_anew" if viewer.coordinates and facts.standing(Part.PLAN) is None else ""
