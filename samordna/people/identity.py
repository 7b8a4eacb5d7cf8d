"""Who has which number: given, replaced, merged, corrected, and undone (L-01, L-12).

Called inside the transaction of an act, whose rule and log entry are the caller's. Each function keeps what stood
before in an `IdentityChange`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier
from samordna.kernel.refusal import NotVisible, Refusal, Stale, demand
from samordna.people import rules
from samordna.people.models import IdentityChange, Person, PersonIdentifier, RelatedPerson
from samordna.people.protection import CONTACTS, PLANS, under
from samordna.people.states import IdentityKind, Protection

# What the one who lives on gets from the one who is merged, where it has nothing itself.
_TAKEN = (*CONTACTS, "interpreter_language")
# What goes along with a case to the right person: its plan was written under it.
_FOLLOWS = ("protection", under(PLANS))
_MERGED = (*_TAKEN, *map(under, CONTACTS), under(PLANS), "needs_interpreter", "protection")


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """An act that was done, for pages and rules. `followed`: a later one about the same persons stands."""

    id: UUID
    kind: IdentityKind
    case_id: UUID
    person_id: UUID
    other_id: UUID | None
    from_value: str
    to_value: str
    person_made: bool
    moved_case_ids: tuple[UUID, ...]
    ended_case_id: UUID | None
    made_at: datetime
    made_by_name: str
    undone_at: datetime | None
    undone_by_name: str
    undone_reason: str
    followed: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What an act is about: in whose case and what kind, by whom and when."""

    kind: IdentityKind
    case_id: UUID
    actor: Actor
    at: datetime


def hold(seen: dict[UUID, int]) -> dict[UUID, Person]:
    """Hold these persons, in one order for all, until the transaction ends.

    `Stale` when one has been changed since its version was seen, or merged into another.
    """
    found = Person.objects.select_for_update().filter(id__in=seen, merged_into=None).order_by("id")
    held = {person.id: person for person in found}
    if {person.id: person.version for person in held.values()} != seen:
        raise Stale(rules.changed_since_shown())
    return held


def hold_for_a_case(person_id: UUID) -> UUID:
    """Hold the person that a case is to be made for, and follow to whom it has been merged into meanwhile.

    One person at a time: who was merged is let go before the other is held, as two are held in the order of ids.
    """
    while True:
        with transaction.atomic():
            # What refers to the person may be written meanwhile; a merge waits, or is seen here.
            held = Person.objects.select_for_update(no_key=True).filter(id=person_id)
            into = held.values_list("merged_into_id", flat=True).first()
            if into is None:
                return person_id
            transaction.set_rollback(True)
        person_id = into


def give_number(done: Done, *, person: Person, identifier: Identifier) -> UUID:
    """The person's number from now on; the old one stays as history and still finds her.

    `Stale` when somebody else has got the number meanwhile.
    """
    present = PersonIdentifier.objects.select_for_update().get(person=person, replaced_at=None)
    present.replaced_at, present.replaced_why = done.at, done.kind
    present.save(update_fields=["replaced_at", "replaced_why"])
    row = PersonIdentifier(person=person, kind=identifier.kind, value=identifier.value, linked_at=done.at)
    # Two at the same moment: the second finds that the number is taken, without an error in the database's log.
    PersonIdentifier.objects.bulk_create([row], ignore_conflicts=True)
    if not PersonIdentifier.objects.filter(value=identifier.value, person=person).exists():
        raise Stale(rules.changed_since_shown())
    _bump(person)
    after = {"fields": _fields(person, ("protection",))}
    return _note(done, person, from_value=present.value, to_value=identifier.value, after=after)


def merge(
    done: Done,
    *,
    person: Person,
    into: Person,
    number: str,
    moved_case_ids: Collection[UUID],
    ended_case_id: UUID | None = None,
) -> UUID:
    """Two numbers turned out to be one human being: numbers, relatives and contacts of the one become the other's.

    The stronger protection holds for both. Cases have been moved by their room; here they are only remembered.
    """
    before = {"fields": _fields(into), "numbers": _values(person), "related": _relatives(person)}
    present = PersonIdentifier.objects.get(person=person, replaced_at=None)
    PersonIdentifier.objects.filter(pk=present.pk).update(replaced_at=done.at, replaced_why=done.kind)
    PersonIdentifier.objects.filter(person=person).update(person=into)
    RelatedPerson.objects.filter(person=person).update(person=into)
    for name in _TAKEN:
        if not getattr(into, name):
            setattr(into, name, getattr(person, name))
            if name in CONTACTS:
                setattr(into, under(name), getattr(person, under(name)))
    into.needs_interpreter = into.needs_interpreter or person.needs_interpreter
    into.protection = rules.stronger(Protection(into.protection), Protection(person.protection))
    into.plans_under = rules.stronger(Protection(into.plans_under), Protection(person.plans_under))
    _bump(into)
    person.merged_into = into
    _bump(person)
    return _note(
        done,
        into,
        other=person,
        from_value=present.value,
        to_value=number,
        before=before,
        after={"fields": _fields(into)},
        moved_case_ids=[str(one) for one in moved_case_ids],
        ended_case_id=ended_case_id,
    )


def correct(
    done: Done, *, case_id: UUID, wrong: Person, right: Person, number: str, person_made: bool
) -> UUID:
    """The case is about another person than it said. The stronger protection follows; contacts do not."""
    before = {"fields": _fields(right, _FOLLOWS)}
    right.protection = rules.stronger(Protection(right.protection), Protection(wrong.protection))
    right.plans_under = rules.stronger(Protection(right.plans_under), Protection(wrong.plans_under))
    _bump(right)
    present = PersonIdentifier.objects.filter(person=wrong, replaced_at=None).values_list("value", flat=True)
    return _note(
        done,
        right,
        other=wrong,
        from_value=present.first() or "",
        to_value=number,
        person_made=person_made,
        before=before,
        after={"fields": _fields(right, _FOLLOWS)},
        moved_case_ids=[str(case_id)],
    )


def changes_of(case_ids: Collection[UUID]) -> tuple[IdentityFacts, ...]:
    """Every act on identity that was done in these cases, newest first."""
    rows = _changes().filter(case_id__in=case_ids).order_by("-made_at", "-id")
    return tuple(_facts(row) for row in rows)


def undo(*, case_id: UUID, change_id: UUID, reason: str, actor: Actor, at: datetime) -> IdentityFacts:
    """Give numbers, contacts, relatives and protection back to whom they belonged before the act.

    What has been written since stays where it was written. Moving the cases back is their room's. Not visible: an
    act of another case. Refused by `rules.undo_change_refusal`.
    """
    row = _changes().select_for_update(of=("self",)).filter(id=change_id, case_id=case_id).first()
    if row is None:
        raise NotVisible
    facts = _facts(row)
    demand(undo_refusal(facts, reason=reason, at=at))
    ids = [one for one in (row.person_id, row.other_id) if one is not None]
    held = {p.id: p for p in Person.objects.select_for_update().filter(id__in=ids).order_by("id")}
    _give_back(row, held[row.person_id], held.get(row.other_id) if row.other_id else None)
    row.undone_at, row.undone_by_id, row.undone_by_name = at, actor.user_id, actor.user_name
    row.undone_reason = reason
    row.save()
    return facts


def undo_refusal(facts: IdentityFacts, *, reason: str, at: datetime) -> Refusal | None:
    """`rules.undo_change_refusal` for an act as it stands."""
    return rules.undo_change_refusal(
        made_at=facts.made_at,
        undone=facts.undone_at is not None,
        followed=facts.followed,
        reason=reason,
        at=at,
    )


def free_number(person_id: UUID) -> None:
    """Nobody goes by the number of a person who was made by an act that has been undone, and who has no case.

    Unless somebody has said that she is protected: then the number stays hers, for whoever comes with it next (L-04).
    """
    person = Person.objects.get(pk=person_id)
    said = person.protection_said_at is not None or person.protection_changes.exists()
    if person.protection == Protection.NONE and not said:
        PersonIdentifier.objects.filter(person_id=person_id).delete()


def _give_back(row: IdentityChange, person: Person, other: Person | None) -> None:
    said = _protected_since(row, person)
    if other is not None and said:
        # It is not known about which of the two: both keep it.
        other.protection = rules.stronger(Protection(other.protection), Protection(person.protection))
    if row.kind == IdentityKind.CORRECTED:
        _restore(row, person)
    elif other is None:
        _part_with_number(row, person, protected=said)
        _make_present(person, row.from_value)
    else:
        _part(row, person, other)
    if other is not None:
        _bump(other)
    _bump(person)


def _protected_since(row: IdentityChange, person: Person) -> bool:
    """Whether anybody has said since the act how protected the person is, be it what the act had written."""
    said_at = person.protection_said_at
    if said_at is not None and said_at >= row.made_at:
        return True
    return bool(person.protection != row.after.get("fields", {}).get("protection", Protection.NONE))


def _part_with_number(row: IdentityChange, person: Person, *, protected: bool) -> None:
    """Nobody has the number that was new here; or somebody as protected as it was said while she went by it."""
    number = PersonIdentifier.objects.filter(person=person, value=row.to_value)
    if not protected or person.protection == Protection.NONE:
        number.delete()
        return
    said = ("name", "search_key", "name_source", "protection", "protection_said_at")
    number.update(person=Person.objects.create(**_fields(person, said)))


def _part(row: IdentityChange, person: Person, other: Person) -> None:
    PersonIdentifier.objects.filter(person=person, value__in=row.before["numbers"]).update(person=other)
    _make_present(other, row.from_value)
    RelatedPerson.objects.filter(person=person, id__in=row.before["related"]).update(person=other)
    _restore(row, person)
    other.merged_into = None


def _restore(row: IdentityChange, person: Person) -> None:
    """What the act wrote goes back to what stood before, unless somebody has changed it since, or said it again."""
    kept = {"protection"} if _protected_since(row, person) else set()
    for name, value in row.before["fields"].items():
        if name not in kept and getattr(person, name) == row.after["fields"][name]:
            setattr(person, name, value)


def _make_present(person: Person, value: str) -> None:
    PersonIdentifier.objects.filter(person=person, value=value).update(replaced_at=None, replaced_why="")


def _fields(person: Person, names: Collection[str] = _MERGED) -> dict[str, Any]:
    return {name: getattr(person, name) for name in names}


def _values(person: Person) -> list[str]:
    return list(PersonIdentifier.objects.filter(person=person).values_list("value", flat=True))


def _relatives(person: Person) -> list[str]:
    return [str(one) for one in RelatedPerson.objects.filter(person=person).values_list("id", flat=True)]


def _bump(person: Person) -> None:
    person.version += 1
    person.save()


def _note(done: Done, person: Person, **stored: Any) -> UUID:
    row = IdentityChange.objects.create(
        kind=done.kind,
        case_id=done.case_id,
        person=person,
        made_at=done.at,
        made_by_id=done.actor.user_id,
        made_by_name=done.actor.user_name,
        **stored,
    )
    return row.id


def _changes() -> QuerySet[IdentityChange]:
    ours = ("person_id", "other_id")
    same = reduce(or_, (Q(**{theirs: OuterRef(own)}) for theirs in ours for own in ours))
    later = IdentityChange.objects.filter(same, undone_at=None, made_at__gt=OuterRef("made_at"))
    return IdentityChange.objects.annotate(followed=Exists(later))


def _facts(row: Any) -> IdentityFacts:
    return IdentityFacts(
        id=row.id,
        kind=IdentityKind(row.kind),
        case_id=row.case_id,
        person_id=row.person_id,
        other_id=row.other_id,
        from_value=row.from_value,
        to_value=row.to_value,
        person_made=row.person_made,
        moved_case_ids=tuple(UUID(one) for one in row.moved_case_ids),
        ended_case_id=row.ended_case_id,
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        undone_at=row.undone_at,
        undone_by_name=row.undone_by_name,
        undone_reason=row.undone_reason,
        followed=row.followed,
    )
