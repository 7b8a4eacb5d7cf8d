"""What a unit sees of the plan."""

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task
from samordna.sip.facts import SipFacts
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part
from samordna.sip.steps import locked_view, meeting_at, signed_by, written_view


def plan_view(facts: SipFacts, viewer: Viewer) -> PartView:
    """Until a new plan is written the one that holds is shown, which is locked (V-70)."""
    part = Part.PLAN
    document = facts.standing(part)
    due = signed_by(facts, part, Part.SUMMONS)
    if document is not None:
        return written_view(facts, part, document, viewer, due)
    if begin_refusal(facts, Beginning.PLAN) is not None:
        return locked_view(facts, part, viewer) if facts.renewing else quiet(StepStatus.NOT_YET, part)
    status = StepStatus.VOIDED if facts.documents_of(part) else StepStatus.NOT_STARTED
    if facts.renewing:
        status = StepStatus.LOCKED
    if viewer.coordinates:
        kept = StepStatus.TODO if status == StepStatus.NOT_STARTED else status
        return task(part, "write_plan", acts_from=meeting_at(facts, Part.SUMMONS), due_at=due, status=kept)
    return quiet(status, part)
