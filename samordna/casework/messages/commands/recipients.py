"""What the sender does about the recipients of a message that is sent: adds, sends on, sends again, goes on without."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit.states import Action
from samordna.cases.consent import ConsentChoice
from samordna.casework.file.commands.act import finish
from samordna.casework.file.queries import hold
from samordna.casework.messages.commands.sending import (
    chosen_cards,
    deliver_more,
    demand_consent,
    record_choice,
    visible_message,
)
from samordna.casework.messages.rules.messages import (
    DENIAL_HANDLED,
    add_recipient_refusal,
    change_recipients_refusal,
    set_aside_refusal,
)
from samordna.casework.process import Process, W
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refused, demand
from samordna.messaging import commands as messaging
from samordna.messaging.facts import Chosen, DeliveryFacts, MessageFacts
from samordna.messaging.states import EndedReason


@transaction.atomic
def add_recipients(
    *, process: Process[W], actor: Actor, case_id: UUID, message_id: UUID, chosen: list[Chosen],
    consent: ConsentChoice | None = None, at: datetime,
) -> W:  # fmt: skip
    """Deliver a sent message to more units, or again to one that denied (V-25, V-34).

    Consent must cover them; a choice of consent is recorded for them in the same act.
    """
    facts, message, at = _changing_recipients(process, actor, case_id, message_id, at)
    for delivery in message.unmet:
        if delivery.unit_id in {choice.unit_id for choice in chosen}:
            messaging.end_delivery(delivery_id=delivery.id, reason=EndedReason.SENT_AGAIN, at=at)
    return _deliver(facts, message, chosen=chosen, consent=consent, predecessor_id=None, actor=actor, at=at)


@transaction.atomic
def send_on(
    *, process: Process[W], actor: Actor, case_id: UUID, message_id: UUID, delivery_id: UUID, to: Chosen,
    consent: ConsentChoice | None = None, at: datetime,
) -> W:  # fmt: skip
    """Send what a unit denied on to the unit that was named, or to another; or again to itself (V-34)."""
    facts, message, at = _changing_recipients(process, actor, case_id, message_id, at)
    denied = _denied_delivery(message, delivery_id)
    reason = EndedReason.SENT_AGAIN if to.unit_id == denied.unit_id else EndedReason.SENT_ON
    messaging.end_delivery(delivery_id=denied.id, reason=reason, at=at)
    return _deliver(
        facts, message, chosen=[to], consent=consent, predecessor_id=denied.id, actor=actor, at=at
    )


@transaction.atomic
def set_denial_aside(
    *, process: Process[W], actor: Actor, case_id: UUID, message_id: UUID, delivery_id: UUID, at: datetime
) -> W:
    """Go on without the unit that denied; its answer stays readable."""
    facts, at = hold(process, actor, case_id, at)
    message = visible_message(facts, actor, message_id)
    delivery = next((d for d in message.deliveries if d.id == delivery_id), None)
    demand(set_aside_refusal(facts, actor, message, delivery))
    messaging.end_delivery(delivery_id=delivery_id, reason=EndedReason.SET_ASIDE, at=at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.MESSAGE_RECIPIENT_REMOVED,
        object_kind="message",
        object_id=str(message_id),
    )


def _changing_recipients(
    process: Process[W], actor: Actor, case_id: UUID, message_id: UUID, at: datetime
) -> tuple[W, MessageFacts, datetime]:
    facts, at = hold(process, actor, case_id, at)
    message = visible_message(facts, actor, message_id)
    demand(change_recipients_refusal(facts, actor, message))
    return facts, message, at


def _denied_delivery(message: MessageFacts, delivery_id: UUID) -> DeliveryFacts:
    found = next((d for d in message.unmet if d.id == delivery_id), None)
    if found is None:
        raise Refused(DENIAL_HANDLED)
    return found


def _deliver(
    facts: W, message: MessageFacts, *, chosen: list[Chosen], consent: ConsentChoice | None,
    predecessor_id: UUID | None, actor: Actor, at: datetime,
) -> W:  # fmt: skip
    cards = chosen_cards(actor, chosen)
    demand(add_recipient_refusal(message, list(cards)))
    held = facts.consents
    if consent is not None:
        held = (
            *held,
            record_choice(facts, message.kind, consent, cards.values(), actor=actor, at=at),
        )
    demand_consent(held, facts.process.messages[message.kind], cards.values(), at)
    deliver_more(
        facts,
        message_id=message.id,
        kind=message.kind,
        chosen=chosen,
        cards=cards,
        predecessor_id=predecessor_id,
        at=at,
    )
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.MESSAGE_SENT_ON,
        object_kind="message",
        object_id=str(message.id),
        details={"units": sorted(cards)},
    )
