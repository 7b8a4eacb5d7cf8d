"""A message as its page shows it: unit by unit, with what may be done about it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.cases.consent import ConsentFacts, is_covered
from samordna.cases.states import StepStatus
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.rules import answer_refusal
from samordna.casework.messages.rules import messages as rules
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.messaging.states import Answer, EndedReason, MessageStatus, ToldHow

ANSWERS: dict[Answer, str | Promise] = {
    Answer.ACCEPTED: _("Accepted"),
    Answer.ACKNOWLEDGED: _("Acknowledged"),
    Answer.DENIED: _("Denied"),
}
_ENDED: dict[EndedReason, str | Promise] = {
    EndedReason.REMOVED: _("Removed"),
    EndedReason.SENT_ON: _("Denied, sent on"),
    EndedReason.SENT_AGAIN: _("Denied, sent again"),
    EndedReason.SET_ASIDE: _("Denied, the others go on without the unit"),
    EndedReason.TAKEN_BACK: _("Taken back"),
}
# What was not answered was not denied: the unit closed before it could.
_ENDED_UNANSWERED: dict[EndedReason, str | Promise] = {
    EndedReason.SENT_ON: _("Closed, sent on"),
    EndedReason.SET_ASIDE: _("Closed, the others go on without the unit"),
}
TOLD: dict[ToldHow, str | Promise] = {
    ToldHow.LETTER: _("Told by letter"),
    ToldHow.PHONE: _("Told by phone"),
    ToldHow.FAX: _("Told by fax"),
    ToldHow.IN_PERSON: _("Told in person"),
}
NOT_TOLD = _("Not told yet")
_AWAITED = _("Has not answered")
_CLOSED = _("The unit is closed and does not answer")
_FOR_KNOWLEDGE = _("For knowledge")


@dataclass(frozen=True)
class DeliveryRow:
    """One unit's row: `status` is its symbol, None when nothing is awaited and nothing answered."""

    delivery: DeliveryFacts
    status: StepStatus | None
    word: str | Promise
    told: str | Promise
    to_record: bool


@dataclass(frozen=True)
class Denial:
    """A denial that waits for the sender. `has_it`: the unit that was named already has the message."""

    delivery: DeliveryFacts
    has_it: bool
    covered: bool


@dataclass(frozen=True)
class MessageCard:
    """A message with its units and acts. An act that is not this unit's has no refusal to show: see `shows_*`."""

    message: MessageFacts
    rows: list[DeliveryRow]
    own: DeliveryFacts | None
    asks: bool
    answer_refusal: Refusal | None
    denials: list[Denial]
    from_here: bool
    shows_acts: bool
    take_back: Refusal | None
    void: Refusal | None
    add: Refusal | None
    anew: Refusal | None

    @property
    def voided(self) -> bool:
        return self.message.status == MessageStatus.VOIDED

    @property
    def taken_back(self) -> bool:
        return self.message.status == MessageStatus.TAKEN_BACK

    @property
    def acknowledged(self) -> int:
        return sum(d.answer is not None for d in self.message.standing if d.must_acknowledge)

    @property
    def to_acknowledge(self) -> int:
        return sum(d.must_acknowledge for d in self.message.standing)


def message_card(
    facts: CaseWork, actor: Actor, message: MessageFacts, consents: Collection[ConsentFacts], at: datetime
) -> MessageCard:
    """The message for the actor; what may be done is asked of the same rules as the commands ask."""
    reach = facts.case.reach_of(actor.unit_id)
    full = reach is not None and reach.full
    own = message.delivery_to(actor.unit_id)
    stands = message.status == MessageStatus.SENT
    records, ours = full and stands and facts.case.active, facts.case.acts_for(actor.unit_id, message.unit_id)
    left = reach is not None and reach.until_at is not None
    add = rules.change_recipients_refusal(facts, actor, message)
    return MessageCard(
        message=message,
        rows=[
            _row(
                d,
                can_record=records,
                ours=ours,
                over=not stands or not facts.case.active,
                left=left and d != own,
            )
            for d in message.deliveries
        ],
        own=own,
        asks=stands and own is not None and own.awaited and facts.case.active,
        answer_refusal=answer_refusal(facts.case, actor),
        denials=_denials(facts, message, consents, clock.today(at)) if stands and add is None else [],
        from_here=message.unit_id == actor.unit_id,
        shows_acts=records,
        take_back=rules.take_back_refusal(facts, actor, message),
        void=rules.void_refusal(facts, actor, message),
        add=add,
        anew=rules.anew_refusal(facts, actor, message),
    )


def gone_cards(facts: CaseWork, actor: Actor, part: str, at: datetime) -> list[MessageCard]:
    """The part's voided messages, and the unit's own taken back ones: they stay readable (L-06)."""
    gone = {MessageStatus.VOIDED, MessageStatus.TAKEN_BACK}
    found = [m for m in facts.messages if m.kind == part and m.status in gone]
    return [message_card(facts, actor, message, (), at) for message in reversed(found)]


def unopened(facts: CaseWork, actor: Actor, messages: Collection[MessageFacts]) -> list[MessageFacts]:
    """The messages that this reading is the first opening of, for the unit."""
    return [m for m in messages if _waits_to_be_opened(facts, actor, m)]


def _waits_to_be_opened(facts: CaseWork, actor: Actor, message: MessageFacts) -> bool:
    own = message.delivery_to(actor.unit_id)
    return own is not None and own.opened_at is None and rules.open_refusal(facts, actor, message) is None


def _row(delivery: DeliveryFacts, *, can_record: bool, ours: bool, over: bool, left: bool) -> DeliveryRow:
    """To tell a unit outside the system is the task of the unit that sent, and of no other.

    `over`: the case is, or the message no longer stands. Then nobody is waited for. `left`: the reader's unit left, and
    is not told whether another has answered since.
    """
    row = _answered_row(delivery)
    if left and delivery.answer is None and delivery.ended_at is None:
        return replace(row, status=None, word="")
    if over and row.status in {StepStatus.TODO, StepStatus.WAITING}:
        return replace(row, status=None)
    waits = row.status == StepStatus.TODO and not ours
    return replace(
        row,
        status=StepStatus.WAITING if waits else row.status,
        told=TOLD[delivery.told_how] if delivery.told_how else "",
        to_record=can_record and delivery.external and delivery.ended_at is None and delivery.answer is None,
    )


def _answered_row(delivery: DeliveryFacts) -> DeliveryRow:
    status, word = _state(delivery)
    return DeliveryRow(delivery, status, word, "", False)


def _state(delivery: DeliveryFacts) -> tuple[StepStatus | None, str | Promise]:
    if delivery.ended_reason is not None:
        unanswered = _ENDED_UNANSWERED if delivery.answer is None else {}
        return None, unanswered.get(delivery.ended_reason, _ENDED[delivery.ended_reason])
    if delivery.answer is not None:
        denied = delivery.answer == Answer.DENIED
        return (StepStatus.DENIED if denied else StepStatus.DONE), ANSWERS[delivery.answer]
    if delivery.stuck:
        return StepStatus.DENIED, _CLOSED
    if delivery.external and delivery.told_at is None:
        return StepStatus.TODO, NOT_TOLD
    if delivery.must_acknowledge:
        return StepStatus.WAITING, _AWAITED
    return None, _FOR_KNOWLEDGE


def _denials(
    facts: CaseWork, message: MessageFacts, consents: Collection[ConsentFacts], day: date
) -> list[Denial]:
    needed = facts.process.messages[message.kind].consent
    return [
        Denial(
            delivery=delivery,
            has_it=any(d.unit_id == delivery.suggested_unit_id for d in message.standing),
            covered=is_covered(consents, delivery.suggested_unit_id or 0, day, needed),
        )
        for delivery in message.unmet
    ]
