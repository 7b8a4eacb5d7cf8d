"""What a unit sees of the follow-up."""

from datetime import datetime

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task, waiting, within
from samordna.documents.facts import VersionFacts
from samordna.kernel import clock
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up.rules import FOLLOW_UP_NOTICE, meets_schedule
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part
from samordna.sip.steps import DAY_ENDS, DAY_STARTS, writer_of


def follow_up_view(facts: SipFacts, viewer: Viewer) -> PartView:
    part = Part.FOLLOW_UP
    document = facts.standing(part)
    if document is not None and document.open_version is not None:
        return _being_followed_up(facts, document.open_version, viewer)
    locked = StepStatus.LOCKED if document is not None else None
    if begin_refusal(facts, Beginning.FOLLOW_UP) is not None:
        return quiet(locked or StepStatus.NOT_YET, part)
    status = locked or (StepStatus.VOIDED if facts.documents_of(part) else StepStatus.NOT_STARTED)
    ahead = _follow_up_ahead(facts, status) if viewer.coordinates else None
    return ahead or quiet(status, part)


def _follow_up_ahead(facts: SipFacts, status: StepStatus) -> PartView | None:
    """The coordinator's next follow-up (V-62): to be decided after each lock, due when it is set.

    What is locked stays green until it is time for the next one (V-61). What comes next is decided when the plan has
    been followed up and a new one is being made.
    """
    part, due_on = Part.FOLLOW_UP, facts.follow_up_due_on
    kept = StepStatus.TODO if status == StepStatus.NOT_STARTED else status
    if due_on is not None:
        acts_from = clock.at_local(due_on - FOLLOW_UP_NOTICE, DAY_STARTS)
        return task(
            part, "follow_up", acts_from=acts_from, due_at=clock.at_local(due_on, DAY_ENDS), status=kept
        )
    if facts.sent(Part.EVALUATION_SUMMONS) or facts.standing(Part.EVALUATION):
        return None
    if facts.renewing and status == StepStatus.LOCKED:
        return None
    code = "decide_next" if status == StepStatus.LOCKED else "set_follow_up"
    return task(part, code, due_at=within(facts, _undecided_since(facts)), status=kept)


def _undecided_since(facts: SipFacts) -> datetime | None:
    """Since the last follow-up was locked or voided, else since the plan was locked."""
    done = facts.document_of(Part.FOLLOW_UP)
    if done is not None:
        return done.voided_at if done.locked_version is None else done.locked_version.locked_at
    return facts.holding_version.locked_at if facts.holding_version else None


def _being_followed_up(facts: SipFacts, version: VersionFacts, viewer: Viewer) -> PartView:
    """The unit that opened it reports until all is reported, then the coordinator locks.

    When that unit has left the case or is closed the coordinator's reports instead.
    """
    part, progress, due = Part.FOLLOW_UP, facts.follow_up_progress, _followed_up_by(facts, version)
    if viewer.coordinates and progress.reported and not progress.left:
        others = version.opened_unit_name if version.opened_unit_id != viewer.unit_id else ""
        return task(part, "lock_follow_up", unit=others, due_at=due)
    if progress.left and facts.case.acts_for(viewer.unit_id, version.opened_unit_id):
        return task(part, "report_follow_up", due_at=due)
    if progress.left:
        return waiting(part, "await_follow_up", unit=writer_of(facts, version)[1], due_at=due)
    return waiting(part, "await_lock_follow_up", who=facts.case.coordinator.name, due_at=due)


def _followed_up_by(facts: SipFacts, version: VersionFacts) -> datetime | None:
    """The day that was set for it, which beginning does not move; one long before it is due within the common time."""
    due_on = facts.follow_up_due_on
    if due_on is not None and meets_schedule(due_on, clock.local(version.opened_at).date()):
        return clock.at_local(due_on, DAY_ENDS)
    return within(facts, version.opened_at)
