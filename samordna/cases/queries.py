"""The doors to a case. Nothing else fetches one (design, section 3).

Content: `open_case`. Envelope: `envelopes_without_coordinator`. Existence: `active_case_of`. Each is the door to the
cases of one module: through it a case of another is as one that does not exist.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samordna.assignments.queries import Colleague, people_of_unit, using_on
from samordna.assignments.states import SystemRole
from samordna.cases.facts import CaseFacts
from samordna.cases.models import Case, CaseReading, CoordinatorTerm, NamedReader, Participation, UnitHandler
from samordna.cases.reading import CaseStatement, Rows
from samordna.cases.states import Access, CaseStatus
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.collation import swedish
from samordna.kernel.module import Module
from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import NotVisible
from samordna.organisations.places import within
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
class Reading:
    """When a user last read a part of a case, when before that sitting, and when the sitting began."""

    at: datetime
    before: datetime | None
    since: datetime | None = None


@dataclass(frozen=True)
class Envelope:
    """A case from outside: its number and the units in it. The person's id is for the log alone."""

    case_id: UUID
    person_id: UUID
    number: str
    lost_coordinator: str
    unit_names: tuple[str, ...]


# The roles that may name a coordinator where the former one has left (L-02).
NAMES_COORDINATORS = (SystemRole.ADMINISTRATOR, SystemRole.SUPERUSER)
_ALONE = CaseStatement()


def open_case(actor: Actor, case_id: UUID, module: Module) -> CaseFacts:
    """The content door: the case as its unit's participation lets it be seen.

    Raises `NotVisible`, the same whether the case is unknown, of another module, belongs to others, or is a protected
    person's and the user is not named at the unit; and to whoever has no right in the module.
    """
    return open_case_with(_ALONE, actor, case_id, module)[0]


def open_case_with(
    statement: CaseStatement,
    actor: Actor,
    case_id: UUID,
    module: Module,
    *,
    lock: bool = False,
    **values: Any,
) -> tuple[CaseFacts, Rows]:
    """The content door, with what the statement asks beside the case; it takes the `values`.

    `lock` holds the case's row until the transaction ends.
    """
    facts, rows = _found(statement, case_id, module, lock=lock, **values)
    if not actor.rights(module).has_any or facts.reach_of(actor.unit_id) is None:
        raise NotVisible
    if not facts.lets_read(actor.user_id, actor.unit_id):
        raise NotVisible
    return facts, rows


def open_case_for_naming(actor: Actor, case_id: UUID, module: Module, *, lock: bool = False) -> CaseFacts:
    """A protected person's case at a unit where nobody is named yet, so that somebody can take it on (L-04).

    Not visible where the unit's part has ended. Of a case that is over the unit sees what it knew (`person_seen_by`).
    """
    facts, _rows = _found(_ALONE, case_id, module, lock=lock)
    period = facts.period_of(actor.unit_id)
    if not actor.rights(module).may_answer or period is None or not period.open:
        raise NotVisible
    if not facts.protected or facts.names_readers_at(actor.unit_id):
        raise NotVisible
    return facts


def readers_named_at(actor: Actor, case_id: UUID, module: Module) -> tuple[str, ...]:
    """Who at the actor's unit may open a protected person's case of that unit, for a colleague who may not.

    Empty for any other case, so that nothing is told of it.
    """
    found = _ALONE.ask(case_id, module, lock=False)
    facts = found[0] if found and actor.rights(module).has_any else None
    if facts is None or not facts.protected or facts.reach_of(actor.unit_id) is None:
        return ()
    named = [user_id for unit_id, user_id in facts.named_readers if unit_id == actor.unit_id]
    rows = NamedReader.objects.filter(case_id=case_id, user_id__in=named, until_at__isnull=True)
    return tuple(rows.order_by(swedish("user__name")).values_list("user__name", flat=True))


def case_for_rebuild(case_id: UUID, module: Module) -> CaseFacts:
    """As `case_for_rebuild_with`, the case alone."""
    return _found(_ALONE, case_id, module)[0]


def case_for_rebuild_with(
    statement: CaseStatement, case_id: UUID, module: Module, *, lock: bool = False, **values: Any
) -> tuple[CaseFacts, Rows]:
    """For the system itself: rebuilding worklists, replacing a lost coordinator. Never for a page."""
    return _found(statement, case_id, module, lock=lock, **values)


def _found(
    statement: CaseStatement, case_id: UUID, module: Module, *, lock: bool = False, **values: Any
) -> tuple[CaseFacts, Rows]:
    found = statement.ask(case_id, module, lock=lock, **values)
    if found is None:
        raise NotVisible
    return found


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
        created_unit_name=case.created_unit.name,
        created_unit_phone=case.created_unit.phone,
        protected=case.person.protection != Protection.NONE,
    )


def envelopes_without_coordinator(actor: Actor, module: Module, at: datetime) -> tuple[Envelope, ...]:
    """Open cases whose coordinator has left, at units within what the actor is administrator or superuser of.

    The places of the roles decide, wherever the actor stands (K-05).
    """
    if not actor.places_as(*NAMES_COORDINATORS):
        return ()
    valid = using_on(module, clock.today(at)).values("pk")
    terms = CoordinatorTerm.objects.filter(
        until_at__isnull=True, case__module=module, case__status=CaseStatus.ACTIVE
    )
    terms = terms.exclude(assignment__in=valid).filter(case__in=_cases_at(actor))
    terms = terms.select_related("case", "assignment__user", "unit")
    return tuple(
        Envelope(
            term.case_id,
            term.case.person_id,
            term.case.number,
            f"{term.assignment.user.name}, {term.unit.name}",
            _unit_names(term.case_id),
        )
        for term in terms.order_by("case__number")
    )


def envelope_for_protection(actor: Actor, roles: Collection[str], case_id: UUID, module: Module) -> Envelope:
    """The envelope door for whoever may lower a protection: a case with a unit that such a role covers (L-04).

    Not one that has ended while another of the person goes on. Raises `NotVisible`, the same whether the case is
    unknown or lies elsewhere.
    """
    case = _covered(actor, roles, module).filter(pk=case_id).first()
    if case is None:
        raise NotVisible
    return Envelope(case.pk, case.person_id, case.number, "", _unit_names(case.pk))


def case_numbered_for_protection(
    actor: Actor, roles: Collection[str], number: str, module: Module
) -> UUID | None:
    """The same by the case's number, as it was told by telephone."""
    return _covered(actor, roles, module).filter(number=number).values_list("pk", flat=True).first()


def _covered(actor: Actor, roles: Collection[str], module: Module) -> "QuerySet[Case]":
    places = actor.places_as(*roles)
    if not places:
        return Case.objects.none()
    here = Participation.objects.filter(until_at__isnull=True, access=Access.FULL)
    covered = Case.objects.filter(
        module=module, pk__in=here.filter(within(places, place="unit")).values("case_id")
    )
    # What is said of the person is said where her case goes on: its coordinator sees it there and can take it back.
    going_on = Case.objects.filter(person=OuterRef("person"), module=module, status=CaseStatus.ACTIVE)
    return covered.filter(Q(status=CaseStatus.ACTIVE) | ~Exists(going_on))


def colleagues_of_case(case_id: UUID, module: Module, at: datetime) -> list[Colleague]:
    """Everybody with a right in the module at the units in the whole case. The caller has the envelope."""
    here = Participation.objects.filter(case_id=case_id, until_at__isnull=True, access=Access.FULL)
    found: list[Colleague] = []
    for unit_id in here.order_by(swedish("unit_name")).values_list("unit_id", flat=True):
        found.extend(person for person in people_of_unit(unit_id, at) if person.rights(module).has_any)
    return found


def cases_hanging_on(assignment_id: int, module: Module) -> tuple[UUID, ...]:
    """The module's ongoing cases that are coordinated or handled by an assignment.

    For handing them over, never for a page.
    """
    ongoing = {"case__module": module, "case__status": CaseStatus.ACTIVE}
    mine = {"assignment_id": assignment_id, "until_at": None, **ongoing}
    found = {
        *CoordinatorTerm.objects.filter(**mine).values_list("case_id", flat=True),
        *UnitHandler.objects.filter(**mine).values_list("case_id", flat=True),
    }
    return tuple(sorted(found))


def _cases_at(actor: Actor) -> "QuerySet[Participation, UUID]":
    here = Participation.objects.filter(until_at__isnull=True, access=Access.FULL)
    here = here.filter(within(actor.places_as(*NAMES_COORDINATORS), place="unit"))
    return here.values_list("case_id", flat=True)


def _unit_names(case_id: UUID) -> tuple[str, ...]:
    rows = Participation.objects.filter(case_id=case_id, until_at__isnull=True, access=Access.FULL)
    return tuple(rows.order_by(swedish("unit__name")).values_list("unit__name", flat=True))


def case_numbers(ids: Collection[UUID], module: Module) -> dict[UUID, str]:
    """The numbers of those of the cases that are the module's. The caller has come to them by another door."""
    return dict(Case.objects.filter(pk__in=ids, module=module).values_list("pk", "number"))


READINGS = Prepared(
    lambda case_id, user_id, part: CaseReading.objects.filter(
        case_id=case_id, user_id=user_id, part=part
    ).values_list("read_at", "previous_at", "sitting_at"),
    case_id=UUID,
    user_id=int,
    part=str,
)
