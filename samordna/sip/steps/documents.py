"""What a unit sees of the document parts: SBAR, plan, follow-up, evaluation."""

from dataclasses import replace
from datetime import datetime, time

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task, waiting, within
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel import clock
from samordna.kernel.workingdays import due_at
from samordna.sip.facts import SipFacts
from samordna.sip.rules.ending import FOLLOW_UP_NOTICE, meets_schedule
from samordna.sip.rules.plan import replaced_followed_up_refusal
from samordna.sip.rules.process import begin_refusal
from samordna.sip.states import Beginning, Part

_DAY_STARTS = time(0, 0)
_DAY_ENDS = time(16, 0)


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
        return _draft_or_task(document, part, "sign_sbar", within(facts, open_version.opened_at))
    return quiet(StepStatus.DONE if document.valid_version else StepStatus.NOT_STARTED, part)


def plan_view(facts: SipFacts, viewer: Viewer) -> PartView:
    """Until a new plan is written the one that holds is shown, which is locked (V-70)."""
    part = Part.PLAN
    document = facts.standing(part)
    due = _signed_by(facts, part, Part.SUMMONS)
    if document is not None:
        return _written_view(facts, part, document, viewer, due)
    if begin_refusal(facts, Beginning.PLAN) is not None:
        return _locked(facts, part, viewer) if facts.renewing else quiet(StepStatus.NOT_YET, part)
    status = StepStatus.VOIDED if facts.documents_of(part) else StepStatus.NOT_STARTED
    if facts.renewing:
        status = StepStatus.LOCKED
    if viewer.coordinates:
        kept = StepStatus.TODO if status == StepStatus.NOT_STARTED else status
        return task(part, "write_plan", acts_from=_meeting_at(facts, Part.SUMMONS), due_at=due, status=kept)
    return quiet(status, part)


def evaluation_view(facts: SipFacts, viewer: Viewer) -> PartView:
    part = Part.EVALUATION
    document = facts.standing(part)
    due = _signed_by(facts, part, Part.EVALUATION_SUMMONS)
    if document is not None:
        return _written_view(facts, part, document, viewer, due)
    if begin_refusal(facts, Beginning.EVALUATION) is not None:
        return quiet(StepStatus.NOT_YET, part)
    voided = bool(facts.documents_of(part))
    if viewer.coordinates and facts.sent(Part.EVALUATION_SUMMONS) is not None:
        status = StepStatus.VOIDED if voided else StepStatus.TODO
        acts_from = _meeting_at(facts, Part.EVALUATION_SUMMONS)
        return task(part, "write_evaluation", acts_from=acts_from, due_at=due, status=status)
    return quiet(StepStatus.VOIDED if voided else StepStatus.NOT_STARTED, part)


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
        acts_from = clock.at_local(due_on - FOLLOW_UP_NOTICE, _DAY_STARTS)
        return task(
            part, "follow_up", acts_from=acts_from, due_at=clock.at_local(due_on, _DAY_ENDS), status=kept
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
        return waiting(part, "await_follow_up", unit=_writer(facts, version)[1], due_at=due)
    return waiting(part, "await_lock_follow_up", who=facts.case.coordinator.name, due_at=due)


def _followed_up_by(facts: SipFacts, version: VersionFacts) -> datetime | None:
    """The day that was set for it, which beginning does not move; one long before it is due within the common time."""
    due_on = facts.follow_up_due_on
    if due_on is not None and meets_schedule(due_on, clock.local(version.opened_at).date()):
        return clock.at_local(due_on, _DAY_ENDS)
    return within(facts, version.opened_at)


def _written_view(
    facts: SipFacts, part: Part, document: DocumentFacts, viewer: Viewer, due: datetime | None
) -> PartView:
    open_version = document.open_version
    if open_version is not None:
        if due is None or document.ever_signed:
            due = due_at(facts.settings.plan_signed, open_version.opened_at)
        if facts.case.acts_for(viewer.unit_id, open_version.opened_unit_id):
            return _draft_or_task(document, part, f"sign_{part.lower()}", due)
        who, unit = _writer(facts, open_version)
        return waiting(part, f"await_sign_{part.lower()}", due_at=due, unit=unit, who=who)
    if document.locked_version is not None:
        return _locked(facts, part, viewer)
    return _lockable(facts, part, document, viewer)


def _writer(facts: SipFacts, version: VersionFacts) -> tuple[str, str]:
    """Who is waited for, and the unit: the coordinator's where the unit that has it open no longer acts."""
    if version.opened_unit_id in facts.case.working_unit_ids:
        return version.opened_by_name, version.opened_unit_name
    return facts.case.coordinator.name, facts.case.coordinator.unit_name


def _locked(facts: SipFacts, part: Part, viewer: Viewer) -> PartView:
    """Green for all. The coordinator's next step after locking a plan is to print it (V-54)."""
    holding = facts.holding_version
    if part == Part.PLAN and viewer.coordinates and not facts.plan_printed and holding is not None:
        due = within(facts, holding.locked_at)
        return task(part, "print_plan", due_at=due, status=StepStatus.LOCKED)
    return quiet(StepStatus.LOCKED, part)


def _draft_or_task(document: DocumentFacts, part: Part, code: str, due: datetime | None) -> PartView:
    """Before the first signature it is a draft that nobody else sees; after it, an edition to be signed."""
    status = StepStatus.TODO if document.ever_signed else StepStatus.DRAFT
    return task(part, code, due_at=due, status=status)


def _lockable(facts: SipFacts, part: Part, document: DocumentFacts, viewer: Viewer) -> PartView:
    valid = document.valid_version
    since = valid.lockable_since if valid else None
    due = _locked_by(facts, part, since) if since else None
    if part == Part.PLAN and replaced_followed_up_refusal(facts) is not None:
        first = waiting(part, "lock_after_follow_up", who=facts.case.coordinator.name, due_at=due)
        return replace(first, holds=False)
    if viewer.coordinates and part == Part.PLAN and facts.plan_gaps:
        return task(part, "complete_plan", count=facts.plan_gaps, due_at=due)
    if viewer.coordinates:
        return task(part, f"lock_{part.lower()}", due_at=due)
    return waiting(part, f"await_lock_{part.lower()}", who=facts.case.coordinator.name, due_at=due)


def _locked_by(facts: SipFacts, part: Part, since: datetime) -> datetime:
    """Counted from the signature, or from the meeting when that comes after it (V-13)."""
    meeting_at = _meeting_at(facts, Part.SUMMONS if part == Part.PLAN else Part.EVALUATION_SUMMONS)
    return due_at(facts.settings.plan_locked, max(since, meeting_at or since))


def _meeting_at(facts: SipFacts, part: Part) -> datetime | None:
    meeting = facts.meeting_of(part)
    return meeting.starts_at if meeting else None


def _signed_by(facts: SipFacts, part: Part, summons: Part) -> datetime | None:
    """Two working days after the meeting (V-13); when one has been voided since, after that."""
    meeting_at = _meeting_at(facts, summons)
    if meeting_at is None:
        return None
    voided = [d.voided_at for d in facts.documents_of(part) if d.voided_at is not None]
    return due_at(facts.settings.plan_signed, max([meeting_at, *voided]))
