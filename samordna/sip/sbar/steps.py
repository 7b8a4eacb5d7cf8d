"""What a unit sees of the survey by SBAR."""

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, within
from samordna.sip.facts import SipFacts
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part
from samordna.sip.steps import draft_or_task


def sbar_view(facts: SipFacts, viewer: Viewer) -> PartView:
    """A survey that was signed before the county switched SBAR off stays to be read, and nothing more is done in it."""
    part = Part.SBAR
    document = facts.standing(part)
    if not facts.settings.sbar_enabled:
        return quiet(StepStatus.DONE, part)
    if document is None:
        blocked = begin_refusal(facts, Beginning.SBAR) is not None
        return quiet(StepStatus.NOT_YET if blocked else StepStatus.NOT_STARTED, part)
    open_version = document.open_version
    if open_version is not None and facts.case.acts_for(viewer.unit_id, open_version.opened_unit_id):
        return draft_or_task(document, part, "sign_sbar", within(facts, open_version.opened_at))
    return quiet(StepStatus.DONE if document.valid_version else StepStatus.NOT_STARTED, part)
