"""Telling the units that a whole case is over, or goes on again (V-83, L-12)."""

from collections.abc import Collection
from datetime import datetime

from samordna.kernel.actor import Actor
from samordna.messaging.states import MessageStatus
from samordna.notifications.states import Event
from samordna.organisations import queries as places
from samordna.sip.commands.sending import notify
from samordna.sip.facts import SipFacts


def tell_over(
    facts: SipFacts, event: Event, *, actor: Actor, at: datetime, told: Collection[int] = ()
) -> None:
    """Tell who takes part, and who was asked and has not answered. `told` are told otherwise.

    A unit that is only informed and has answered is told nothing: how the case goes is not its concern (L-02).
    """
    units = {*facts.case.working_unit_ids, *asked(facts)} - {actor.unit_id, *told}
    notify(event, facts.case.id, places.unit_cards(units).values(), at)


def asked(facts: SipFacts) -> frozenset[int]:
    """The units with a message in the case that an answer is still wanted to; those outside the system too."""
    sent = (message for message in facts.messages if message.status == MessageStatus.SENT)
    return frozenset(delivery.unit_id for message in sent for delivery in message.awaited)
