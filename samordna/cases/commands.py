"""Writing a case: created, coordinated, taken part in, ended. Called inside the transaction of an act.

Whether the act is allowed is the caller's rule; these functions keep the rows true to each other.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samordna.assignments.queries import Colleague
from samordna.cases import joining
from samordna.cases.facts import CaseFacts
from samordna.cases.models import (
    Case,
    CaseCounter,
    CaseReading,
    CoordinatorTerm,
    NamedReader,
    Participation,
    PersonCorrection,
    Round,
    UnitHandler,
)
from samordna.cases.queries import Reading
from samordna.cases.states import Access, CaseStatus, EndReason, LeftReason
from samordna.cases.told import TOLD_ALL, known_as, note_known
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.case_number import CaseNumber
from samordna.kernel.changing import Insert
from samordna.kernel.constraints import broke
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refusal, Refused, Stale
from samordna.people.identity import hold_for_a_case
from samordna.people.rules import changed_since_shown

ONE_ACTIVE = "case_one_active_per_person"
ALREADY_ACTIVE = {
    Module.SIP: Refusal(
        "case.already_active",
        _("The person already has an ongoing SIP."),
        _("Ask the unit that has it to add you."),
    ),
    Module.SPU: Refusal(
        "case.already_active_discharge",
        _("The person already has an ongoing discharge planning."),
        _("Ask the ward that has it to add you."),
    ),
}


def create_case(*, actor: Actor, person_id: UUID, module: Module, at: datetime) -> UUID:
    """A new active case with its first round, coordinated by its creator (V-24).

    Refused when the person has an active one of the module: the database decides, whoever asks at the same time (V-23).
    """
    _demand_no_active(person_id, module)
    case = Case(
        number=str(_next_number(at)),
        module=module,
        person_id=person_id,
        created_at=at,
        created_by_id=actor.user_id,
        created_by_name=actor.user_name,
        created_unit_id=actor.unit_id,
        created_unit_name=actor.unit_name,
    )
    try:
        case.save(force_insert=True)
    except IntegrityError as error:
        if broke(error, ONE_ACTIVE):
            raise Refused(ALREADY_ACTIVE[module]) from error
        raise
    start_round(case_id=case.pk, number=1, actor=actor, at=at)
    Participation.objects.create(
        case_id=case.pk, unit_id=actor.unit_id, unit_name=actor.unit_name, access=Access.FULL, from_at=at
    )
    _begin_term(case.pk, actor.assignment_id, actor.user_name, actor.unit_id, actor.unit_name, actor, at)
    name_handler(
        case_id=case.pk, unit_id=actor.unit_id, assignment_id=actor.assignment_id, name=actor.user_name, at=at
    )
    return case.pk


def _demand_no_active(person_id: UUID, module: Module, *, other_than: UUID | None = None) -> None:
    """Whoever wants the person to have an active case comes one after the other (V-23); a constraint stands behind."""
    hold_for_a_case(person_id)
    active = Case.objects.filter(person_id=person_id, module=module, status=CaseStatus.ACTIVE)
    others = active.exclude(pk=other_than) if other_than else active
    if others.exists():
        raise Refused(ALREADY_ACTIVE[module])


def _next_number(at: datetime) -> CaseNumber:
    """The next of the county's, whatever the module; whoever asks meanwhile waits."""
    year = clock.local(at).year
    CaseCounter.objects.bulk_create([CaseCounter(year=year)], ignore_conflicts=True)
    counter = CaseCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return CaseNumber(year, counter.last)


def start_round(*, case_id: UUID, number: int, actor: Actor, at: datetime) -> None:
    Round.objects.create(case_id=case_id, number=number, started_at=at, started_by_id=actor.user_id)


def cancel_round(*, case_id: UUID, number: int, reason: str, actor: Actor, at: datetime) -> None:
    """End a round that was begun by mistake. It stays in the history with who, when and why (V-73)."""
    Round.objects.filter(case_id=case_id, number=number, cancelled_at__isnull=True).update(
        cancelled_at=at,
        cancelled_by_id=actor.user_id,
        cancelled_by_name=actor.user_name,
        cancel_reason=reason,
    )


def _begin_term(
    case_id: UUID, assignment_id: int, name: str, unit_id: int, unit_name: str, actor: Actor, at: datetime
) -> None:
    CoordinatorTerm.objects.create(
        case_id=case_id,
        assignment_id=assignment_id,
        name=name,
        unit_id=unit_id,
        unit_name=unit_name,
        named_at=at,
        named_by_id=actor.user_id,
        named_by_name=actor.user_name,
    )


def change_coordinator(*, case_id: UUID, to: Colleague, actor: Actor, at: datetime) -> None:
    """End the present term and begin the next, so that there is always exactly one. It has confirmed nothing yet."""
    CoordinatorTerm.objects.filter(case_id=case_id, until_at__isnull=True).update(until_at=at)
    _begin_term(case_id, to.assignment_id, to.name, to.unit_id, to.unit_name, actor, at)
    joining.take_back(case_id)


def admit_units(*, case: CaseFacts, units: Mapping[int, str], access: Access, at: datetime) -> None:
    """Begin the participation of units (id: name), or widen the one they have. Access is never narrowed here.

    `case` is the case as it stands, held by the act.
    """
    width = [Access.INFORMED, Access.INVITED, Access.FULL]
    present = {p.unit_id: p.access for p in case.participations if p.open and p.unit_id in units}
    enough = {unit for unit, held in present.items() if width.index(held) >= width.index(access)}
    widened = present.keys() - enough
    if widened:
        open_now = Participation.objects.filter(case_id=case.id, until_at__isnull=True)
        open_now.filter(unit_id__in=widened).update(until_at=at, left_reason="")
    _begin_parts(
        [
            Participation(case_id=case.id, unit_id=unit, unit_name=name, access=access, from_at=at)
            for unit, name in units.items()
            if unit not in enough
        ]
    )
    if access == Access.INFORMED:
        note_known(case.id, unit_id__in=units, access=access)


_begin_parts = Insert(Participation)


def end_participation(*, case_id: UUID, unit_id: int, reason: LeftReason | None, at: datetime) -> None:
    """End the unit's period, and with it that of its named readers. It keeps what it received and wrote until then
    (L-02), and sees the person as she was then."""
    note_known(case_id, unit_id=unit_id, access__in=TOLD_ALL)
    readers = NamedReader.objects.filter(case_id=case_id, unit_id=unit_id, until_at__isnull=True)
    readers.update(until_at=at)
    Participation.objects.filter(case_id=case_id, unit_id=unit_id, until_at__isnull=True).update(
        until_at=at, left_reason=reason or ""
    )


def name_handler(*, case_id: UUID, unit_id: int, assignment_id: int | None, name: str, at: datetime) -> None:
    """The unit's handler from now on; None leaves the case without one, for the superuser to see (V-25)."""
    UnitHandler.objects.filter(case_id=case_id, unit_id=unit_id, until_at__isnull=True).update(until_at=at)
    if assignment_id is not None:
        UnitHandler.objects.create(
            case_id=case_id, unit_id=unit_id, assignment_id=assignment_id, name=name, from_at=at
        )


def name_reader(*, case_id: UUID, unit_id: int, user_id: int, name: str, at: datetime) -> None:
    """Let a user open a protected person's case at the unit (L-04). Naming twice changes nothing."""
    NamedReader.objects.get_or_create(
        case_id=case_id,
        unit_id=unit_id,
        user_id=user_id,
        until_at=None,
        defaults={"name": name, "from_at": at},
    )


def end_case(
    *, case_id: UUID, status: CaseStatus, reason: EndReason, comment: str, actor: Actor, at: datetime
) -> None:
    """Close the whole case; its content stays readable."""
    note_known(case_id, access__in=TOLD_ALL)
    Case.objects.filter(pk=case_id, status=CaseStatus.ACTIVE).update(
        status=status,
        ended_at=at,
        ended_by_id=actor.user_id,
        ended_by_name=actor.user_name,
        end_reason=reason,
        end_comment=comment,
    )


def reopen_case(*, case_id: UUID) -> None:
    """A case whose locked evaluation was opened or voided goes on, unless the person has a new one."""
    case = Case.objects.get(pk=case_id)
    _demand_no_active(case.person_id, Module(case.module), other_than=case_id)
    Case.objects.filter(pk=case_id).update(
        status=CaseStatus.ACTIVE,
        ended_at=None,
        ended_by=None,
        ended_by_name="",
        end_reason="",
        end_comment="",
        continued_in=None,
    )


def continue_in(*, case_id: UUID, other_case_id: UUID) -> None:
    """Mark that an ended case goes on in another one of the same person (L-01)."""
    Case.objects.filter(pk=case_id).update(continued_in_id=other_case_id)


def correct_person(
    *, case_id: UUID, from_person_id: UUID, to_person_id: UUID, reason: str, actor: Actor, at: datetime
) -> None:
    """Move the case to the right person and keep what it said before. Refused as in `create_case`."""
    _move([case_id], to_person_id)
    PersonCorrection.objects.create(
        case_id=case_id,
        from_person_id=from_person_id,
        to_person_id=to_person_id,
        reason=reason,
        corrected_at=at,
        corrected_by_id=actor.user_id,
        corrected_by_name=actor.user_name,
    )


def hold_cases(case_ids: Collection[UUID], *, all_of_their_persons: bool = False) -> dict[UUID, Module]:
    """Hold several cases until the transaction ends, in one order for all. Gives which, and of which modules.

    An act in more than one case holds all of them by this before it holds anything else: cases first, then persons
    (docs/architecture.md). `all_of_their_persons`: whatever other cases their persons have, too.
    """
    asked = Q(pk__in=case_ids)
    if all_of_their_persons:
        # Those asked for are held in any case: one may become another person's while it is waited for.
        persons = Case.objects.filter(asked).values_list("person_id", flat=True)
        asked |= Q(person_id__in=list(persons))
    held = Case.objects.filter(asked).select_for_update().order_by("pk").values_list("pk", "module")
    return {case_id: Module(module) for case_id, module in held}


def move_cases(*, from_person_id: UUID, to_person_id: UUID, held: Collection[UUID]) -> tuple[UUID, ...]:
    """Two numbers turned out to be one person: the cases of the one become the other's (L-01). Gives which.

    Refused as in `create_case`. `held` are those of `hold_cases`: `Stale` when there is another by now.
    """
    moved = tuple(Case.objects.filter(person_id=from_person_id).order_by("pk").values_list("pk", flat=True))
    if not set(moved) <= set(held):
        raise Stale(changed_since_shown())
    _move(moved, to_person_id)
    known_as(moved, from_person_id, to_person_id)
    return moved


def return_cases(case_ids: Collection[UUID], *, from_person_id: UUID, to_person_id: UUID) -> None:
    """The move is undone: these cases, as far as they are still hers, are the other's again. Refused as above."""
    still = Case.objects.filter(pk__in=case_ids, person_id=from_person_id)
    returned = tuple(still.values_list("pk", flat=True))
    _move(returned, to_person_id)
    known_as(returned, from_person_id, to_person_id)


def cases_of(person_id: UUID) -> dict[UUID, Module]:
    """All cases about the person with their modules, in one order for all who hold them."""
    found = Case.objects.filter(person_id=person_id).order_by("pk")
    return {case_id: Module(module) for case_id, module in found.values_list("pk", "module")}


def has_cases(person_id: UUID) -> bool:
    """Whether any case is about the person."""
    return Case.objects.filter(person_id=person_id).exists()


def _move(case_ids: Collection[UUID], to_person_id: UUID) -> None:
    moved = Case.objects.filter(pk__in=case_ids)
    for module in moved.filter(status=CaseStatus.ACTIVE).values_list("module", flat=True).distinct():
        _demand_no_active(to_person_id, Module(module))
    moved.update(person_id=to_person_id)


# Pages within this time of the first are one sitting.
SITTING = timedelta(minutes=30)


def mark_read(
    *, case_id: UUID, user_id: int, part: str, last: Reading | None, at: datetime
) -> datetime | None:
    """Remember that the user reads the part, and tell when that was done before this sitting.

    In the first sitting it was when the sitting began: what stood then has been read. A sitting has an end, however
    closely its pages follow each other: what was shown in it is not new for ever. `last` is the reading that stands
    until now.
    """
    if last is None:
        # A page opened in two tabs at once: the first to come has noted it.
        first = CaseReading(case_id=case_id, user_id=user_id, part=part, read_at=at, sitting_at=at)
        CaseReading.objects.bulk_create([first], ignore_conflicts=True)
        return None
    since = last.since or last.at
    if at - since <= SITTING:
        before = last.before or since
    else:
        before, since = last.at, at
    readings = CaseReading.objects.filter(case_id=case_id, user_id=user_id, part=part)
    readings.update(read_at=at, previous_at=before, sitting_at=since)
    return before
