"""Receiving: opening, accepting, denying, acknowledging; and noting what a unit outside the system answered."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases.states import Access, LeftReason
from samordna.casework import events
from samordna.casework.file.commands.act import finish
from samordna.casework.file.facts import CaseWork, seen_by
from samordna.casework.file.queries import hold
from samordna.casework.messages.commands.sending import notify, visible_message
from samordna.casework.messages.rules.messages import (
    NOT_AWAITED,
    external_refusal,
    open_refusal,
    reply_refusal,
)
from samordna.casework.process import Process, W
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refused, Stale, demand
from samordna.messaging import commands as messaging
from samordna.messaging.commands import CHANGED_MEANWHILE, Reply
from samordna.messaging.facts import MessageFacts
from samordna.messaging.states import Answer, ToldHow
from samordna.organisations import queries as places

_ANSWERED = {
    Answer.ACCEPTED: Action.MESSAGE_ACCEPTED,
    Answer.DENIED: Action.MESSAGE_DENIED,
    Answer.ACKNOWLEDGED: Action.MESSAGE_ACKNOWLEDGED,
}


@transaction.atomic
def open_message(
    *, process: Process[W], actor: Actor, case_id: UUID, message_id: UUID, at: datetime
) -> W | None:
    """Record that the unit has opened the message, when who opens it may answer for the unit.

    Only the first opening counts. Returns what the unit sees after it, or None when nothing was recorded.
    """
    facts, at = hold(process, actor, case_id, at)
    message = facts.message(message_id)
    delivery = message.delivery_to(actor.unit_id) if message else None
    if delivery is None or open_refusal(facts, actor, message) is not None:
        return None
    if not messaging.open_delivery(delivery_id=delivery.id, actor=actor, at=at):
        return None
    after = finish(
        facts,
        actor=actor,
        at=at,
        action=Action.MESSAGE_OPENED,
        object_kind="message",
        object_id=str(message_id),
    )
    return seen_by(after, actor.unit_id)


@transaction.atomic
def answer_message(
    *, process: Process[W], actor: Actor, case_id: UUID, message_id: UUID, reply: Reply, at: datetime
) -> W:
    """Answer for the unit: *Acceptera*, *Neka* or *Kvittera* (V-33, V-41, V-90).

    Accepting lets the unit into the whole case; denying ends its part, and it keeps the initiative and its own
    answer. Refused by `reply_refusal`; a message that the unit does not have is not visible.
    """
    facts, at = hold(process, actor, case_id, at)
    message = visible_message(facts, actor, message_id)
    delivery = message.delivery_to(actor.unit_id)
    reply = _with_unit_name(reply)
    demand(reply_refusal(facts, actor, message, delivery, reply, clock.today(at)))
    if delivery is None:
        raise Refused(NOT_AWAITED)
    messaging.answer_delivery(delivery_id=delivery.id, reply=reply, actor=actor, at=at, opens=True)
    _follow_answer(facts, message, reply, actor, at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=_ANSWERED[reply.answer],
        object_kind="message",
        object_id=str(message_id),
    )


def _with_unit_name(reply: Reply) -> Reply:
    """A unit named in a denial is kept by its name of the day too."""
    if reply.suggested_unit_id is None:
        return reply
    return replace(reply, suggested_text=places.unit(reply.suggested_unit_id).name)


def _follow_answer(facts: CaseWork, message: MessageFacts, reply: Reply, actor: Actor, at: datetime) -> None:
    case_id, unit_id = facts.case.id, actor.unit_id
    if reply.answer == Answer.ACCEPTED:
        cases.admit_units(case=facts.case, units={unit_id: actor.unit_name}, access=Access.FULL, at=at)
        if not facts.case.watched_at(unit_id):
            cases.name_handler(
                case_id=case_id,
                unit_id=unit_id,
                assignment_id=actor.assignment_id,
                name=actor.user_name,
                at=at,
            )
    if reply.answer == Answer.DENIED:
        reach = facts.case.reach_of(unit_id)
        if reach is not None and reach.access != Access.FULL:
            cases.end_participation(case_id=case_id, unit_id=unit_id, reason=LeftReason.DENIED, at=at)
    last = [d.unit_id for d in message.awaited] == [unit_id]
    if reply.answer == Answer.DENIED or last:
        event = events.MESSAGE_DENIED if reply.answer == Answer.DENIED else events.ALL_ANSWERED
        notify(
            event,
            message.id,
            [places.unit(message.unit_id)],
            at,
            chosen_as=facts.process.messages[message.kind].chosen_as,
        )


@transaction.atomic
def record_external(
    *, process: Process[W], actor: Actor, case_id: UUID, message_id: UUID, delivery_id: UUID, how: ToldHow, note: str,
    told_at: datetime, reply: Reply | None, at: datetime, day_only: bool = False, seen: str = "",
) -> W:  # fmt: skip
    """How a unit outside the system was told, and its answer when there is one (V-42).

    Stale when somebody has recorded it since the form was opened with `seen`.
    """
    facts, at = hold(process, actor, case_id, at)
    message = visible_message(facts, actor, message_id)
    reply = _with_unit_name(reply) if reply is not None else None
    refusal = external_refusal(
        facts, actor, message, delivery_id, told_at=told_at, day_only=day_only, reply=reply, at=at
    )
    demand(refusal)
    if seen and any(d.id == delivery_id and d.recorded != seen for d in message.deliveries):
        raise Stale(CHANGED_MEANWHILE)
    messaging.record_telling(
        delivery_id=delivery_id, how=how, note=note, actor=actor, told_at=told_at, day_only=day_only
    )
    if reply is not None:
        messaging.answer_delivery(delivery_id=delivery_id, reply=reply, actor=actor, at=at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.MESSAGE_EXTERNAL_RECORDED,
        object_kind="message",
        object_id=str(message_id),
    )
