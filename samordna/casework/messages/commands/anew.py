"""*Gör en ny utifrån den*: a draft that begins with what a voided or taken back message said, and to whom (V-95)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.casework.file.queries import hold
from samordna.casework.messages.commands.sending import visible_message
from samordna.casework.messages.rules.messages import anew_refusal
from samordna.casework.process import Process
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import demand
from samordna.messaging.facts import Chosen, MessageFacts
from samordna.messaging.states import EndedReason
from samordna.sip.information.commands import save_information
from samordna.sip.information.queries import information_texts
from samordna.sip.information.text import InformationText
from samordna.sip.initiative.commands import save_initiative
from samordna.sip.initiative.queries import initiative_text
from samordna.sip.states import Part
from samordna.sip.summons.commands import save_summons
from samordna.sip.summons.queries import summons_text
from samordna.sip.summons.text import SummonsText


@dataclass(frozen=True)
class Anew:
    """The draft that was begun: what of the former message could not be taken along."""

    part: Part
    day_passed: bool
    nobody_left: bool


@transaction.atomic
def draft_anew(*, process: Process[Any], actor: Actor, case_id: UUID, message_id: UUID, at: datetime) -> Anew:
    """A draft of the actor's unit with the recipients and the text of the message that is gone.

    A meeting that has begun is no proposal: its day is left out. Consents that stand cover the same recipients still; a
    choice that was never recorded is made anew. Refused by `anew_refusal`.
    """
    facts, at = hold(process, actor, case_id, at)
    message = visible_message(facts, actor, message_id)
    demand(anew_refusal(facts, actor, message))
    part, chosen, passed = Part(message.kind), _recipients(message, actor), False
    begun: dict[str, Any] = {
        "actor": actor, "case_id": case_id, "message_id": None, "version": 0, "chosen": chosen, "at": at,
    }  # fmt: skip
    if part == Part.INITIATIVE:
        save_initiative(text=replace(initiative_text(message_id), consent_id=None), **begun)
    elif part == Part.INFORMATION:
        save_information(text=information_texts([message_id]).get(message_id, InformationText()), **begun)
    else:
        said = summons_text(message_id)
        passed = _has_begun(said, at)
        save_summons(part=part, text=replace(said, meets_on=None) if passed else said, **begun)
    return Anew(part, passed, not chosen)


def _has_begun(said: SummonsText, at: datetime) -> bool:
    return (
        said.meets_on is not None
        and said.starts is not None
        and clock.at_local(said.meets_on, said.starts) <= at
    )


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
