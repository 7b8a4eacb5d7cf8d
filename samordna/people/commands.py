"""Everything that changes what is known about a person. Who may is decided by the case it is done in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier
from samordna.kernel.refusal import NotVisible, Refused, Stale, demand
from samordna.people import queries, rules
from samordna.people.models import NameChange, Person, PersonIdentifier, RelatedPerson
from samordna.people.protection import CONTACTS, under
from samordna.people.rules import PersonChanges
from samordna.people.states import NameSource, Protection, Relation


@dataclass(frozen=True, slots=True)
class FoundPerson:
    id: UUID
    created: bool


@transaction.atomic
def find_or_create_person(
    *,
    actor: Actor | None,
    identifier: Identifier,
    name: str,
    at: datetime,
    name_source: NameSource = NameSource.TYPED,
) -> FoundPerson:
    """The person with this number; a new one with the name given when there is none.

    A person who exists keeps its name. Two who ask for the same new number at once get the same
    person. Refused: a new person without a name.
    """
    known = queries.person_by_identifier(identifier.value)
    if known is not None:
        return FoundPerson(known, created=False)
    demand(rules.name_refusal(name))
    with transaction.atomic():
        person = Person.objects.create(
            name=name, search_key=queries.stored_key(name), name_source=name_source
        )
        has_it = _add_identifier(person, identifier, at)
        # Somebody else was faster between the look and the writing: nothing is left of this one.
        transaction.set_rollback(person.id != has_it)
    if person.id != has_it:
        return FoundPerson(has_it, created=False)
    details = {"name_source": name_source.value, "kind": identifier.kind.value}
    _audit(actor, at, Action.PERSON_CREATED, person, details)
    return FoundPerson(person.id, created=True)


@transaction.atomic
def change_person(
    *,
    actor: Actor | None,
    person_id: UUID,
    version: int,
    changes: PersonChanges,
    at: datetime,
    case_id: UUID | None = None,
) -> None:
    """Change name, protection, contact details or the need of an interpreter.

    `version` is that of the card the form was opened with. Refused: stale when the person has been
    changed since, a weaker protection, an empty name, an interpreter without a language. The log gets the names of what
    was changed, not the values. A protection that is said again is noted, though nothing changes: an act on identity
    that is undone does not take it away. A new name is an action of its own, always in the review of the log.
    """
    person = _locked(person_id)
    if person.version != version:
        raise Stale(rules.changed_by_another())
    present, known_as = Protection(person.protection), person.name
    demand(rules.raising_refusal(present=present, chosen=changes.protection or present))
    changed = _write(person, changes)
    demand(rules.name_refusal(person.name))
    demand(rules.interpreter_refusal(needed=person.needs_interpreter, language=person.interpreter_language))
    if changes.protection not in {None, Protection.NONE}:
        person.protection_said_at = at
    if not changed:
        person.save(update_fields=["protection_said_at"])
        return
    if "name" in changed:
        person.name_source = NameSource.TYPED
        person.search_key = queries.stored_key(person.name)
        _note_name(person, known_as, case_id, actor, at)
    person.version += 1
    person.save()
    details: dict[str, object] = {"change": "details", "fields": changed}
    if "protection" in changed:
        details["protection"] = Protection(person.protection).value
    action = Action.PERSON_RENAMED if "name" in changed else Action.PERSON_CHANGED
    _audit(actor, at, action, person, details)


def _note_name(
    person: Person, known_as: str, case_id: UUID | None, actor: Actor | None, at: datetime
) -> None:
    """What stood before, for those who take part in the case where it was written over."""
    if case_id is not None and actor is not None:
        NameChange.objects.create(
            person=person,
            case_id=case_id,
            before=known_as,
            after=person.name,
            made_at=at,
            made_by_id=actor.user_id,
            made_by_name=actor.user_name,
        )


@transaction.atomic
def add_related(
    *,
    actor: Actor | None,
    person_id: UUID,
    relation: Relation,
    name: str,
    relation_text: str,
    contact: str,
    at: datetime,
) -> UUID:
    """Add a guardian, trustee or next of kin. Refused: no name, another relation that is not told."""
    person = _locked(person_id)
    demand(rules.related_refusal(relation=relation, name=name, relation_text=relation_text))
    row = RelatedPerson.objects.create(
        person=person, relation=relation, name=name, relation_text=relation_text, contact=contact
    )
    _audit(actor, at, Action.PERSON_CHANGED, person, {"change": "related_added", "relation": relation.value})
    return row.id


@transaction.atomic
def end_related(*, actor: Actor | None, person_id: UUID, related_id: UUID, at: datetime) -> None:
    """Take a relative away; the row stays with the time. Refused: taken away already.

    `person_id` is the person of the case one has opened: a relative of somebody else is not visible.
    """
    person = _locked(person_id)
    row = RelatedPerson.objects.select_for_update().filter(id=related_id, person=person).first()
    if row is None:
        raise NotVisible
    if row.ended_at is not None:
        raise Refused(rules.already_ended())
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _audit(actor, at, Action.PERSON_CHANGED, person, {"change": "related_ended", "relation": row.relation})


def _write(person: Person, changes: PersonChanges) -> list[str]:
    changed = []
    for name in PersonChanges.__dataclass_fields__:
        value = getattr(changes, name)
        if value is not None and getattr(person, name) != value:
            setattr(person, name, value)
            changed.append(name)
            if name in CONTACTS:
                # What is written now is known to whoever writes it.
                setattr(person, under(name), Protection.NONE)
    return changed


def _locked(person_id: UUID) -> Person:
    person = Person.objects.select_for_update().filter(id=person_id, merged_into=None).first()
    if person is None:
        raise NotVisible
    return person


def _add_identifier(person: Person, identifier: Identifier, at: datetime) -> UUID:
    """Give the person the number, unless somebody has it; gives who has it then.

    Never an error, which the database's own log would tell of with the number.
    """
    row = PersonIdentifier(person=person, kind=identifier.kind, value=identifier.value, linked_at=at)
    PersonIdentifier.objects.bulk_create([row], ignore_conflicts=True)
    return PersonIdentifier.objects.get(value=identifier.value).person_id


def _audit(
    actor: Actor | None, at: datetime, action: Action, person: Person, details: Mapping[str, object]
) -> None:
    record(
        actor=actor,
        at=at,
        action=action,
        person_ids=[person.id],
        object_kind="person",
        object_id=str(person.id),
        object_version=person.version,
        details=details,
    )
