"""What a unit sees of the evaluation."""

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task
from samordna.sip.facts import SipFacts
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part
from samordna.sip.steps import meeting_at, signed_by, written_view


def evaluation_view(facts: SipFacts, viewer: Viewer) -> PartView:
    part = Part.EVALUATION
    document = facts.standing(part)
    due = signed_by(facts, part, Part.EVALUATION_SUMMONS)
    if document is not None:
        return written_view(facts, part, document, viewer, due)
    if begin_refusal(facts, Beginning.EVALUATION) is not None:
        return quiet(StepStatus.NOT_YET, part)
    voided = bool(facts.documents_of(part))
    if viewer.coordinates and facts.sent(Part.EVALUATION_SUMMONS) is not None:
        status = StepStatus.VOIDED if voided else StepStatus.TODO
        acts_from = meeting_at(facts, Part.EVALUATION_SUMMONS)
        return task(part, "write_evaluation", acts_from=acts_from, due_at=due, status=status)
    return quiet(StepStatus.VOIDED if voided else StepStatus.NOT_STARTED, part)
