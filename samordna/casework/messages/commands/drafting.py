"""Drafts of messages: kept, sent when complete, thrown away. The same for initiative, summons and information."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit.states import Action
from samordna.cases.consent import ConsentChoice
from samordna.casework.file.commands.act import finish
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.queries import hold
from samordna.casework.messages.commands.sending import chosen_cards, demand_consent, record_choice, send
from samordna.casework.messages.rules.drafts import draft_gone_refusal
from samordna.casework.messages.rules.messages import discard_refusal, write_refusal
from samordna.casework.process import Process, W
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible, Stale, demand
from samordna.messaging import commands as messaging
from samordna.messaging.commands import CHANGED_MEANWHILE
from samordna.messaging.facts import Chosen, MessageFacts
from samordna.messaging.rules import draft_recipients_refusal, unknown_refusal
from samordna.organisations import queries as places
from samordna.organisations.queries import UnitCard


def keep_draft(
    facts: CaseWork, *, kind: str, actor: Actor, message_id: UUID | None, version: int, chosen: Sequence[Chosen],
    at: datetime,
) -> UUID:  # fmt: skip
    """A new draft of the unit, or one more save of the one it has. Returns the message.

    Raises `Stale` when somebody else saved, sent or threw it away since `version`.
    """
    if message_id is not None:
        own_draft(facts, kind=kind, actor=actor, message_id=message_id)
    demand(write_refusal(facts, actor, kind))
    _demand_recipients(actor, [choice.unit_id for choice in chosen])
    if message_id is None:
        message_id = _begun(facts, kind, actor, at)
    else:
        messaging.touch_draft(message_id=message_id, expected_version=version, actor=actor, at=at)
    messaging.set_draft_recipients(
        message_id=message_id, recipients=[(choice.unit_id, choice.must_acknowledge) for choice in chosen]
    )
    return message_id


def _demand_recipients(actor: Actor, ids: Sequence[int]) -> None:
    demand(draft_recipients_refusal(actor, ids))
    demand(unknown_refusal(ids, places.unit_cards(ids)) if ids else None)


def own_draft(facts: CaseWork, *, kind: str, actor: Actor, message_id: UUID) -> MessageFacts:
    """The unit's own draft. `Stale` says what became of it; another unit's draft is not visible."""
    message = facts.message(message_id)
    if message is not None and (message.unit_id != actor.unit_id or message.kind != kind):
        raise NotVisible
    gone = draft_gone_refusal(message)
    if gone is not None or message is None:
        raise Stale(gone or CHANGED_MEANWHILE)
    return message


def sendable_draft(
    facts: CaseWork, *, kind: str, actor: Actor, message_id: UUID, version: int
) -> tuple[MessageFacts, list[Chosen]]:
    """The draft as it was read before sending, with its recipients. Raises as `own_draft` and `write_refusal`."""
    message = own_draft(facts, kind=kind, actor=actor, message_id=message_id)
    demand(write_refusal(facts, actor, kind))
    if message.version != version:
        raise Stale(CHANGED_MEANWHILE)
    return message, list(messaging.take_recipients(message_id))


def covered_cards(
    facts: CaseWork, kind: str, chosen: Sequence[Chosen], consent: ConsentChoice | None, *, actor: Actor,
    at: datetime,
) -> tuple[dict[int, UnitCard], UUID | None]:  # fmt: skip
    """The recipients' cards when consent covers them; a choice of consent is recorded for them first (L-03)."""
    cards = chosen_cards(actor, chosen)
    held, recorded = facts.consents, None
    if consent is not None:
        recorded = record_choice(facts, kind, consent, cards.values(), actor=actor, at=at)
        held = (*held, recorded)
    demand_consent(held, facts.process.messages[kind], cards.values(), at)
    return cards, recorded.id if recorded else None


def send_draft(
    facts: W, *, message_id: UUID, kind: str, chosen: Sequence[Chosen], cards: dict[int, UnitCard],
    actor: Actor, at: datetime,
) -> W:  # fmt: skip
    """Send to units that consent covers, and end the act."""
    send(facts, message_id=message_id, kind=kind, chosen=chosen, cards=cards, actor=actor, at=at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.MESSAGE_SENT,
        object_kind="message",
        object_id=str(message_id),
        details={"kind": kind, "units": sorted(cards)},
    )


def drafted(facts: W, *, message_id: UUID, actor: Actor, at: datetime) -> W:
    """End the act of saving a draft."""
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.MESSAGE_DRAFTED,
        object_kind="message",
        object_id=str(message_id),
    )


@transaction.atomic
def discard_draft(
    *, process: Process[W], actor: Actor, case_id: UUID, kind: str, message_id: UUID, at: datetime
) -> W:
    """*Släng utkastet*. Nobody had received it. Refused by `discard_refusal`, and as `own_draft`."""
    facts, at = hold(process, actor, case_id, at)
    own_draft(facts, kind=kind, actor=actor, message_id=message_id)
    demand(discard_refusal(facts, actor, kind))
    messaging.discard_draft(message_id=message_id)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.MESSAGE_DRAFT_DISCARDED,
        object_kind="message",
        object_id=str(message_id),
    )


def _begun(facts: CaseWork, kind: str, actor: Actor, at: datetime) -> UUID:
    """A unit has one draft of a part at a time, so that colleagues do not write the same message twice."""
    if facts.draft_at(kind, actor.unit_id) is not None:
        raise Stale(CHANGED_MEANWHILE)
    return messaging.begin_draft(
        case_id=facts.case.id,
        round_number=facts.round_of(kind) or facts.round_number,
        kind=kind,
        actor=actor,
        at=at,
    )
