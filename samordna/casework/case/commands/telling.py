"""Telling the units of what concerns the whole case: what is locked or voided, or that it is over, or goes on again
(V-83, L-12)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from samordna.casework.file.facts import CaseWork
from samordna.casework.messages.commands.sending import notify
from samordna.kernel.actor import Actor
from samordna.messaging.states import MessageStatus
from samordna.notifications.events import Event
from samordna.organisations import queries as places


def tell_others(facts: CaseWork, event: Event, thing_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Tell the units that take part in the whole case, but for the one that acts, what has happened to the thing."""
    others = [unit_id for unit_id in facts.case.working_unit_ids if unit_id != actor.unit_id]
    notify(event, thing_id, places.unit_cards(others).values(), at)


def tell_over(
    facts: CaseWork, event: Event, *, actor: Actor, at: datetime, told: Collection[int] = ()
) -> None:
    """Tell who takes part, and who was asked and has not answered. `told` are told otherwise.

    A unit that is only informed and has answered is told nothing: how the case goes is not its concern (L-02). One
    that has not answered is told if it has chosen to be told of such messages (V-11).
    """
    asked = _asked(facts)
    units = {*facts.case.working_unit_ids, *asked.pop(None, ())} - {actor.unit_id, *told}
    notify(event, facts.case.id, places.unit_cards(units).values(), at)
    for chosen_as, informed in asked.items():
        cards = places.unit_cards(informed - units - {actor.unit_id, *told}).values()
        notify(event, facts.case.id, cards, at, chosen_as=chosen_as)


def _asked(facts: CaseWork) -> dict[Event | None, set[int]]:
    """The units with a message in the case that an answer is still wanted to, by what they must have chosen to be told
    of it: None for what all are told."""
    found: dict[Event | None, set[int]] = {}
    for message in facts.messages:
        if message.status == MessageStatus.SENT:
            chosen_as = facts.process.messages[message.kind].chosen_as
            found.setdefault(chosen_as, set()).update(one.unit_id for one in message.awaited)
    return found
