"""The doors to a case. Nothing else fetches one (design, section 3).

Content: `open_case`. Envelope: `envelopes_without_coordinator`. Existence: `active_case_of`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

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
from samordna.kernel.prepared import Prepared
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
    """A case from outside: its number and the units in it. The person's id is for the log alone."""

    case_id: UUID
    person_id: UUID
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


def readers_named_at(actor: Actor, case_id: UUID) -> tuple[str, ...]:
    """Who at the actor's unit may open a protected person's case of that unit, for a colleague who may not.

    Empty for any other case, so that nothing is told of it.
    """
    facts = _facts(case_id, lock=False)
    if facts is None or not actor.has_sip or not facts.protected or facts.reach_of(actor.unit_id) is None:
        return ()
    named = [user_id for unit_id, user_id in facts.named_readers if unit_id == actor.unit_id]
    rows = NamedReader.objects.filter(case_id=case_id, user_id__in=named, until_at__isnull=True)
    return tuple(rows.order_by("name").values_list("name", flat=True))


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
        Envelope(
            term.case_id,
            term.case.person_id,
            term.case.number,
            f"{term.name}, {term.unit_name}",
            _unit_names(term.case_id),
        )
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
    found = last_reading(case_id=case_id, user_id=user_id)
    return found[1] if found else None


def last_reading(*, case_id: UUID, user_id: int) -> tuple[datetime, datetime | None] | None:
    """When the user read the case last, and when before that sitting."""
    rows: list[Any] = _READINGS.rows(case_id=case_id, user_id=user_id)
    return rows[0] if rows else None


_READINGS = Prepared(
    lambda case_id, user_id: CaseReading.objects.filter(case_id=case_id, user_id=user_id).values_list(
        "read_at", "previous_at"
    ),
    case_id=UUID,
    user_id=int,
)


def _facts(case_id: UUID, *, lock: bool) -> CaseFacts | None:
    """Case, person and coordinator in one statement: it is the first of every page and every act."""
    found = (_HELD_CASES if lock else _CASES).dicts(case_id=case_id)
    return _case_facts(found[0]) if found else None


def _cases(*, case_id: UUID) -> QuerySet[CoordinatorTerm, Any]:
    last_round = Round.objects.filter(case_id=OuterRef("case_id")).order_by("-number").values("number")[:1]
    rows: QuerySet[CoordinatorTerm, Any] = (
        CoordinatorTerm.objects.filter(case_id=case_id, until_at__isnull=True)
        .annotate(round_number=Subquery(last_round))
        .values(
            *(f"case__{name}" for name in _CASE_COLUMNS),
            *_TERM_COLUMNS,
            "case__person__protection",
            "round_number",
        )
    )
    return rows


_CASE_COLUMNS = (
    "id", "number", "status", "person_id", "created_at", "created_by_name", "created_unit_id", "created_unit_name",
    "ended_at", "ended_by_name", "end_reason", "end_comment",
)  # fmt: skip
_TERM_COLUMNS = (
    "assignment_id", "name", "unit_id", "unit_name", "named_at", "assignment__user_id", "assignment__user__phone",
    "assignment__user__is_active", "assignment__ends_on", "assignment__unit__phone", "assignment__unit__closed_on",
)  # fmt: skip
_CASES = Prepared(_cases, case_id=UUID)
_HELD_CASES = Prepared(_cases, case_id=UUID, lock=Case)


def _case_facts(row: dict[str, Any]) -> CaseFacts:
    case_id = row["case__id"]
    protected = row["case__person__protection"] != Protection.NONE
    columns = {name: row[f"case__{name}"] for name in _CASE_COLUMNS} | {
        "status": CaseStatus(row["case__status"])
    }
    return CaseFacts(
        **columns,
        protected=protected,
        round_number=row["round_number"] or 1,
        coordinator=_coordinator(row),
        participations=_participations(case_id),
        handlers=_handlers(case_id),
        named_readers=_named_readers(case_id) if protected else (),
    )


def _coordinator(row: dict[str, Any]) -> CoordinatorFacts:
    today = clock.today(clock.now())
    ends_on, closed_on = row["assignment__ends_on"], row["assignment__unit__closed_on"]
    return CoordinatorFacts(
        assignment_id=row["assignment_id"],
        user_id=row["assignment__user_id"],
        name=row["name"],
        phone=row["assignment__user__phone"] or row["assignment__unit__phone"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        named_at=row["named_at"],
        valid=row["assignment__user__is_active"]
        and (ends_on is None or ends_on >= today)
        and (closed_on is None or closed_on > today),
    )


def _participations(case_id: UUID) -> tuple[ParticipationFacts, ...]:
    return tuple(
        ParticipationFacts(
            unit_id, unit_name, Access(access), from_at, until_at, LeftReason(reason) if reason else None
        )
        for unit_id, unit_name, access, from_at, until_at, reason in _PARTICIPATIONS.rows(case_id=case_id)
    )


_PARTICIPATIONS = Prepared(
    lambda case_id: (
        Participation.objects.filter(case_id=case_id)
        .order_by("from_at", "id")
        .values_list("unit_id", "unit_name", "access", "from_at", "until_at", "left_reason")
    ),
    case_id=UUID,
)


def _handlers(case_id: UUID) -> tuple[HandlerFacts, ...]:
    return tuple(HandlerFacts(*row) for row in _HANDLERS.rows(case_id=case_id))


_HANDLERS = Prepared(
    lambda case_id: UnitHandler.objects.filter(case_id=case_id, until_at__isnull=True).values_list(
        "unit_id", "assignment_id", "assignment__user_id", "name"
    ),
    case_id=UUID,
)


def _named_readers(case_id: UUID) -> tuple[tuple[int, int], ...]:
    """Named readers who still work at their unit: one who has left no longer keeps the case from colleagues."""
    there = Assignment.objects.valid_on(clock.today(clock.now())).filter(
        user_id=OuterRef("user_id"), unit_id=OuterRef("unit_id")
    )
    rows = NamedReader.objects.filter(Exists(there), case_id=case_id, until_at__isnull=True)
    return tuple(rows.values_list("unit_id", "user_id"))
