"""Telling the units that a whole case is over, or goes on again (V-83, L-12)."""

from collections.abc import Collection
from datetime import datetime

from samordna.casework.messages.commands.sending import notify
from samordna.kernel.actor import Actor
from samordna.messaging.states import MessageStatus
from samordna.notifications.states import Event
from samordna.organisations import queries as places
from samordna.sip.facts import SipFacts
from samordna.sip.states import Part


def tell_over(
    facts: SipFacts, event: Event, *, actor: Actor, at: datetime, told: Collection[int] = ()
) -> None:
    """Tell who takes part, and who was asked and has not answered. `told` are told otherwise.

    A unit that is only informed and has answered is told nothing: how the case goes is not its concern (L-02). One
    that has not answered is told if it has chosen to be told of such messages (V-11).
    """
    asked_to_act, informed = _asked(facts)
    units = {*facts.case.working_unit_ids, *asked_to_act} - {actor.unit_id, *told}
    notify(event, facts.case.id, places.unit_cards(units).values(), at)
    only_informed = informed - units - {actor.unit_id, *told}
    cards = places.unit_cards(only_informed).values()
    notify(event, facts.case.id, cards, at, kind=Part.INFORMATION)


def _asked(facts: SipFacts) -> tuple[frozenset[int], frozenset[int]]:
    """The units with a message in the case that an answer is still wanted to; those by an information message apart."""
    sent = [message for message in facts.messages if message.status == MessageStatus.SENT]
    waits = [(message.kind == Part.INFORMATION, one.unit_id) for message in sent for one in message.awaited]
    return (
        frozenset(unit_id for is_information, unit_id in waits if not is_information),
        frozenset(unit_id for is_information, unit_id in waits if is_information),
    )
