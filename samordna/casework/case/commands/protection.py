"""Lowering a protection and opening what it hid, through the envelope door; and taking a lowering back (L-04, L-12)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import asking
from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.cases.queries import Envelope
from samordna.casework import events
from samordna.casework.case.commands.readers import name_readers
from samordna.casework.case.rules import protection as rules
from samordna.casework.case.rules.new_case import too_often_refusal
from samordna.casework.file.commands.act import store_steps, store_steps_of
from samordna.casework.file.queries import for_rebuild, hold
from samordna.casework.messages.commands.sending import notify
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier
from samordna.kernel.refusal import NotVisible, Refusal, Refused, Stale, demand
from samordna.notifications.events import Event
from samordna.organisations import queries as places
from samordna.people import protection
from samordna.people import queries as persons
from samordna.people.protection import Grounds
from samordna.people.states import Protection


@transaction.atomic
def read_protection(
    *, process: Process[Any], actor: Actor, case_id: UUID, at: datetime
) -> tuple[Envelope, Protection]:
    """The envelope and the present protection of its person, logged with the person. Nothing else is told."""
    envelope = _envelope(process, actor, case_id)
    audit.record(
        actor=actor,
        at=at,
        action=Action.CASE_ENVELOPE_SHOWN,
        person_ids=[envelope.person_id],
        case_id=case_id,
    )
    return envelope, protection.hold_protection(envelope.person_id)


@transaction.atomic
def lower_protection(
    *,
    process: Process[Any],
    actor: Actor,
    case_id: UUID,
    identifier: Identifier,
    seen: Protection,
    to: Protection,
    grounds: Grounds,
    at: datetime,
) -> None:
    """Protect the person of the case less; contacts stay hidden until they are opened.

    Refused: who is not named by the county or stands outside (as if there were no case), no reason, not told where it
    was checked, not weaker, and then a number that is not the person's, which `try_number` has counted.
    """
    envelope = _envelope(process, actor, case_id)
    held = cases.hold_cases([case_id], all_of_their_persons=True)
    present = _demand_lowering(envelope, seen, to)
    demand(rules.grounds_refusal(reason=grounds.reason, checked_where=grounds.checked_where))
    _demand_number(envelope, identifier)
    change_id = protection.lower(person_id=envelope.person_id, to=to, grounds=grounds, actor=actor, at=at)
    store_steps_of(process, held, at)
    _tell_coordinator(process, events.PROTECTION_LOWERED, envelope, actor, at)
    _log(Action.PERSON_PROTECTION_LOWERED, envelope, change_id, actor, at, {"from": present, "to": to})


def _demand_lowering(envelope: Envelope, seen: Protection, to: Protection) -> Protection:
    present = protection.hold_protection(envelope.person_id)
    if seen != present:
        raise Stale(rules.changed_meanwhile())
    demand(rules.lowering_refusal(seen=seen, present=present, to=to))
    return present


def _demand_opening(envelope: Envelope, keys: Collection[str]) -> Protection:
    present = protection.hold_protection(envelope.person_id)
    hidden = {sealed.key for sealed in protection.sealed_of(envelope.person_id)}
    if present != Protection.NONE or not set(keys) <= hidden:
        raise Stale(rules.changed_meanwhile())
    return present


@transaction.atomic
def try_lowering(
    *,
    process: Process[Any],
    actor: Actor,
    case_id: UUID,
    identifier: Identifier,
    seen: Protection,
    to: Protection,
    at: datetime,
) -> Refusal | None:
    """Why the number is refused. No number is compared before all else holds, so that only an act can tell of one."""
    envelope = _envelope(process, actor, case_id)
    _demand_lowering(envelope, seen, to)
    return _try_number(process, actor, envelope, identifier, at)


@transaction.atomic
def try_opening(
    *,
    process: Process[Any],
    actor: Actor,
    case_id: UUID,
    identifier: Identifier,
    keys: Collection[str],
    at: datetime,
) -> Refusal | None:
    """As `try_lowering`, for what is to be shown again."""
    envelope = _envelope(process, actor, case_id)
    _demand_opening(envelope, keys)
    return _try_number(process, actor, envelope, identifier, at)


def _try_number(
    process: Process[Any], actor: Actor, envelope: Envelope, identifier: Identifier, at: datetime
) -> Refusal | None:
    """A number that is not the person's counts as a question about it, and is logged with whose it was (V-23).

    Given and not raised, so that it is counted though the act is refused. Past the limit all numbers look alike.
    """
    asking.hold_asker(actor)
    limit = places.settings_of(actor.department_id).existence_questions_per_hour
    demand(too_often_refusal(asking.questions_within_the_hour(actor, at), limit))
    whose = persons.person_by_identifier(identifier.value)
    if whose == envelope.person_id:
        return None
    asking.note_question(
        actor=actor,
        number=identifier.value,
        module=process.module,
        person_id=whose,
        case_id=None,
        shown=False,
        standing=None,
        at=at,
    )
    return replace(rules.other_number(), about=whose)


@transaction.atomic
def open_contacts(
    *,
    process: Process[Any],
    actor: Actor,
    case_id: UUID,
    identifier: Identifier,
    keys: Collection[str],
    grounds: Grounds,
    at: datetime,
) -> None:
    """Show hidden contacts again, one by one or all. Refused as `lower_protection`; `Stale` when one is gone."""
    envelope = _envelope(process, actor, case_id)
    held = cases.hold_cases([case_id], all_of_their_persons=True)
    _demand_opening(envelope, keys)
    demand(rules.grounds_refusal(reason=grounds.reason, checked_where=grounds.checked_where))
    _demand_number(envelope, identifier)
    change_id = protection.open_contacts(
        person_id=envelope.person_id, keys=keys, grounds=grounds, actor=actor, at=at
    )
    store_steps_of(process, held, at)
    _tell_coordinator(process, events.CONTACTS_OPENED, envelope, actor, at)
    _log(Action.PERSON_CONTACTS_OPENED, envelope, change_id, actor, at, {"opened": sorted(keys)})


@transaction.atomic
def undo_lowering(
    *, process: Process[Any], actor: Actor, case_id: UUID, change_id: UUID, at: datetime
) -> None:
    """The protection from before holds again. Refused by `undo_lowering_refusal`."""
    cases.hold_cases([case_id], all_of_their_persons=True)
    facts, at = hold(process, actor, case_id, at)
    person_id = facts.case.person_id
    protection.hold_protection(person_id)
    changes = {change.id: change for change in protection.changes_of(person_id)}
    demand(rules.undo_lowering_refusal(facts.case, actor, changes.get(change_id), at))
    protection.undo_lowering(change_id=change_id, actor=actor, at=at)
    now = for_rebuild(process, case_id)
    name_readers(process, now.case, was_protected=facts.case.protected, actor=actor, at=at)
    store_steps(now)
    audit.record(
        actor=actor,
        at=at,
        action=Action.PERSON_PROTECTION_RESTORED,
        person_ids=[person_id],
        case_id=case_id,
        object_kind="protection_change",
        object_id=str(change_id),
    )


def lowering_roles() -> frozenset[str]:
    """The system roles that the county has named."""
    return places.settings_of(None).protection_lowered_by


def may_lower(process: Process[Any], actor: Actor, case_id: UUID) -> bool:
    """Whether the page that lowers is there for this user and case: a link is offered only where it leads."""
    try:
        _envelope(process, actor, case_id)
    except NotVisible:
        return False
    return True


def _envelope(process: Process[Any], actor: Actor, case_id: UUID) -> Envelope:
    return doors.envelope_for_protection(actor, lowering_roles(), case_id, process.module)


def _demand_number(envelope: Envelope, identifier: Identifier) -> None:
    if persons.person_by_identifier(identifier.value) != envelope.person_id:
        raise Refused(rules.other_number())


def _tell_coordinator(
    process: Process[Any], event: Event, envelope: Envelope, actor: Actor, at: datetime
) -> None:
    """Whoever can take a lowering back hears of it: it was done from outside, by somebody who need not work there."""
    coordinator = for_rebuild(process, envelope.case_id).case.coordinator
    if coordinator.user_id != actor.user_id:
        notify(event, envelope.case_id, places.unit_cards([coordinator.unit_id]).values(), at)


def _log(
    action: Action,
    envelope: Envelope,
    change_id: UUID,
    actor: Actor,
    at: datetime,
    details: dict[str, object],
) -> None:
    audit.record(
        actor=actor,
        at=at,
        action=action,
        person_ids=[envelope.person_id],
        case_id=envelope.case_id,
        object_kind="protection_change",
        object_id=str(change_id),
        details=details,
    )
