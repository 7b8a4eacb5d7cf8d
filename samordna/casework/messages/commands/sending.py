"""Sending: a draft becomes a message with a delivery, a deadline and a participation for each recipient."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samordna.cases import commands as cases
from samordna.cases.consent import (
    ConsentChoice,
    ConsentFacts,
    age_refusal,
    choice_refusal,
    record_consent,
    units_without_consent,
)
from samordna.casework.file.facts import CaseWork, seen_by
from samordna.casework.process import MessageKind
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible, Refusal, demand
from samordna.kernel.workingdays import due_at
from samordna.messaging import commands as messaging
from samordna.messaging.commands import Recipient
from samordna.messaging.facts import Chosen, MessageFacts
from samordna.messaging.rules import recipients_refusal, unknown_refusal
from samordna.notifications import commands as notifications
from samordna.notifications.commands import Addressee
from samordna.notifications.events import Event
from samordna.organisations import queries as places
from samordna.organisations.queries import UnitCard


def visible_message(facts: CaseWork, actor: Actor, message_id: UUID) -> MessageFacts:
    """A message of the case that the actor's unit may see. Unknown and forbidden look the same."""
    message = seen_by(facts, actor.unit_id).message(message_id)
    if message is None:
        raise NotVisible
    return message


def chosen_cards(actor: Actor, chosen: Sequence[Chosen]) -> dict[int, UnitCard]:
    """The recipients' cards, in the order chosen. Raises `Refused` at the field when the choice cannot be sent to."""
    ids = [choice.unit_id for choice in chosen]
    found = places.unit_cards(ids)
    closed = [card.name for card in found.values() if card.closed]
    demand(recipients_refusal(actor, ids, closed))
    demand(unknown_refusal(ids, found))
    return {unit_id: found[unit_id] for unit_id in ids}


def demand_consent(
    consents: Collection[ConsentFacts], kind: MessageKind[Any], cards: Collection[UnitCard], at: datetime
) -> None:
    """Refuse to deliver to a unit that no valid consent covers for this kind of message (L-03).

    What is sent by a duty in law asks for none.
    """
    units = [(card.id, card.name) for card in cards]
    missing = units_without_consent(consents, units, clock.today(at), kind.consent)
    if missing:
        demand(
            Refusal(
                "consent.missing",
                _("There is no valid consent for %(units)s.") % {"units": ", ".join(missing)},
                _("Ask the individual and record the answer under Consent."),
                field="consent",
            )
        )


def record_choice(
    facts: CaseWork,
    kind: str,
    choice: ConsentChoice,
    cards: Collection[UnitCard],
    *,
    actor: Actor,
    at: datetime,
) -> ConsentFacts:
    """Record a choice of consent for the units that are sent to, and for the own one, which they answer to."""
    day = clock.today(at)
    demand(
        choice_refusal(choice, day, facts.process.messages[kind].consent)
        or age_refusal(choice, facts.case.age_on(day))
    )
    units = {card.id: card.name for card in cards} | {actor.unit_id: actor.unit_name}
    return record_consent(case=facts.case, choice=choice, units=list(units.items()), actor=actor, at=at)


def send(
    facts: CaseWork, *, message_id: UUID, kind: str, chosen: Sequence[Chosen], cards: dict[int, UnitCard],
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Send the draft to the chosen units, let them in, and put a notification for each in the outbox."""
    recipients = _recipients(facts, message_id, kind, chosen, cards, at)
    messaging.send_draft(message_id=message_id, recipients=recipients, actor=actor, at=at)
    _admit(facts, kind, cards.values(), at)
    notify(facts.process.messages[kind].sent, message_id, cards.values(), at)


def deliver_more(
    facts: CaseWork, *, message_id: UUID, kind: str, chosen: Sequence[Chosen], cards: dict[int, UnitCard],
    predecessor_id: UUID | None, at: datetime,
) -> None:  # fmt: skip
    """Deliver a message that is already sent to more units."""
    recipients = _recipients(facts, message_id, kind, chosen, cards, at)
    messaging.add_deliveries(
        message_id=message_id, recipients=recipients, at=at, predecessor_id=predecessor_id
    )
    _admit(facts, kind, cards.values(), at)
    notify(facts.process.messages[kind].sent, message_id, cards.values(), at)


def _admit(facts: CaseWork, kind: str, cards: Collection[UnitCard], at: datetime) -> None:
    """Begin the participation that the message gives. Units outside the system see nothing, so have none."""
    units = {card.id: card.name for card in cards if not card.external}
    if units:
        cases.admit_units(case=facts.case, units=units, access=facts.process.messages[kind].access, at=at)


def notify(
    event: Event,
    message_id: UUID,
    cards: Collection[UnitCard],
    at: datetime,
    *,
    chosen_as: Event | None = None,
) -> None:
    """Tell the units, those in the system that watch an address and are not closed, that something about the message
    happened.

    `chosen_as`: only to those that have chosen to be told of that event (V-11).
    """
    to = [
        Addressee(
            card.id, card.name, card.notify_email, f"{event.code}:{message_id}:{card.id}:{at.timestamp()}"
        )
        for card in cards
        if not card.external and not card.closed
    ]
    notifications.enqueue_all(event=event, to=to, at=at, chosen_as=chosen_as)


def _recipients(
    facts: CaseWork, message_id: UUID, kind: str, chosen: Sequence[Chosen], cards: dict[int, UnitCard], at: datetime
) -> list[Recipient]:  # fmt: skip
    """Until when each must answer is decided by its own department and the kind of message (K-08, V-13).

    A summons is acknowledged before its meeting begins, when that is sooner.
    """
    meeting = facts.meetings.get(message_id)
    begins = [meeting.starts_at] if meeting is not None and meeting.starts_at > at else []
    departments = {card.department_id for card in cards.values()}
    deadlines = places.deadlines_of(departments, facts.process.messages[kind].deadline)
    return [
        Recipient(
            unit_id=choice.unit_id,
            unit_name=cards[choice.unit_id].name,
            external=cards[choice.unit_id].external,
            must_acknowledge=choice.must_acknowledge or facts.process.messages[kind].accepts,
            due_at=min([due_at(deadlines[cards[choice.unit_id].department_id], at), *begins]),
            shared_why=facts.process.messages[kind].basis,
        )
        for choice in chosen
    ]
