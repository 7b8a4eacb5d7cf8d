"""Lowering a protection and opening what it hid, through the envelope door; and taking a lowering back (L-04, L-12)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import queries as doors
from samordna.cases.queries import Envelope
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier
from samordna.kernel.refusal import NotVisible, Refused, Stale, demand
from samordna.organisations import queries as places
from samordna.people import protection
from samordna.people import queries as persons
from samordna.people.protection import Grounds
from samordna.people.states import Protection
from samordna.sip.commands.identity import name_readers
from samordna.sip.queries import hold_sip, sip_for_rebuild
from samordna.sip.rules import protection as rules


@transaction.atomic
def read_protection(*, actor: Actor, case_id: UUID, at: datetime) -> tuple[Envelope, Protection]:
    """The envelope and the present protection of its person, logged with the person. Nothing else is told."""
    envelope = _envelope(actor, case_id)
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
    actor: Actor,
    case_id: UUID,
    identifier: Identifier,
    seen: Protection,
    to: Protection,
    grounds: Grounds,
    at: datetime,
) -> None:
    """Protect the person of the case less; contacts stay hidden until they are opened.

    Refused: who is not named by the county or stands outside (as if there were no case), a number that is not the
    person's, no reason, not told where it was checked, not weaker. `Stale` when the protection is not what was seen.
    """
    envelope = _envelope(actor, case_id)
    _demand_number(envelope, identifier)
    demand(rules.grounds_refusal(reason=grounds.reason, checked_where=grounds.checked_where))
    present = protection.hold_protection(envelope.person_id)
    _demand_unchanged(seen, present)
    demand(rules.lowering_refusal(seen=seen, present=present, to=to))
    change_id = protection.lower(person_id=envelope.person_id, to=to, grounds=grounds, actor=actor, at=at)
    _log(Action.PERSON_PROTECTION_LOWERED, envelope, change_id, actor, at, {"from": present, "to": to})


@transaction.atomic
def open_contacts(
    *,
    actor: Actor,
    case_id: UUID,
    identifier: Identifier,
    keys: Collection[str],
    grounds: Grounds,
    at: datetime,
) -> None:
    """Show hidden contacts again, one by one or all. Refused as `lower_protection`; `Stale` when one is gone."""
    envelope = _envelope(actor, case_id)
    _demand_number(envelope, identifier)
    demand(rules.grounds_refusal(reason=grounds.reason, checked_where=grounds.checked_where))
    present = protection.hold_protection(envelope.person_id)
    hidden = {sealed.key for sealed in protection.sealed_of(envelope.person_id)}
    if present != Protection.NONE or not set(keys) <= hidden:
        raise Stale(rules.changed_meanwhile())
    change_id = protection.open_contacts(
        person_id=envelope.person_id, keys=keys, grounds=grounds, actor=actor, at=at
    )
    _log(Action.PERSON_CONTACTS_OPENED, envelope, change_id, actor, at, {"opened": sorted(keys)})


@transaction.atomic
def undo_lowering(*, actor: Actor, case_id: UUID, change_id: UUID, at: datetime) -> None:
    """The protection from before holds again. Refused by `undo_lowering_refusal`."""
    facts, at = hold_sip(actor, case_id, at)
    person_id = facts.case.person_id
    protection.hold_protection(person_id)
    changes = {change.id: change for change in protection.changes_of(person_id)}
    demand(rules.undo_lowering_refusal(facts.case, actor, changes.get(change_id), at))
    protection.undo_lowering(change_id=change_id, actor=actor, at=at)
    name_readers(sip_for_rebuild(case_id), was_protected=facts.case.protected, actor=actor, at=at)
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


def may_lower(actor: Actor, case_id: UUID) -> bool:
    """Whether the page that lowers is there for this user and case: a link is offered only where it leads."""
    try:
        _envelope(actor, case_id)
    except NotVisible:
        return False
    return True


def _envelope(actor: Actor, case_id: UUID) -> Envelope:
    return doors.envelope_for_protection(actor, lowering_roles(), case_id)


def _demand_number(envelope: Envelope, identifier: Identifier) -> None:
    if persons.person_by_identifier(identifier.value) != envelope.person_id:
        raise Refused(rules.other_number())


def _demand_unchanged(seen: Protection, present: Protection) -> None:
    if seen != present:
        raise Stale(rules.changed_meanwhile())


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
