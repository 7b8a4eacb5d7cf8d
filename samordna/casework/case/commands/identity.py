"""Who the case is about: a number linked, replaced or corrected, in two steps, and undone (L-01, L-12).

The first step asks at the existence door and answers what *Nytt ärende* would. The second acts on the person that was
shown, or on nobody.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.cases.queries import ExistingCase
from samordna.casework.case.commands.new_case import ask_for_person
from samordna.casework.case.commands.readers import name_readers
from samordna.casework.case.rules import identity as rules
from samordna.casework.consent.commands import note_lapsed
from samordna.casework.file.commands.act import store_steps, store_steps_of
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.queries import hold, open_work, reread
from samordna.casework.process import Process, W
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refusal, Refused, Stale, demand
from samordna.people import commands as people
from samordna.people import identity
from samordna.people import queries as persons
from samordna.people.identity import Done, IdentityFacts
from samordna.people.queries import PersonCard
from samordna.people.rules import changed_since_shown, number_replaced
from samordna.people.states import IdentityKind

ACTIONS = {
    IdentityKind.LINKED: Action.PERSON_IDENTIFIER_LINKED,
    IdentityKind.NEW_NUMBER: Action.PERSON_NUMBER_CHANGED,
    IdentityKind.CORRECTED: Action.CASE_PERSON_CORRECTED,
}


@dataclass(frozen=True)
class Answer:
    """What the existence door says of a number, asked in a case.

    `found` is who has it (None: nobody known) and is not for a page when `existing` is there: then that is all that
    may be told. `seen` is what the confirmation must bring back: it holds for this act, number, name and answer.
    """

    own: PersonCard
    found: PersonCard | None
    existing: ExistingCase | None
    seen: str


def ask_about_number(
    *,
    process: Process[Any],
    actor: Actor,
    case_id: UUID,
    kind: IdentityKind,
    identifier: Identifier,
    name: str,
    at: datetime,
) -> Answer:
    """The first step. Logged and limited as *Nytt ärende* (V-23). `name` is what was typed beside the number.

    Refused by `identity_refusal` and `number_refusal`, and when the number is one the person has had; none of these
    ask anything of anybody else.
    """
    facts = open_work(process, actor, case_id)
    demand(rules.identity_refusal(kind, facts.case, actor, facts.join))
    own = persons.person_card(facts.case.person_id, at=at)
    demand(_own_number_refusal(kind, own, identifier))
    found, existing = ask_for_person(process=process, actor=actor, identifier=identifier, at=at)
    return Answer(own, found, existing, seen_of(kind, identifier, name, own, told_of(found, existing)))


def _own_number_refusal(kind: IdentityKind, own: PersonCard, identifier: Identifier) -> Refusal | None:
    same = own.number == identifier.value
    refusal = rules.number_refusal(kind, present=own.kind, new=identifier.kind, same_value=same)
    if refusal is None and persons.person_by_identifier(identifier.value) == own.id:
        return number_replaced()
    return refusal


def told_of(found: PersonCard | None, existing: ExistingCase | None) -> str:
    """What was answered: that there is a case, the person as she is, or nobody. One is never taken for another."""
    if existing is not None:
        return f"case:{existing.case_id}"
    return f"{found.id}:{found.version}" if found else "nobody"


def seen_of(kind: IdentityKind, identifier: Identifier, name: str, own: PersonCard, told: str) -> str:
    """What was asked and what was shown, in one word that tells nothing of anybody."""
    said = f"{kind}:{identifier.value}:{own.id}:{own.version}:{told}:{name}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@transaction.atomic
def change_identity(
    *,
    process: Process[W],
    actor: Actor,
    case_id: UUID,
    kind: IdentityKind,
    identifier: Identifier,
    name: str,
    reason: str,
    seen: str,
    at: datetime,
) -> W:
    """The second step: act on whom the first one showed.

    Refused as the first step, and by `named_refusal`; `Stale` when something else was asked or `seen` than this act,
    number, name and these persons as they are, or the other has got an active case since.
    """
    held = cases.hold_cases([case_id], all_of_their_persons=True)
    facts, at = hold(process, actor, case_id, at)
    demand(rules.identity_refusal(kind, facts.case, actor, facts.join))
    own = persons.person_card(facts.case.person_id, at=at)
    demand(_own_number_refusal(kind, own, identifier))
    found_id = persons.person_by_identifier(identifier.value)
    found = persons.person_card(found_id, at=at) if found_id else None
    if seen != seen_of(kind, identifier, name, own, told_of(found, None)):
        raise Stale(changed_since_shown())
    if found is not None and doors.active_case_of(found.id, process.module) is not None:
        raise Stale(changed_since_shown())
    demand(
        rules.named_refusal(
            kind,
            known=found.name if found else None,
            protected=found is not None and found.protected,
            typed=name,
        )
    )
    done = Done(kind, case_id, actor, at)
    if kind == IdentityKind.CORRECTED:
        change_id = _correct(facts, done, own, found, identifier, name, reason)
    else:
        change_id = _link(done, own, found, identifier, held)
    return _finish(facts, done, change_id, held)


def _link(
    done: Done,
    own: PersonCard,
    found: PersonCard | None,
    identifier: Identifier,
    held_cases: Collection[UUID],
) -> UUID:
    if found is None:
        held = identity.hold({own.id: own.version})
        return identity.give_number(done, person=held[own.id], identifier=identifier)
    held = identity.hold({own.id: own.version, found.id: found.version})
    try:
        moved = cases.move_cases(from_person_id=own.id, to_person_id=found.id, held=held_cases)
    except Refused as error:
        raise Stale(changed_since_shown()) from error
    return identity.merge(
        done, person=held[own.id], into=held[found.id], number=identifier.value, moved_case_ids=moved
    )


def _correct(
    facts: CaseWork,
    done: Done,
    own: PersonCard,
    found: PersonCard | None,
    identifier: Identifier,
    name: str,
    reason: str,
) -> UUID:
    if not reason:
        raise Refused(rules.NO_REASON)
    right = people.find_or_create_person(actor=done.actor, identifier=identifier, name=name, at=done.at)
    if right.created != (found is None):
        raise Stale(changed_since_shown())
    held = identity.hold({own.id: own.version, right.id: found.version if found else 1})
    change_id = identity.correct(
        done,
        case_id=done.case_id,
        wrong=held[own.id],
        right=held[right.id],
        number=identifier.value,
        person_made=right.created,
    )
    _move_case(done, own.id, right.id, reason)
    return change_id


def _move_case(done: Done, from_person_id: UUID, to_person_id: UUID, reason: str) -> None:
    try:
        cases.correct_person(
            case_id=done.case_id,
            from_person_id=from_person_id,
            to_person_id=to_person_id,
            reason=reason,
            actor=done.actor,
            at=done.at,
        )
    except Refused as error:
        raise Stale(changed_since_shown()) from error


def _finish(facts: W, done: Done, change_id: UUID, held: Mapping[UUID, Module]) -> W:
    """Whoever works with the case goes on reading it; all cases that were moved show the number that holds now."""
    name_readers(
        facts.process, reread(facts).case, was_protected=facts.case.protected, actor=done.actor, at=done.at
    )
    note_lapsed(reread(facts), actor=done.actor, at=done.at)
    (change,) = (one for one in identity.changes_of([done.case_id]) if one.id == change_id)
    store_steps_of(
        facts.process, {one: held[one] for one in change.moved_case_ids if one != done.case_id}, done.at
    )
    now = reread(facts)
    store_steps(now)
    record_identity(change, ACTIONS[done.kind], actor=done.actor, at=done.at)
    return now


def record_identity(change: IdentityFacts, action: Action, *, actor: Actor, at: datetime) -> None:
    """The act's entry in the log: both persons and the case, never a number."""
    both = [one for one in (change.person_id, change.other_id) if one is not None]
    audit.record(
        actor=actor,
        at=at,
        action=action,
        person_ids=both,
        case_id=change.case_id,
        object_kind="identity",
        object_id=str(change.id),
        details={"kind": change.kind.value, "merged": change.other_id is not None},
    )
