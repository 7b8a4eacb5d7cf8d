"""Opening a SIP: the case through its door, with its messages and documents, as one snapshot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from samordna.cases import queries as cases
from samordna.cases.consent import CONSENTS, consents_from
from samordna.cases.facts import CaseFacts
from samordna.cases.joining import JOINS, join_from
from samordna.cases.reading import CaseStatement, Rows, person_of
from samordna.cases.seeing import person_seen_by
from samordna.casework.meetings.facts import Meeting
from samordna.documents.facts import DocumentFacts
from samordna.documents.queries import DOCUMENTS, documents_from
from samordna.documents.states import VersionStatus
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.kernel.prepared import Prepared
from samordna.messaging.queries import MESSAGES, messages_from
from samordna.organisations import queries as places
from samordna.organisations.settings_catalogue import Settings
from samordna.people import queries as people
from samordna.people.known import card_as_known
from samordna.people.queries import PersonCard
from samordna.sip.facts import NOTHING_REPORTED, ProcessSettings, Progress, SipFacts, seen_by
from samordna.sip.models import ActivityReport, FollowUpSchedule, PlanContent, PlanPrinting, SummonsContent
from samordna.sip.states import Part

# No department has it: the county's settings alone.
_COUNTY = 0


@dataclass(frozen=True)
class OpenedSip:
    """A SIP as a page is given it: cut to what the unit may see, with the person and what the department has chosen.

    `reading` is when the user last read the part, and when before that sitting; None for the first time.
    """

    facts: SipFacts
    person: PersonCard
    settings: Settings
    reading: cases.Reading | None


def open_sip(actor: Actor, case_id: UUID) -> SipFacts:
    """The SIP as the actor's unit may see it. Raises `NotVisible` for the unknown and the forbidden alike."""
    case, rows = cases.open_case_with(_ACT, actor, case_id, Module.SIP, department_id=_COUNTY)
    facts = _facts(case, rows, _process(rows))
    return seen_by(facts, actor.unit_id)


def open_page(actor: Actor, case_id: UUID, *, part: str, at: datetime) -> OpenedSip:
    """As `open_sip`, with what a page shows around it, in the same statement."""
    case, rows = cases.open_case_with(
        _PAGE,
        actor,
        case_id,
        Module.SIP,
        department_id=actor.department_id,
        user_id=actor.user_id,
        part=part,
    )
    facts = _facts(case, rows, _process(rows))
    return OpenedSip(
        facts=seen_by(facts, actor.unit_id),
        person=_seen_person(case, actor, people.card_from(rows["person"], rows["related"], at=at), at),
        settings=places.settings_from(rows["settings"], actor.department_id),
        reading=next((cases.Reading(*one) for one in rows["readings"]), None),
    )


def _seen_person(case: CaseFacts, actor: Actor, card: PersonCard, at: datetime) -> PersonCard:
    """The person as the unit may see her: as she is, as she was, or nobody."""
    seen = person_seen_by(case, actor.unit_id)
    if seen.now:
        return card
    then = seen.then
    return card_as_known(card, name=then.name if then else "", number=then.number if then else "", at=at)


def hold_sip(actor: Actor, case_id: UUID, at: datetime) -> tuple[SipFacts, datetime]:
    """The whole SIP with its row locked until the transaction ends, and the act's moment: what every act begins with.

    Whole, since an act is judged and its steps computed from all of it; visible only as in `open_sip`.
    `at` is when the act was asked for; its moment is known only now that nobody else acts in the case.
    """
    case, rows = cases.open_case_with(_ACT, actor, case_id, Module.SIP, lock=True, department_id=_COUNTY)
    return _facts(case, rows, _process(rows)), case.moment_of_act(at)


def sip_for_rebuild(case_id: UUID, *, lock: bool = False) -> SipFacts:
    """The whole SIP for the system itself. Never for a page."""
    case, rows = cases.case_for_rebuild_with(_ACT, case_id, Module.SIP, lock=lock, department_id=_COUNTY)
    return _facts(case, rows, _process(rows))


def process_settings() -> ProcessSettings:
    """What the county has decided about the process, and all worklists are computed by."""
    return _process({"settings": places.WRITTEN.rows(department_id=_COUNTY)})


def reread(facts: SipFacts) -> SipFacts:
    """The SIP after an act has written, in the same transaction. What the county has decided is as it was."""
    case, rows = cases.case_for_rebuild_with(_AGAIN, facts.case.id, Module.SIP)
    return _facts(case, rows, facts.settings)


def _facts(case: CaseFacts, rows: Rows, settings: ProcessSettings) -> SipFacts:
    days = rows["follow_up_days"]
    held = documents_from(rows["documents"])
    return SipFacts(
        case=case,
        messages=messages_from(rows["messages"]),
        documents=held,
        consents=consents_from(rows["consents"], case.born),
        meetings={message_id: Meeting(*meeting) for message_id, *meeting in rows["meetings"]},
        settings=settings,
        # The newest word counts.
        follow_up_due_on=days[-1][0] if days else None,
        plan_printed=_plan_printed(held, rows["printings"]),
        follow_up_progress=_progress(held, rows["reports"]),
        join=join_from(rows["joins"]),
        gaps=dict(rows["gaps"]),
    )


def _plan_printed(held: Iterable[DocumentFacts], printings: Iterable[Sequence[Any]]) -> bool:
    locked = [d.locked_version.id for d in held if d.kind == Part.PLAN and d.locked_version is not None]
    return bool(locked) and locked[-1] in {edition_id for (edition_id,) in printings}


def _progress(held: Iterable[DocumentFacts], reports: Iterable[Sequence[Any]]) -> Progress:
    counted = {edition_id: Progress(reported, total) for edition_id, reported, total in reports}
    editions = [d.open_version.id for d in held if d.kind == Part.FOLLOW_UP and d.open_version is not None]
    return counted.get(editions[-1], NOTHING_REPORTED) if editions else NOTHING_REPORTED


def _process(rows: Rows) -> ProcessSettings:
    """What the county has decided; no department decides otherwise."""
    chosen = places.settings_from(rows["settings"], None)
    return ProcessSettings(
        sbar_enabled=chosen.sbar_enabled,
        plan_start=chosen.deadlines["plan_start"],
        plan_signed=chosen.deadlines["plan_signed"],
        plan_locked=chosen.deadlines["plan_locked"],
        other_step=chosen.deadlines["other_step"],
    )


def _meetings(*, case_id: UUID) -> QuerySet[SummonsContent, Any]:
    written = SummonsContent.objects.filter(message__case_id=case_id, meets_on__isnull=False)
    return written.values_list("message_id", "meets_on", "starts", "ends", "place")


def _follow_up_days(*, case_id: UUID) -> QuerySet[FollowUpSchedule, Any]:
    waiting = FollowUpSchedule.objects.filter(case_id=case_id, met_at__isnull=True)
    return waiting.order_by("set_at").values_list("due_on")


def _printings(*, case_id: UUID) -> QuerySet[PlanPrinting, Any]:
    return (
        PlanPrinting.objects.filter(edition__document__case_id=case_id).values_list("edition_id").distinct()
    )


def _gaps(*, case_id: UUID) -> QuerySet[PlanContent, Any]:
    """How much was missing in each edition that was signed with something missing."""
    return PlanContent.objects.filter(edition__document__case_id=case_id, gaps__gt=0).values_list(
        "edition_id", "gaps"
    )


def _open_reports(*, case_id: UUID) -> QuerySet[ActivityReport, Any]:
    """How many activities of an open follow-up are reported on, of how many."""
    reports = ActivityReport.objects.filter(
        edition__document__case_id=case_id, edition__status=VersionStatus.OPEN
    )
    counted = (
        reports.order_by()
        .values("edition_id")
        .annotate(reported=Count("pk", filter=~Q(status="")), total=Count("pk"))
    )
    return counted.values_list("edition_id", "reported", "total")


_SIP = {
    "messages": MESSAGES,
    "documents": DOCUMENTS,
    "consents": CONSENTS,
    "meetings": Prepared(_meetings, case_id=UUID),
    "follow_up_days": Prepared(_follow_up_days, case_id=UUID),
    "printings": Prepared(_printings, case_id=UUID),
    "reports": Prepared(_open_reports, case_id=UUID),
    "joins": JOINS,
    "gaps": Prepared(_gaps, case_id=UUID),
}
_AGAIN = CaseStatement(**_SIP)
_ACT = CaseStatement(**_SIP, settings=places.WRITTEN)
_PAGE = CaseStatement(
    **_SIP,
    settings=places.WRITTEN,
    readings=cases.READINGS,
    person=Prepared(lambda case_id: people.with_numbers(person_of(case_id)), case_id=UUID),
    related=Prepared(lambda case_id: people.with_related(person_of(case_id)), case_id=UUID),
)
