"""Writing messages, inside the transaction of an act. Rules belong to the room whose message it is.

Every change is a conditional UPDATE on the state it starts from, so that what was answered, sent or voided
once cannot be so again, whoever acts at the same time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from samordna.kernel.actor import Actor
from samordna.kernel.changing import Delete, Insert, Update
from samordna.kernel.refusal import Refusal, Refused, Stale
from samordna.messaging.facts import Chosen
from samordna.messaging.models import Delivery, DraftRecipient, Message
from samordna.messaging.states import Answer, Basis, EndedReason, MessageStatus, ToldHow

CHANGED_MEANWHILE = Refusal(
    "message.changed", _("The message was changed by someone else since you opened it."), _("Read it again.")
)


@dataclass(frozen=True)
class Recipient:
    """A unit to deliver to: until when an answer is wanted and why the message is shared with it."""

    unit_id: int
    unit_name: str
    external: bool
    must_acknowledge: bool
    due_at: datetime | None
    shared_why: Basis


@dataclass(frozen=True)
class Reply:
    """What a unit answers. A denial names who should have it instead: a unit, or words."""

    answer: Answer
    comment: str = ""
    suggested_unit_id: int | None = None
    suggested_text: str = ""


def begin_draft(*, case_id: UUID, round_number: int, kind: str, actor: Actor, at: datetime) -> UUID:
    message = Message.objects.create(
        case_id=case_id,
        round_number=round_number,
        kind=kind,
        unit_id=actor.unit_id,
        unit_name=actor.unit_name,
        written_at=at,
        written_by_id=actor.user_id,
        written_by_name=actor.user_name,
    )
    return message.pk


def touch_draft(*, message_id: UUID, expected_version: int, actor: Actor, at: datetime) -> None:
    """Count one more save of a draft. Raises `Stale` when another save or the sending came between."""
    changed = Message.objects.filter(
        pk=message_id, status=MessageStatus.DRAFT, version=expected_version
    ).update(
        version=F("version") + 1, written_at=at, written_by_id=actor.user_id, written_by_name=actor.user_name
    )
    if not changed:
        raise Stale(CHANGED_MEANWHILE)


def set_draft_recipients(*, message_id: UUID, recipients: Sequence[tuple[int, bool]]) -> None:
    """Replace the draft's recipients by these (unit, must acknowledge), in this order."""
    DraftRecipient.objects.filter(message_id=message_id).delete()
    DraftRecipient.objects.bulk_create(
        [
            DraftRecipient(message_id=message_id, unit_id=unit, must_acknowledge=must)
            for unit, must in recipients
        ]
    )


def take_recipients(message_id: UUID) -> tuple[Chosen, ...]:
    """The units a draft is meant for, in the order they were added. It is about to be sent: from now on its deliveries
    hold them, and the draft no longer does."""
    rows = sorted(_take_recipients(message_id=message_id))
    return tuple(Chosen(unit_id, must_acknowledge) for _id, unit_id, must_acknowledge in rows)


_take_recipients = Delete(
    lambda message_id: DraftRecipient.objects.filter(message_id=message_id),
    returning=("id", "unit_id", "must_acknowledge"),
    message_id=UUID,
)


def discard_draft(*, message_id: UUID) -> None:
    """Throw a draft away; nobody had received it. It stays in the database, unseen."""
    Message.objects.filter(pk=message_id, status=MessageStatus.DRAFT).update(status=MessageStatus.DISCARDED)


def send_draft(*, message_id: UUID, recipients: Sequence[Recipient], actor: Actor, at: datetime) -> None:
    """Send once: the draft freezes and every recipient gets its delivery. Raises `Stale` when it was sent."""
    sent = _send(
        message_id=message_id,
        at=at,
        user_id=actor.user_id,
        user_name=actor.user_name,
        title=actor.title,
        unit_name=actor.unit_name,
    )
    if not sent:
        raise Stale(CHANGED_MEANWHILE)
    add_deliveries(message_id=message_id, recipients=recipients, at=at)


_send = Update(
    lambda message_id, at, user_id, user_name, title, unit_name: (
        Message.objects.filter(pk=message_id, status=MessageStatus.DRAFT),
        {
            "status": MessageStatus.SENT,
            "sent_at": at,
            "sent_by_id": user_id,
            "sent_by_name": user_name,
            "sent_by_title": title,
            "unit_name": unit_name,
        },
    ),
    message_id=UUID,
    at=datetime,
    user_id=int,
    user_name=str,
    title=str,
    unit_name=str,
)


def add_deliveries(
    *, message_id: UUID, recipients: Sequence[Recipient], at: datetime, predecessor_id: UUID | None = None
) -> None:
    """Deliver a sent message to more units."""
    _deliver(
        [
            Delivery(
                message_id=message_id,
                unit_id=recipient.unit_id,
                unit_name=recipient.unit_name,
                external=recipient.external,
                must_acknowledge=recipient.must_acknowledge,
                due_at=recipient.due_at if recipient.must_acknowledge else None,
                shared_why=recipient.shared_why,
                added_at=at,
                predecessor_id=predecessor_id,
            )
            for recipient in recipients
        ]
    )


_deliver = Insert(Delivery)


def open_delivery(*, delivery_id: UUID, actor: Actor, at: datetime) -> bool:
    """Record the first opening. Returns whether this was it."""
    return bool(_open(delivery_id=delivery_id, at=at, user_id=actor.user_id))


_open = Update(
    lambda delivery_id, at, user_id: (
        Delivery.objects.filter(pk=delivery_id, opened_at__isnull=True, ended_at__isnull=True),
        {"opened_at": at, "opened_by_id": user_id},
    ),
    delivery_id=UUID,
    at=datetime,
    user_id=int,
)


def answer_delivery(
    *, delivery_id: UUID, reply: Reply, actor: Actor, at: datetime, opens: bool = False
) -> None:
    """Answer for the unit. Raises `Stale` when it is answered already, or no longer stands.

    With `opens` who answers has read it: the first opening is recorded too, if it was not.
    """
    changed = (_open_and_answer if opens else _answer)(
        delivery_id=delivery_id,
        answer=reply.answer,
        at=at,
        user_id=actor.user_id,
        user_name=actor.user_name,
        comment=reply.comment,
        suggested_id=reply.suggested_unit_id,
        suggested_text=reply.suggested_text,
    )
    if not changed:
        raise Stale(
            Refusal("message.already_answered", _("The message is already answered, or no longer stands."))
        )


def _answered(
    *, delivery_id: UUID, answer: str, at: datetime, user_id: int, user_name: str, comment: str, suggested_id: int,
    suggested_text: str,
) -> tuple[QuerySet[Delivery, Any], dict[str, Any]]:  # fmt: skip
    standing = Delivery.objects.filter(
        pk=delivery_id, answer="", ended_at__isnull=True, message__status=MessageStatus.SENT
    )
    return standing, {
        "answer": answer,
        "answered_at": at,
        "answered_by_id": user_id,
        "answered_by_name": user_name,
        "comment": comment,
        "suggested_unit_id": suggested_id,
        "suggested_text": suggested_text,
    }


def _opened_and_answered(
    *, at: datetime, user_id: int, **reply: Any
) -> tuple[QuerySet[Delivery, Any], dict[str, Any]]:
    standing, answer = _answered(at=at, user_id=user_id, **reply)
    first = {
        "opened_at": Coalesce(F("opened_at"), at),
        "opened_by_id": Coalesce(F("opened_by_id"), user_id),
    }
    return standing, answer | first


_REPLY: dict[str, type] = {
    "delivery_id": UUID,
    "answer": str,
    "at": datetime,
    "user_id": int,
    "user_name": str,
    "comment": str,
    "suggested_id": int,
    "suggested_text": str,
}
_answer = Update(_answered, **_REPLY)
_open_and_answer = Update(_opened_and_answered, **_REPLY)


def record_telling(
    *, delivery_id: UUID, how: ToldHow, note: str, actor: Actor, told_at: datetime, day_only: bool = False
) -> None:
    """How a unit outside the system was told, when, by whom (V-42). The last telling counts.

    `day_only`: of the moment the day is known, and no time is shown.
    """
    Delivery.objects.filter(pk=delivery_id, external=True).update(
        told_how=how,
        told_note=note,
        told_at=told_at,
        told_day_only=day_only,
        told_by_id=actor.user_id,
        told_by_name=actor.user_name,
    )


def end_delivery(*, delivery_id: UUID, reason: EndedReason, at: datetime) -> None:
    ended = Delivery.objects.filter(pk=delivery_id, ended_at__isnull=True).update(
        ended_at=at, ended_reason=reason
    )
    if not ended:
        raise Stale(CHANGED_MEANWHILE)


def take_back(*, message_id: UUID, actor: Actor, at: datetime) -> None:
    """Take back what nobody has opened. Raises `Refused` when somebody just did."""
    known = Q(opened_at__isnull=False) | Q(told_at__isnull=False)
    if Delivery.objects.filter(known, message_id=message_id).exists():
        raise Refused(
            Refusal(
                "message.opened", _("A unit has opened the message."), _("Void it with a reason instead.")
            )
        )
    changed = Message.objects.filter(pk=message_id, status=MessageStatus.SENT).update(
        status=MessageStatus.TAKEN_BACK, taken_back_at=at, taken_back_by_id=actor.user_id
    )
    if not changed:
        raise Stale(CHANGED_MEANWHILE)
    Delivery.objects.filter(message_id=message_id, ended_at__isnull=True).update(
        ended_at=at, ended_reason=EndedReason.TAKEN_BACK
    )


def void_message(*, message_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Void a sent message: the content stays, with reason, person and time (L-06)."""
    changed = Message.objects.filter(pk=message_id, status=MessageStatus.SENT).update(
        status=MessageStatus.VOIDED,
        voided_at=at,
        voided_by_id=actor.user_id,
        voided_by_name=actor.user_name,
        void_reason=reason,
    )
    if not changed:
        raise Stale(CHANGED_MEANWHILE)
