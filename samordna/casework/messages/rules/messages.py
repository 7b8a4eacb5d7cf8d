"""When a message of a case may be sent, answered, sent on, taken back, voided. Pure: facts in, refusal out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samordna.cases.states import ConsentScope
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.rules import (
    active_refusal,
    answer_refusal,
    coordinator_refusal,
    initiate_refusal,
    participant_refusal,
)
from samordna.casework.process import MessageKind
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.messaging.commands import Reply
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.messaging.states import Answer, MessageStatus

GONE = Refusal("message.gone", _("The message no longer stands."), _("Read it again."))
NOT_SENT = Refusal(
    "message.not_sent", _("It has not been sent yet."), _("Choose the units where it is written.")
)
TAKEN_BACK = Refusal("message.taken_back", _("The message has been taken back."))
EARLIER_PLAN = Refusal("message.earlier_plan", _("It belongs to an earlier plan."))
DENIAL_HANDLED = Refusal("message.denial_handled", _("The denial has already been seen to."))
NOT_AWAITED = Refusal("message.not_awaited", _("Nothing more is awaited from the unit."))


def gone_refusal(message: MessageFacts | None) -> Refusal | None:
    """Why nothing is done with a message: it is not sent, or was voided, by whom and why, or taken back."""
    if message is not None and message.status == MessageStatus.SENT:
        return None
    if message is None or message.status == MessageStatus.DRAFT:
        return NOT_SENT
    if message.status != MessageStatus.VOIDED:
        return TAKEN_BACK if message.status == MessageStatus.TAKEN_BACK else GONE
    said = _("%(name)s has voided it: %(reason)s")
    return Refusal(
        "message.voided", said % {"name": isolated(message.voided_by_name), "reason": message.void_reason}
    )


def write_refusal(facts: CaseWork, actor: Actor, kind: str) -> Refusal | None:
    """Writing and sending a message of this kind: by *initiate*, unless the kind says either right."""
    return (
        discard_refusal(facts, actor, kind)
        or facts.process.begin_refusal(facts, kind)
        or _second_refusal(facts, kind)
    )


def discard_refusal(facts: CaseWork, actor: Actor, kind: str) -> Refusal | None:
    """*Släng utkastet* of the own unit: whoever may write the part, also when the process no longer lets it be sent."""
    right = participant_refusal if facts.process.messages[kind].by_either_right else initiate_refusal
    return right(facts.case, actor)


def anew_refusal(facts: CaseWork, actor: Actor, message: MessageFacts) -> Refusal | None:
    """*Gör en ny utifrån den*: of what is voided or taken back, by whoever may write one, when no draft is begun."""
    refusal = write_refusal(facts, actor, message.kind)
    if refusal is not None:
        return refusal
    if message.status not in {MessageStatus.VOIDED, MessageStatus.TAKEN_BACK}:
        return Refusal("message.stands", _("The message stands."))
    if facts.draft_at(message.kind, actor.unit_id) is not None:
        return Refusal(
            "message.draft_begun",
            _("Your unit has already begun a draft."),
            _("Go on in it, or throw it away."),
        )
    return None


def _second_refusal(facts: CaseWork, kind: str) -> Refusal | None:
    """One message of a kind stands in a round, unless the kind allows several."""
    if kind in facts.process.several or facts.sent(kind) is None:
        return None
    return Refusal(
        "message.already_sent",
        _("It has already been sent."),
        _("Add recipients to it, or let the coordinator void it so that a new one can be sent."),
    )


def open_refusal(facts: CaseWork, actor: Actor, message: MessageFacts | None) -> Refusal | None:
    """Opening for the unit: whoever may answer for it; what came for information only, whoever may read it (V-90)."""
    delivery = message.delivery_to(actor.unit_id) if message else None
    refusal = gone_refusal(message)
    if refusal is not None or delivery is None or delivery.ended_at:
        return refusal or NOT_AWAITED
    return answer_refusal(facts.case, actor) if delivery.must_acknowledge else active_refusal(facts.case)


def reply_refusal(
    facts: CaseWork, actor: Actor, message: MessageFacts | None, delivery: DeliveryFacts | None, reply: Reply, day: date
) -> Refusal | None:  # fmt: skip
    """Answering for the unit: once, what is still awaited, and a denial names who should have it (V-33).

    Accepting opens the whole case, so consent must still hold for the unit that day (L-03).
    """
    refusal = answer_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    refusal = gone_refusal(message)
    if refusal is not None or message is None or delivery is None:
        return refusal or NOT_AWAITED
    if delivery.unit_id != actor.unit_id or delivery.ended_at is not None:
        return NOT_AWAITED
    if delivery.answer is not None:
        return Refusal(
            "message.already_answered",
            _("%(name)s has already answered for your unit.") % {"name": isolated(delivery.answered_by_name)},
        )
    if reply.answer == Answer.ACCEPTED and not _consented(facts, actor.unit_id, day):
        return Refusal(
            "consent.gone_for_accepting",
            _("The individual's consent does not hold for your unit any more."),
            _("Ask %(name)s, the coordinator, to ask the individual again.")
            % {"name": isolated(facts.case.coordinator.name)},
        )
    return _answer_fits(facts.process.messages[message.kind], reply)


def _consented(facts: CaseWork, unit_id: int, day: date) -> bool:
    return any(consent.covers(unit_id, day, ConsentScope.SIP) for consent in facts.consents)


def _answer_fits(kind: MessageKind[Any], reply: Reply, *, outside: bool = False) -> Refusal | None:
    """`outside`: the answer of a unit outside the system, whose denial names somebody in words."""
    if reply.answer == Answer.ACKNOWLEDGED and kind.accepts:
        return Refusal("message.accept_or_deny", _("Accept or deny the initiative."), field="answer")
    if reply.answer != Answer.ACKNOWLEDGED and not kind.accepts:
        return Refusal(
            "message.acknowledge_only",
            _("This message is acknowledged, not accepted or denied."),
            field="answer",
        )
    if reply.answer == Answer.DENIED and reply.suggested_unit_id is None and not reply.suggested_text:
        said = (
            _("Write who should have the initiative instead.")
            if outside
            else _("Write who should have the initiative instead: choose a unit, or name an operation.")
        )
        return Refusal("message.denial_names_nobody", said, field="suggested_text")
    return None


def take_back_refusal(facts: CaseWork, actor: Actor, message: MessageFacts | None) -> Refusal | None:
    """The sender's unit takes back what nobody has opened (V-95)."""
    refusal = participant_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    refusal = gone_refusal(message)
    if refusal is not None or message is None:
        return refusal
    if message.unit_id != actor.unit_id:
        return Refusal(
            "message.not_sender",
            _("Only the unit that sent the message can take it back."),
            _("%(unit)s sent it.") % {"unit": isolated(message.unit_name)},
        )
    if message.opened_by_anyone:
        inside = any(d.opened_at or d.answer for d in message.deliveries if not d.external)
        said = (
            _("A unit has opened the message, so it cannot be taken back.")
            if inside
            else _("A unit outside the system has been told, so it cannot be taken back.")
        )
        return Refusal("message.opened", said, _("The coordinator can void it with a reason."))
    return None


def void_refusal(facts: CaseWork, actor: Actor, message: MessageFacts | None) -> Refusal | None:
    """The coordinator voids a sent message (V-95). What has been built on it stays as it is."""
    return coordinator_refusal(facts.case, actor) or gone_refusal(message)


def change_recipients_refusal(facts: CaseWork, actor: Actor, message: MessageFacts | None) -> Refusal | None:
    """Adding to, sending on and removing from what stands: a participating unit, with the right to initiate."""
    refusal = initiate_refusal(facts.case, actor) or gone_refusal(message)
    if refusal is not None or message is None:
        return refusal
    earlier_round = message.kind not in facts.process.several and facts.sent(message.kind) != message
    return EARLIER_PLAN if earlier_round else None


def set_aside_refusal(
    facts: CaseWork, actor: Actor, message: MessageFacts | None, delivery: DeliveryFacts | None
) -> Refusal | None:
    """Going on without a unit: one that denied, or is closed, and about which nothing has been decided yet (V-34)."""
    refusal = change_recipients_refusal(facts, actor, message)
    if refusal is not None or message is None:
        return refusal
    return None if delivery in message.unmet else DENIAL_HANDLED


def add_recipient_refusal(message: MessageFacts, unit_ids: Sequence[int]) -> Refusal | None:
    """A unit that has the message standing does not get it twice; one that denied may get it again (V-34)."""
    standing = {d.unit_id for d in message.standing if not (d.denied or d.stuck)}
    if standing.intersection(unit_ids) or message.unit_id in unit_ids:
        return Refusal("recipients.has_it", _("The unit already has the message."), field="recipients")
    return None


def external_refusal(
    facts: CaseWork, actor: Actor, message: MessageFacts | None, delivery_id: UUID, *,
    told_at: datetime | None = None, day_only: bool = False, reply: Reply | None = None, at: datetime | None = None,
) -> Refusal | None:  # fmt: skip
    """Recording how a unit outside the system was told, not before the message nor ahead, and its answer (V-42)."""
    refusal = participant_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    refusal = gone_refusal(message)
    delivery = next((d for d in message.standing if d.id == delivery_id), None) if message else None
    if refusal is not None or delivery is None or message is None:
        return refusal or NOT_AWAITED
    if not delivery.external:
        return Refusal("message.not_external", _("The unit answers in the system itself."))
    if told_at is not None and at is not None and told_at > at:
        return Refusal(
            "external.told_ahead", _("The time lies ahead. Write when the unit was told."), field="told_on"
        )
    if told_at is not None and _before(told_at, delivery.added_at, day_only=day_only):
        return Refusal(
            "external.told_before",
            _("That is before it was sent. Write when the unit was told of it."),
            field="told_on",
        )
    kind = facts.process.messages[message.kind]
    return _external_answer_refusal(kind, delivery, reply) if reply is not None else None


def _before(told_at: datetime, sent_at: datetime, *, day_only: bool) -> bool:
    """By the minute, as it is typed; by the day, when that is all that is known."""
    if day_only:
        return clock.local(told_at).date() < clock.local(sent_at).date()
    return told_at < sent_at.replace(second=0, microsecond=0)


def _external_answer_refusal(kind: MessageKind[Any], delivery: DeliveryFacts, reply: Reply) -> Refusal | None:
    if delivery.answer is not None:
        return Refusal(
            "message.already_answered",
            _("%(name)s has already recorded the answer of the unit.")
            % {"name": isolated(delivery.answered_by_name)},
            field="answer",
        )
    return _answer_fits(kind, reply, outside=True)
