"""*Nytt ärende*: asking whether a person has a case, and making one (V-22, V-23, V-24)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import asking
from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.cases.queries import ExistingCase
from samordna.casework.case.rules.new_case import (
    asking_refusal,
    confirmed_refusal,
    create_refusal,
    naming_refusal,
)
from samordna.casework.file.commands.act import finish
from samordna.casework.file.queries import for_rebuild
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier
from samordna.kernel.refusal import Refusal, Stale, demand
from samordna.organisations import queries as places
from samordna.people import commands as people
from samordna.people import identity
from samordna.people import queries as persons
from samordna.people.queries import PersonCard
from samordna.people.rules import changed_since_shown, old_number_refusal


@transaction.atomic
def ask_for_case(
    *, process: Process[Any], actor: Actor, identifier: Identifier, at: datetime, shows_person: bool = False
) -> tuple[UUID | None, ExistingCase | None]:
    """The person with the number, if known, and the person's active case, if any: that it exists and whom to ask.

    Right, limit, log, and only then the answer; counted while the user's row is held, so that never more pass than
    the limit says. `shows_person`: the page is one by which a case is made, and shows whom it is for. The same question
    again within a while is answered without being counted, and logged anew only when the answer is another. Refused
    without the right to initiate, and after too many in an hour (V-23).
    """
    demand(create_refusal(process, actor))
    asking.hold_asker(actor)
    number = identifier.value
    standing = asking.standing_question(actor, number, process.module, at)
    demand(_room_refusal(process, actor, [identifier], at))
    person_id = persons.person_by_identifier(number)
    existing = doors.active_case_of(person_id, process.module) if person_id else None
    case_id = existing.case_id if existing else None
    shown = shows_person and existing is None
    if standing is None or (standing.person_id, standing.case_id) != (person_id, case_id):
        asking.note_question(
            actor=actor,
            number=number,
            module=process.module,
            person_id=person_id,
            case_id=case_id,
            shown=shown,
            standing=standing,
            at=at,
        )
        audit.record(
            actor=actor,
            at=at,
            action=Action.CASE_EXISTENCE_ASKED,
            person_ids=[person_id] if person_id else [],
            case_id=case_id,
        )
    elif shown:
        asking.note_shown(standing)
    return person_id, existing


def ask_for_person(
    *, process: Process[Any], actor: Actor, identifier: Identifier, at: datetime, shows_person: bool = False
) -> tuple[PersonCard | None, ExistingCase | None]:
    """As `ask_for_case`, with who it is. Refused, once it is logged, by a number that a protected person had before."""
    person_id, existing = ask_for_case(
        process=process, actor=actor, identifier=identifier, at=at, shows_person=shows_person
    )
    card = persons.person_card(person_id, at=at) if person_id else None
    _demand_present_number(card, identifier)
    return card, existing


def _demand_present_number(card: PersonCard | None, identifier: Identifier) -> None:
    if card is not None:
        demand(old_number_refusal(protected=card.protected, present=card.number, asked=identifier.value))


@transaction.atomic
def known_of_another_century(
    *, process: Process[Any], actor: Actor, readings: Sequence[Identifier], at: datetime
) -> Identifier | None:
    """Of ten digits: the less likely reading, when it is a known person's. Both are asked at the door then.

    The likely one is asked first, and before anybody is looked for the limit must leave room for all of them: so its
    refusal does not tell whose the digits may be.
    """
    demand(create_refusal(process, actor))
    if not readings[1:]:
        return None
    asking.hold_asker(actor)
    demand(_room_refusal(process, actor, readings, at))
    ask_for_case(process=process, actor=actor, identifier=readings[0], at=at)
    for identifier in readings[1:]:
        if persons.person_by_identifier(identifier.value) is not None:
            ask_for_case(process=process, actor=actor, identifier=identifier, at=at)
            return identifier
    return None


def _room_refusal(
    process: Process[Any], actor: Actor, asked: Sequence[Identifier], at: datetime
) -> Refusal | None:
    """`asking_refusal`, counting all of these that have not been answered a while ago."""
    new = sum(asking.standing_question(actor, one.value, process.module, at) is None for one in asked)
    if not new:
        return None
    limit = places.settings_of(actor.department_id).existence_questions_per_hour
    return asking_refusal(process, actor, asking.questions_within_the_hour(actor, at) + new - 1, limit)


@transaction.atomic
def create_case(
    *, process: Process[Any], actor: Actor, identifier: Identifier, name: str, at: datetime
) -> UUID:
    """A new case for the person, coordinated by the actor.

    Refused when the person has an active one; when this user has not been shown this person a moment ago by
    `ask_for_case`; without the name of somebody new; with a name that does not fit a protected person.
    """
    demand(create_refusal(process, actor))
    asked = asking.standing_question(actor, identifier.value, process.module, at)
    person_id = persons.person_by_identifier(identifier.value)
    shown = asked is not None and asked.shown and asked.person_id == person_id
    demand(confirmed_refusal(shown=shown))
    card = persons.person_card(person_id, at=at) if person_id else None
    _demand_present_number(card, identifier)
    demand(
        naming_refusal(
            known=card.name if card else None, protected=card is not None and card.protected, typed=name
        )
    )
    found = people.find_or_create_person(actor=actor, identifier=identifier, name=name, at=at)
    held = identity.hold_for_a_case(found.id)
    if persons.person_by_identifier(identifier.value) != held:
        # An act on identity was undone, or done, while this one waited.
        raise Stale(changed_since_shown())
    return begin_case(process=process, actor=actor, person_id=held, at=at)


@transaction.atomic
def begin_case(*, process: Process[Any], actor: Actor, person_id: UUID, at: datetime) -> UUID:
    """As `create_case`, for a person already in the system. Who makes a protected person's case may read it."""
    demand(create_refusal(process, actor))
    person_id = identity.hold_for_a_case(person_id)
    case_id = cases.create_case(actor=actor, person_id=person_id, module=process.module, at=at)
    cases.name_reader(
        case_id=case_id, unit_id=actor.unit_id, user_id=actor.user_id, name=actor.user_name, at=at
    )
    finish(for_rebuild(process, case_id), actor=actor, at=at, action=Action.CASE_CREATED)
    return case_id
