"""Lowering a protection, and opening what was hidden by it (L-04, L-12). Called inside the transaction of an act.

Who may is the act's rule. A contact remembers the strongest protection that it has stood under; it is hidden as long as
that is stronger than the present one, until it is opened.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible
from samordna.people.models import Person, ProtectionChange, RelatedPerson
from samordna.people.rules import stronger, weaker
from samordna.people.states import Protection, ProtectionAct, Relation

CONTACTS = ("phone", "address", "municipality")
# The contacts that stand in her plans, by one key: which there are, and what they say, the role does not see.
PLANS = "plans"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why, in words, and where it was checked that it is so."""

    reason: str
    checked_where: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A hidden contact as one who may open it sees it: what it is, never what it says. `key` is its name or id."""

    key: str
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """An act on a protection, for the page about the person."""

    id: UUID
    act: ProtectionAct
    before: Protection
    after: Protection
    reason: str
    checked_where: str
    made_at: datetime
    made_by_name: str
    made_unit_name: str
    undone_at: datetime | None
    undone_by_name: str


def under(name: str) -> str:
    """The column that says under which protection a contact has stood."""
    return f"{name}_under"


def sealed_contacts(person: Person) -> frozenset[str]:
    """Of telephone, address and municipality those that stood under a stronger protection than the present one."""
    present = Protection(person.protection)
    return frozenset(
        name
        for name in CONTACTS
        if getattr(person, name) and weaker(present, Protection(getattr(person, under(name))))
    )


def related_is_sealed(row: RelatedPerson, present: Protection) -> bool:
    return bool(row.contact) and weaker(present, Protection(row.contact_under))


def plans_are_sealed(person: Person) -> bool:
    """Whether contacts in her plans may be from a stronger protection than the present one."""
    return weaker(Protection(person.protection), Protection(person.plans_under))


def sealed_of(person_id: UUID) -> tuple[Sealed, ...]:
    """What is hidden about an unprotected person and near ones, for whoever may open it."""
    person = Person.objects.get(pk=person_id)
    own = [Sealed(name) for name in CONTACTS if name in sealed_contacts(person)]
    near = RelatedPerson.objects.filter(person=person, ended_at=None).order_by("relation", "id")
    present = Protection(person.protection)
    plans = [Sealed(PLANS)] if plans_are_sealed(person) else []
    return (
        *own,
        *plans,
        *(Sealed(str(row.pk), Relation(row.relation)) for row in near if related_is_sealed(row, present)),
    )


def hold_protection(person_id: UUID) -> Protection:
    """The present protection, with the person held until the transaction ends. Not visible: one merged meanwhile."""
    person = Person.objects.select_for_update().filter(pk=person_id, merged_into=None).first()
    if person is None:
        raise NotVisible
    return Protection(person.protection)


def lower(*, person_id: UUID, to: Protection, grounds: Grounds, actor: Actor, at: datetime) -> UUID:
    """Protect the person less. Every contact that stands now stays hidden until it is opened."""
    person = Person.objects.get(pk=person_id)
    before = Protection(person.protection)
    for name in (*CONTACTS, PLANS):
        setattr(person, under(name), stronger(before, Protection(getattr(person, under(name)))))
    for row in RelatedPerson.objects.filter(person=person):
        row.contact_under = stronger(before, Protection(row.contact_under))
        row.save(update_fields=["contact_under"])
    person.protection = to
    _bump(person)
    return _note(person, ProtectionAct.LOWERED, before, to, grounds, actor, at).pk


def open_contacts(
    *, person_id: UUID, keys: Collection[str], grounds: Grounds, actor: Actor, at: datetime
) -> UUID:
    """Show these contacts again to all who take part."""
    person = Person.objects.get(pk=person_id)
    for name in (*CONTACTS, PLANS):
        if name in keys:
            setattr(person, under(name), Protection.NONE)
    near = RelatedPerson.objects.filter(person=person)
    near.filter(pk__in=[key for key in keys if key not in (*CONTACTS, PLANS)]).update(
        contact_under=Protection.NONE
    )
    _bump(person)
    present = Protection(person.protection)
    change = _note(person, ProtectionAct.OPENED, present, present, grounds, actor, at)
    change.opened = sorted(keys)
    change.save(update_fields=["opened"])
    return change.pk


def undo_lowering(*, change_id: UUID, actor: Actor, at: datetime) -> None:
    """The protection from before holds again, or the present one if stronger by now. It hides all contacts."""
    change = ProtectionChange.objects.select_related("person").get(pk=change_id)
    person = change.person
    person.protection = stronger(Protection(change.before), Protection(person.protection))
    person.protection_said_at = at
    _bump(person)
    change.undone_at, change.undone_by_id, change.undone_by_name = at, actor.user_id, actor.user_name
    change.save(update_fields=["undone_at", "undone_by", "undone_by_name"])


def changes_of(person_id: UUID) -> tuple[ChangeFacts, ...]:
    """What was done to the person's protection by those who may, the latest first."""
    rows = ProtectionChange.objects.filter(person_id=person_id).order_by("-made_at", "-pk")
    return tuple(
        ChangeFacts(
            id=row.pk,
            act=ProtectionAct(row.act),
            before=Protection(row.before),
            after=Protection(row.after),
            reason=row.reason,
            checked_where=row.checked_where,
            made_at=row.made_at,
            made_by_name=row.made_by_name,
            made_unit_name=row.made_unit_name,
            undone_at=row.undone_at,
            undone_by_name=row.undone_by_name,
        )
        for row in rows
    )


def _note(
    person: Person,
    act: ProtectionAct,
    before: Protection,
    after: Protection,
    grounds: Grounds,
    actor: Actor,
    at: datetime,
) -> ProtectionChange:
    return ProtectionChange.objects.create(
        person=person,
        act=act,
        before=before,
        after=after,
        reason=grounds.reason,
        checked_where=grounds.checked_where,
        made_at=at,
        made_by_id=actor.user_id,
        made_by_name=actor.user_name,
        made_unit_name=actor.unit_name,
    )


def _bump(person: Person) -> None:
    person.version += 1
    person.save()
