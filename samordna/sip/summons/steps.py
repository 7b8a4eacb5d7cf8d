"""When a summons holds the process up, and what comes before and after one: to planning, and to evaluation."""

from datetime import datetime

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task
from samordna.kernel.workingdays import due_at
from samordna.sip.facts import SipFacts
from samordna.sip.states import Part


def planning_holds(facts: SipFacts, at: datetime) -> bool:
    """Until its meeting; not while the plan that holds is evaluated, since nothing is written after the meeting."""
    return facts.standing(Part.EVALUATION) is None and not facts.met(Part.SUMMONS, at)


def planning_too_late(facts: SipFacts, at: datetime) -> bool:
    """When its meeting has begun."""
    return facts.met(Part.SUMMONS, at)


def planning_not_begun(facts: SipFacts, viewer: Viewer) -> PartView:
    """The coordinator's task: from when the initiative was sent, or from when a new plan was begun (V-13)."""
    if not viewer.coordinates:
        return quiet(StepStatus.NOT_STARTED, Part.SUMMONS)
    initiative = facts.sent(Part.INITIATIVE)
    first = facts.round_number == 1 and initiative is not None
    since = initiative.sent_at if first and initiative is not None else facts.case.round.started_at
    due = due_at(facts.settings.plan_start, since) if since else None
    return task(Part.SUMMONS, "send_summons", due_at=due)


def planning_anew(facts: SipFacts, viewer: Viewer) -> str:
    """The coordinator summons anew as long as there is no plan."""
    return "summons_anew" if viewer.coordinates and facts.standing(Part.PLAN) is None else ""


def evaluation_holds(facts: SipFacts, at: datetime) -> bool:
    """Until its meeting."""
    return not facts.met(Part.EVALUATION_SUMMONS, at)


def evaluation_too_late(facts: SipFacts, at: datetime) -> bool:
    """When its meeting has begun."""
    return facts.met(Part.EVALUATION_SUMMONS, at)


def evaluation_not_begun(_facts: SipFacts, _viewer: Viewer) -> PartView:
    """Nobody's task: a plan can be evaluated without a meeting."""
    return quiet(StepStatus.NOT_STARTED, Part.EVALUATION_SUMMONS)


def evaluation_anew(_facts: SipFacts, _viewer: Viewer) -> str:
    """Nobody is asked to summon anew."""
    return ""
