"""*Gör en ny utifrån den*: a draft that begins with what a voided or taken back message said, and to whom (V-95)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.casework.file.queries import hold
from samordna.casework.messages.commands.sending import visible_message
from samordna.casework.messages.rules.messages import anew_refusal
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import demand
from samordna.messaging.facts import Chosen, MessageFacts
from samordna.messaging.states import EndedReason

# Begins the draft with these recipients; tells whether its day had passed.
Copy = Callable[[MessageFacts, list[Chosen], datetime], bool]


@dataclass(frozen=True)
class Anew:
    """The draft that was begun: what of the former message could not be taken along."""

    part: str
    day_passed: bool
    nobody_left: bool


@transaction.atomic
def draft_anew(
    *, process: Process[Any], actor: Actor, case_id: UUID, message_id: UUID, copy: Copy, at: datetime
) -> Anew:
    """A draft of the actor's unit with the recipients and the text of the message that is gone.

    `copy` begins it with what the kind takes over. Consents that stand cover the same recipients still; a choice that
    was never recorded is made anew. Refused by `anew_refusal`.
    """
    facts, at = hold(process, actor, case_id, at)
    message = visible_message(facts, actor, message_id)
    demand(anew_refusal(facts, actor, message))
    chosen = _recipients(message, actor)
    passed = copy(message, chosen, at)
    return Anew(message.kind, passed, not chosen)


def _recipients(message: MessageFacts, actor: Actor) -> list[Chosen]:
    """Those it still stood at, without those who denied; who sent it is one of them when another unit goes on."""
    stood = [
        delivery
        for delivery in message.deliveries
        if delivery.ended_reason in {None, EndedReason.TAKEN_BACK} and not delivery.denied
    ]
    chosen = {delivery.unit_id: Chosen(delivery.unit_id, delivery.must_acknowledge) for delivery in stood}
    sender = {message.unit_id: Chosen(message.unit_id)}
    return [choice for unit_id, choice in (sender | chosen).items() if unit_id != actor.unit_id]
