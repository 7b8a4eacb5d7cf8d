"""How a case is read: case, coordinator, participations, handlers and named readers in one statement.

For the doors in `queries` alone: they decide who may see what is read here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from samordna.assignments.models import Assignment
from samordna.assignments.queries import using_on
from samordna.audit.models import Entry
from samordna.cases.facts import (
    CaseFacts,
    CoordinatorFacts,
    HandlerFacts,
    KnownPerson,
    ParticipationFacts,
    RoundFacts,
)
from samordna.cases.models import Case, CoordinatorTerm, NamedReader, Participation, Round, UnitHandler
from samordna.cases.states import Access, CaseStatus, LeftReason
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.kernel.prepared import Prepared
from samordna.kernel.together import Together
from samordna.organisations.places import STEPS
from samordna.people.models import Person, PersonIdentifier, ProtectionChange
from samordna.people.queries import birth_date
from samordna.people.states import Protection

Rows = Mapping[str, list[tuple[Any, ...]]]

_LOCK = Prepared(
    lambda case_id, module: Case.objects.filter(pk=case_id, module=module).values_list("id"),
    lock=Case,
    case_id=UUID,
    module=str,
)
_CASE_COLUMNS = (
    "id", "module", "number", "status", "person_id", "created_at", "created_by_name", "created_unit_id",
    "created_unit_name", "ended_at", "ended_by_name", "end_reason", "end_comment",
)  # fmt: skip
_TERM_COLUMNS = (
    "assignment_id", "assignment__user__name", "unit_id", "unit__name", "named_at", "assignment__user_id",
    "assignment__user__phone", "assignment__user__protected", "assignment__unit__phone", "works",
)  # fmt: skip
_COLUMNS = (
    *(f"case__{name}" for name in _CASE_COLUMNS),
    *_TERM_COLUMNS,
    "case__person__protection",
    "case__continued_in__number",
    "last_logged_at",
    "number_kind",
    "number",
    "protection_changed_at",
)


def _cases(*, case_id: UUID, module: Module, today: date) -> QuerySet[CoordinatorTerm, Any]:
    """The coordinator by the name of today: who acts now is shown as she is called now."""
    terms = CoordinatorTerm.objects.filter(case_id=case_id, case__module=module, until_at__isnull=True)
    logged = Entry.objects.filter(case_id=OuterRef("case_id")).order_by("-id").values("at")[:1]
    works = Exists(using_on(module, today).filter(pk=OuterRef("assignment_id")))
    number = PersonIdentifier.objects.filter(person=OuterRef("case__person_id"), replaced_at=None)
    lowered = ProtectionChange.objects.filter(person=OuterRef("case__person_id")).order_by("-made_at")
    return terms.annotate(
        last_logged_at=Subquery(logged),
        number_kind=Subquery(number.values("kind")[:1]),
        number=Subquery(number.values("value")[:1]),
        protection_changed_at=Subquery(lowered.values("made_at")[:1]),
        works=works,
    ).values_list(*_COLUMNS)


def _handlers(*, case_id: UUID, module: Module, today: date) -> QuerySet[UnitHandler, Any]:
    works = Exists(using_on(module, today).filter(pk=OuterRef("assignment_id")))
    rows = UnitHandler.objects.filter(case_id=case_id, until_at__isnull=True).annotate(works=works)
    return rows.values_list(
        "unit_id", "assignment_id", "assignment__user_id", "assignment__user__name", "works"
    )


_CASES = Prepared(_cases, case_id=UUID, module=str, today=date)
_ROUNDS = Prepared(
    lambda case_id: (
        Round.objects.filter(case_id=case_id)
        .order_by("number")
        .values_list("number", "started_at", "cancelled_at", "cancelled_by_name", "cancel_reason")
    ),
    case_id=UUID,
)
_LIES_WITHIN = tuple(f"unit__{step}" for step in STEPS)
_PARTICIPATIONS = Prepared(
    lambda case_id: (
        Participation.objects.filter(case_id=case_id)
        .order_by("from_at", "id")
        .values_list(
            "unit_id",
            "unit_name",
            "access",
            "from_at",
            "until_at",
            "left_reason",
            "unit__name",
            "unit__closed_on",
            "known_person_id",
            "known_name",
            "known_number",
            *_LIES_WITHIN,
        )
    ),
    case_id=UUID,
)
_HANDLERS = Prepared(_handlers, case_id=UUID, module=str, today=date)


def _readers(*, case_id: UUID, today: date) -> QuerySet[NamedReader, Any]:
    """Named readers who still work at their unit: one who has left no longer keeps the case from colleagues."""
    there = Assignment.objects.valid_on(today).filter(
        user_id=OuterRef("user_id"), unit_id=OuterRef("unit_id")
    )
    rows = NamedReader.objects.filter(Exists(there), case_id=case_id, until_at__isnull=True)
    return rows.values_list("unit_id", "user_id")


def person_of(case_id: UUID) -> QuerySet[Person]:
    """The person that a case is about, for a query that is asked beside the case."""
    return Person.objects.filter(cases=case_id)


_NAMED_READERS = Prepared(_readers, case_id=UUID, today=date)


class CaseStatement:
    """How a case is read: its rows, and what a room above wants of it in the same statement.

    `beside` are queries by `case_id` and by what is given to `ask`. What is to be changed is locked first and read
    after that, so that what is read is what was written by whoever held it before.
    """

    def __init__(self, **beside: Prepared) -> None:
        self._together = Together(
            case=_CASES,
            rounds=_ROUNDS,
            participations=_PARTICIPATIONS,
            handlers=_HANDLERS,
            named_readers=_NAMED_READERS,
            **beside,
        )

    def ask(
        self, case_id: UUID, module: Module, *, lock: bool, **values: Any
    ) -> tuple[CaseFacts, Rows] | None:
        """The case and the rows asked for beside it, or None. Whoever asks decides who may see it.

        A case of another module is as one that is not there.
        """
        if lock:
            _LOCK.rows(case_id=case_id, module=module.value)
        today = clock.today(clock.now())
        found = self._together.rows(case_id=case_id, module=module.value, today=today, **values)
        return (_case_facts(found), found) if found["case"] else None


def _case_facts(found: Rows) -> CaseFacts:
    row = dict(zip(_COLUMNS, found["case"][0], strict=True))
    protected = row["case__person__protection"] != Protection.NONE
    columns = {name: row[f"case__{name}"] for name in _CASE_COLUMNS} | {
        "module": Module(row["case__module"]),
        "status": CaseStatus(row["case__status"]),
    }
    return CaseFacts(
        **columns,
        continued_in=row["case__continued_in__number"] or "",
        protected=protected,
        rounds=tuple(RoundFacts(*one) for one in found["rounds"]),
        last_logged_at=row["last_logged_at"],
        born=birth_date(row["number_kind"], row["number"], clock.today(clock.now()))
        if row["number"]
        else None,
        person_number=row["number"] or "",
        protection_changed_at=row["protection_changed_at"],
        coordinator=_coordinator(row),
        participations=tuple(_participation(*one) for one in found["participations"]),
        handlers=tuple(HandlerFacts(*one) for one in found["handlers"]),
        named_readers=tuple((unit_id, user_id) for unit_id, user_id in found["named_readers"])
        if protected
        else (),
    )


def _coordinator(row: dict[str, Any]) -> CoordinatorFacts:
    """Whose personal data is protected is reached by the unit's telephone alone (L-04)."""
    own_phone = "" if row["assignment__user__protected"] else row["assignment__user__phone"]
    return CoordinatorFacts(
        assignment_id=row["assignment_id"],
        user_id=row["assignment__user_id"],
        name=row["assignment__user__name"],
        phone=own_phone or row["assignment__unit__phone"],
        unit_id=row["unit_id"],
        unit_name=row["unit__name"],
        named_at=row["named_at"],
        valid=bool(row["works"]),
    )


def _participation(
    unit_id: int, then: str, access: str, from_at: datetime, until_at: datetime | None, reason: str, now: str,
    closed_on: date | None, person_id: UUID | None, name: str, number: str, *within: int | None,
) -> ParticipationFacts:  # fmt: skip
    """A unit that takes part is called what it is called now; one that has left, what it was called then."""
    unit_name = now if until_at is None else then
    left = LeftReason(reason) if reason else None
    lies_within = frozenset(place_id for place_id in within if place_id is not None)
    return ParticipationFacts(
        unit_id,
        unit_name,
        Access(access),
        from_at,
        until_at,
        left,
        closed_on is not None,
        lies_within,
        known=KnownPerson(person_id, name, number) if person_id is not None else None,
    )
