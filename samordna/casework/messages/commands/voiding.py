"""Taking back and voiding messages (V-95)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases.states import Access, LeftReason
from samordna.casework import events
from samordna.casework.file.commands.act import finish
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.queries import hold
from samordna.casework.messages.commands.sending import notify, visible_message
from samordna.casework.messages.rules.messages import take_back_refusal, void_refusal
from samordna.casework.process import Process, W
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal, demand
from samordna.messaging import commands as messaging
from samordna.messaging.facts import MessageFacts
from samordna.messaging.states import MessageStatus
from samordna.organisations import queries as places
from samordna.organisations.queries import UnitCard


@transaction.atomic
def take_back_message(
    *, process: Process[W], actor: Actor, case_id: UUID, message_id: UUID, at: datetime
) -> W:
    """The sender takes back what nobody has opened: the receivers no longer see that there was anything."""
    facts, at = hold(process, actor, case_id, at)
    message = visible_message(facts, actor, message_id)
    demand(take_back_refusal(facts, actor, message))
    messaging.take_back(message_id=message_id, actor=actor, at=at)
    notify(
        events.MESSAGE_TAKEN_BACK,
        message_id,
        _cards(message).values(),
        at,
        chosen_as=facts.process.messages[message.kind].chosen_as,
    )
    _shut_out(facts, message, at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.MESSAGE_TAKEN_BACK,
        object_kind="message",
        object_id=str(message_id),
    )


@transaction.atomic
def void_message(
    *, process: Process[W], actor: Actor, case_id: UUID, message_id: UUID, reason: str, at: datetime
) -> W:
    """*Makulera* a sent message with a reason. It stays readable; a new one can be sent (V-95)."""
    facts, at = hold(process, actor, case_id, at)
    message = visible_message(facts, actor, message_id)
    if not reason:
        demand(Refusal("void.reason_missing", _("Write why it is voided."), field="reason"))
    demand(void_refusal(facts, actor, message))
    messaging.void_message(message_id=message_id, reason=reason, actor=actor, at=at)
    notify(facts.process.messages[message.kind].voided, message_id, _cards(message).values(), at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.MESSAGE_VOIDED,
        object_kind="message",
        object_id=str(message_id),
    )


def _cards(message: MessageFacts) -> dict[int, UnitCard]:
    return places.unit_cards([delivery.unit_id for delivery in message.standing])


def _shut_out(facts: CaseWork, message: MessageFacts, at: datetime) -> None:
    """End the participation that only the message taken back had given."""
    for delivery in message.standing:
        others = any(
            m.id != message.id
            and m.status == MessageStatus.SENT
            and m.delivery_to(delivery.unit_id) is not None
            for m in facts.messages
        )
        reach = facts.case.reach_of(delivery.unit_id)
        only_invited = reach is not None and (
            reach.access != Access.FULL or not facts.process.messages[message.kind].accepts
        )
        if (
            not delivery.external
            and only_invited
            and not others
            and delivery.unit_id != facts.case.created_unit_id
        ):
            cases.end_participation(
                case_id=facts.case.id, unit_id=delivery.unit_id, reason=LeftReason.TAKEN_BACK, at=at
            )
