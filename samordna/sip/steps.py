"""What the views of plan and evaluation have in common: being written, locked, due after a meeting."""

from dataclasses import replace
from datetime import datetime, time

from samordna.cases.states import StepStatus
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task, waiting, within
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel.workingdays import due_at
from samordna.sip.facts import SipFacts
from samordna.sip.plan.rules import replaced_followed_up_refusal
from samordna.sip.states import Part

DAY_STARTS = time(0, 0)
DAY_ENDS = time(16, 0)


def written_view(
    facts: SipFacts, part: Part, document: DocumentFacts, viewer: Viewer, due: datetime | None
) -> PartView:
    open_version = document.open_version
    if open_version is not None:
        if due is None or document.ever_signed:
            due = due_at(facts.settings.plan_signed, open_version.opened_at)
        if facts.case.acts_for(viewer.unit_id, open_version.opened_unit_id):
            return draft_or_task(document, part, f"sign_{part.lower()}", due)
        who, unit = writer_of(facts, open_version)
        return waiting(part, f"await_sign_{part.lower()}", due_at=due, unit=unit, who=who)
    if document.locked_version is not None:
        return locked_view(facts, part, viewer)
    return _lockable(facts, part, document, viewer)


def writer_of(facts: SipFacts, version: VersionFacts) -> tuple[str, str]:
    """Who is waited for, and the unit: the coordinator's where the unit that has it open no longer acts."""
    if version.opened_unit_id in facts.case.working_unit_ids:
        return version.opened_by_name, version.opened_unit_name
    return facts.case.coordinator.name, facts.case.coordinator.unit_name


def locked_view(facts: SipFacts, part: Part, viewer: Viewer) -> PartView:
    """Green for all. The coordinator's next step after locking a plan is to print it (V-54)."""
    holding = facts.holding_version
    if part == Part.PLAN and viewer.coordinates and not facts.plan_printed and holding is not None:
        due = within(facts, holding.locked_at)
        return task(part, "print_plan", due_at=due, status=StepStatus.LOCKED)
    return quiet(StepStatus.LOCKED, part)


def draft_or_task(document: DocumentFacts, part: Part, code: str, due: datetime | None) -> PartView:
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
    met_at = meeting_at(facts, Part.SUMMONS if part == Part.PLAN else Part.EVALUATION_SUMMONS)
    return due_at(facts.settings.plan_locked, max(since, met_at or since))


def meeting_at(facts: SipFacts, part: Part) -> datetime | None:
    meeting = facts.meeting_of(part)
    return meeting.starts_at if meeting else None


def signed_by(facts: SipFacts, part: Part, summons: Part) -> datetime | None:
    """Two working days after the meeting (V-13); when one has been voided since, after that."""
    met_at = meeting_at(facts, summons)
    if met_at is None:
        return None
    voided = [d.voided_at for d in facts.documents_of(part) if d.voided_at is not None]
    return due_at(facts.settings.plan_signed, max([met_at, *voided]))
