"""The doors to a case. Nothing else fetches one (design, section 3).

Content: `open_case`. Envelope: `envelopes_without_coordinator`. Existence: `active_case_of`.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from samordna.assignments.models import Assignment
from samordna.assignments.queries import Colleague, people_of_unit
from samordna.assignments.states import SystemRole
from samordna.cases.facts import CaseFacts, CoordinatorFacts, HandlerFacts, ParticipationFacts
from samordna.cases.models import (
    Case,
    CaseReading,
    CoordinatorTerm,
    NamedReader,
    Participation,
    Round,
    UnitHandler,
)
from samordna.cases.states import Access, CaseStatus, LeftReason, Module
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible
from samordna.people.states import Protection


@dataclass(frozen=True)
class ExistingCase:
    """All that a unit outside may learn: that there is one, and whom to ask (V-23). Protected: not even that."""

    case_id: UUID
    person_id: UUID
    created_unit_name: str
    created_unit_phone: str
    protected: bool


@dataclass(frozen=True)
class Envelope:
    """A case from outside: its number and the units in it, nothing about the person."""

    case_id: UUID
    number: str
    lost_coordinator: str
    unit_names: tuple[str, ...]


def open_case(actor: Actor, case_id: UUID, *, lock: bool = False) -> CaseFacts:
    """The content door: the case as its unit's participation lets it be seen.

    Raises `NotVisible`, the same whether the case is unknown, belongs to others, or is a protected person's
    and the user is not named at the unit. `lock` holds the case's row until the transaction ends.
    """
    facts = _facts(case_id, lock=lock)
    if facts is None or not actor.has_sip:
        raise NotVisible
    if facts.reach_of(actor.unit_id) is None or not facts.lets_read(actor.user_id, actor.unit_id):
        raise NotVisible
    return facts


def open_case_for_naming(actor: Actor, case_id: UUID, *, lock: bool = False) -> CaseFacts:
    """A protected person's case at a unit where nobody is named yet, so that somebody can take it on (L-04)."""
    facts = _facts(case_id, lock=lock)
    if facts is None or not actor.may_answer or facts.reach_of(actor.unit_id) is None:
        raise NotVisible
    if not facts.protected or facts.names_readers_at(actor.unit_id):
        raise NotVisible
    return facts


def case_for_rebuild(case_id: UUID, *, lock: bool = False) -> CaseFacts:
    """For the system itself: rebuilding worklists, replacing a lost coordinator. Never for a page."""
    facts = _facts(case_id, lock=lock)
    if facts is None:
        raise NotVisible
    return facts


def active_case_of(person_id: UUID, module: Module) -> ExistingCase | None:
    """The existence door."""
    case = (
        Case.objects.filter(person_id=person_id, module=module, status=CaseStatus.ACTIVE)
        .select_related("created_unit", "person")
        .first()
    )
    if case is None:
        return None
    return ExistingCase(
        case_id=case.pk,
        person_id=case.person_id,
        created_unit_name=case.created_unit_name,
        created_unit_phone=case.created_unit.phone,
        protected=case.person.protection != Protection.NONE,
    )


def envelopes_without_coordinator(actor: Actor, at: datetime) -> tuple[Envelope, ...]:
    """Open cases whose coordinator has left, at units that the actor's system role covers (design, section 6).

    A superuser answers for the own unit, an administrator for the units of the own department.
    """
    if not actor.system_roles & {SystemRole.ADMINISTRATOR, SystemRole.SUPERUSER}:
        return ()
    valid = Assignment.objects.valid_on(clock.today(at)).values("pk")
    terms = CoordinatorTerm.objects.filter(until_at__isnull=True, case__status=CaseStatus.ACTIVE)
    terms = terms.exclude(assignment__in=valid).filter(case__in=_cases_at(actor)).select_related("case")
    return tuple(
        Envelope(term.case_id, term.case.number, f"{term.name}, {term.unit_name}", _unit_names(term.case_id))
        for term in terms.order_by("case__number")
    )


def colleagues_of_case(case_id: UUID, at: datetime) -> list[Colleague]:
    """Everybody with a right in SIP at the units that take part in the whole case. The caller has the envelope."""
    here = Participation.objects.filter(case_id=case_id, until_at__isnull=True, access=Access.FULL)
    found: list[Colleague] = []
    for unit_id in here.order_by("unit_name").values_list("unit_id", flat=True):
        found.extend(person for person in people_of_unit(unit_id, at) if person.has_sip)
    return found


def _cases_at(actor: Actor) -> "QuerySet[Participation, UUID]":
    here = Participation.objects.filter(until_at__isnull=True, access=Access.FULL)
    if SystemRole.ADMINISTRATOR in actor.system_roles:
        here = here.filter(unit__department_id=actor.department_id)
    else:
        here = here.filter(unit_id=actor.unit_id)
    return here.values_list("case_id", flat=True)


def _unit_names(case_id: UUID) -> tuple[str, ...]:
    rows = Participation.objects.filter(case_id=case_id, until_at__isnull=True, access=Access.FULL)
    return tuple(rows.order_by("unit_name").values_list("unit_name", flat=True))


def case_ids(module: Module) -> "QuerySet[Case, UUID]":
    """All cases in the order they were made, for rebuilding."""
    return Case.objects.filter(module=module).order_by("created_at", "id").values_list("id", flat=True)


def last_read_at(user_id: int, case_id: UUID) -> datetime | None:
    """When the user had last read the case before this sitting."""
    reading = CaseReading.objects.filter(case_id=case_id, user_id=user_id).first()
    return reading.previous_at if reading else None


def _facts(case_id: UUID, *, lock: bool) -> CaseFacts | None:
    """Case, person and coordinator in one statement: it is the first of every page and every act."""
    terms = CoordinatorTerm.objects.filter(case_id=case_id, until_at__isnull=True)
    if lock:
        terms = terms.select_for_update(of=("case",))
    last_round = Round.objects.filter(case_id=OuterRef("case_id")).order_by("-number").values("number")[:1]
    term = (
        terms.select_related("case__person", "assignment__user", "assignment__unit")
        .annotate(round_number=Subquery(last_round))
        .first()
    )
    return _case_facts(term) if term is not None else None


def _case_facts(term: CoordinatorTerm) -> CaseFacts:
    case = term.case
    protected = case.person.protection != Protection.NONE
    return CaseFacts(
        id=case.pk,
        number=case.number,
        status=CaseStatus(case.status),
        person_id=case.person_id,
        protected=protected,
        created_at=case.created_at,
        created_by_name=case.created_by_name,
        created_unit_id=case.created_unit_id,
        created_unit_name=case.created_unit_name,
        ended_at=case.ended_at,
        ended_by_name=case.ended_by_name,
        end_reason=case.end_reason,
        end_comment=case.end_comment,
        round_number=getattr(term, "round_number", None) or 1,
        coordinator=_coordinator(term),
        participations=_participations(case.pk),
        handlers=_handlers(case.pk),
        named_readers=_named_readers(case.pk) if protected else (),
    )


def _coordinator(term: CoordinatorTerm) -> CoordinatorFacts:
    today = clock.today(clock.now())
    assignment = term.assignment
    return CoordinatorFacts(
        assignment_id=term.assignment_id,
        user_id=assignment.user_id,
        name=term.name,
        phone=assignment.user.phone or assignment.unit.phone,
        unit_id=term.unit_id,
        unit_name=term.unit_name,
        named_at=term.named_at,
        valid=assignment.user.is_active
        and (assignment.ends_on is None or assignment.ends_on >= today)
        and (assignment.unit.closed_on is None or assignment.unit.closed_on > today),
    )


def _participations(case_id: UUID) -> tuple[ParticipationFacts, ...]:
    rows = Participation.objects.filter(case_id=case_id).order_by("from_at", "id")
    return tuple(
        ParticipationFacts(
            unit_id=row.unit_id,
            unit_name=row.unit_name,
            access=Access(row.access),
            from_at=row.from_at,
            until_at=row.until_at,
            left_reason=LeftReason(row.left_reason) if row.left_reason else None,
        )
        for row in rows
    )


def _handlers(case_id: UUID) -> tuple[HandlerFacts, ...]:
    rows = UnitHandler.objects.filter(case_id=case_id, until_at__isnull=True).select_related("assignment")
    return tuple(
        HandlerFacts(row.unit_id, row.assignment_id, row.assignment.user_id, row.name) for row in rows
    )


def _named_readers(case_id: UUID) -> tuple[tuple[int, int], ...]:
    rows = NamedReader.objects.filter(case_id=case_id, until_at__isnull=True)
    return tuple(rows.values_list("unit_id", "user_id"))
