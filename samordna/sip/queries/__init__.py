"""Opening a SIP: the case through its door, with its messages and documents, as one snapshot."""

from datetime import date
from uuid import UUID

from samordna.cases import queries as cases
from samordna.cases.facts import CaseFacts
from samordna.documents import queries as documents
from samordna.documents.facts import DocumentFacts
from samordna.kernel.actor import Actor
from samordna.kernel.prepared import Prepared
from samordna.messaging import queries as messaging
from samordna.organisations import queries as places
from samordna.sip.facts import NOTHING_REPORTED, Meeting, ProcessSettings, Progress, SipFacts, seen_by
from samordna.sip.models import FollowUpSchedule, PlanPrinting, SummonsContent
from samordna.sip.queries.ending import progress_of
from samordna.sip.states import Part


def open_sip(actor: Actor, case_id: UUID) -> SipFacts:
    """The SIP as the actor's unit may see it. Raises `NotVisible` for the unknown and the forbidden alike."""
    return seen_by(_with_parts(cases.open_case(actor, case_id)), actor.unit_id)


def hold_sip(actor: Actor, case_id: UUID) -> SipFacts:
    """The whole SIP with its row locked until the transaction ends: what every act begins with.

    Whole, since an act is judged and its steps computed from all of it; visible only as in `open_sip`.
    """
    return _with_parts(cases.open_case(actor, case_id, lock=True))


def sip_for_rebuild(case_id: UUID, *, lock: bool = False) -> SipFacts:
    """The whole SIP for the system itself. Never for a page."""
    return _with_parts(cases.case_for_rebuild(case_id, lock=lock))


def reread(facts: SipFacts) -> SipFacts:
    """The SIP after an act has written, in the same transaction. What the county has decided is as it was."""
    return _with_parts(cases.case_for_rebuild(facts.case.id), facts.settings)


def _with_parts(case: CaseFacts, settings: ProcessSettings | None = None) -> SipFacts:
    held = documents.documents_of(case.id)
    return SipFacts(
        case=case,
        messages=messaging.messages_of(case.id),
        documents=held,
        meetings=_meetings(case.id),
        settings=settings or _settings(),
        follow_up_due_on=_follow_up_due_on(case.id),
        plan_printed=_plan_printed(held),
        follow_up_progress=_follow_up_progress(held),
    )


def _settings() -> ProcessSettings:
    chosen = places.settings_of(None)
    return ProcessSettings(
        sbar_enabled=chosen.sbar_enabled,
        plan_start=chosen.deadlines["plan_start"],
        plan_signed=chosen.deadlines["plan_signed"],
    )


def _meetings(case_id: UUID) -> dict[UUID, Meeting]:
    return {message_id: Meeting(*meeting) for message_id, *meeting in _MEETINGS.rows(case_id=case_id)}


_MEETINGS = Prepared(
    lambda case_id: SummonsContent.objects.filter(
        message__case_id=case_id, meets_on__isnull=False
    ).values_list("message_id", "meets_on", "starts", "ends", "place"),
    case_id=UUID,
)


def _follow_up_due_on(case_id: UUID) -> date | None:
    """When the coordinator wants the next follow-up: the newest word counts."""
    days: list[tuple[date]] = _FOLLOW_UP_DAYS.rows(case_id=case_id)
    return days[-1][0] if days else None


_FOLLOW_UP_DAYS = Prepared(
    lambda case_id: (
        FollowUpSchedule.objects.filter(case_id=case_id, met_at__isnull=True)
        .order_by("set_at")
        .values_list("due_on")
    ),
    case_id=UUID,
)


def _plan_printed(held: tuple[DocumentFacts, ...]) -> bool:
    locked = [d.locked_version.id for d in held if d.kind == Part.PLAN and d.locked_version is not None]
    return bool(locked) and bool(_PRINTINGS.rows(edition_id=locked[-1]))


_PRINTINGS = Prepared(
    lambda edition_id: PlanPrinting.objects.filter(edition_id=edition_id).values_list("id")[:1],
    edition_id=UUID,
)


def _follow_up_progress(held: tuple[DocumentFacts, ...]) -> Progress:
    """Asked only when a follow-up is open."""
    editions = [d.open_version.id for d in held if d.kind == Part.FOLLOW_UP and d.open_version is not None]
    return progress_of(editions[-1]) if editions else NOTHING_REPORTED
