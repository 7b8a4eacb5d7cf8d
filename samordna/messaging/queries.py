"""Reading messages. Who may see a case is settled before, at its door (`cases.queries`)."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from samordna.kernel.collation import swedish
from samordna.kernel.module import Module
from samordna.kernel.prepared import Prepared
from samordna.messaging.facts import Chosen, DeliveryFacts, MessageFacts
from samordna.messaging.models import Delivery, DraftRecipient, Message
from samordna.messaging.states import Answer, EndedReason, MessageStatus, ToldHow

# The facts are named after the columns they are read from.
_MESSAGE_COLUMNS = tuple(field.name for field in fields(MessageFacts) if field.name != "deliveries")
# Who writes a draft acts now, and is called what she is called now; what is sent keeps the names of its day.
_NAMES_NOW = {"written_by_name": "written_by__name", "unit_name": "unit__name"}
_DELIVERY_COLUMNS = tuple(field.name for field in fields(DeliveryFacts) if field.name != "unit_closed_on")
_DELIVERY_WORDS: dict[str, type[StrEnum]] = {
    "answer": Answer,
    "told_how": ToldHow,
    "ended_reason": EndedReason,
}


def messages_from(rows: Iterable[Sequence[Any]]) -> tuple[MessageFacts, ...]:
    """Every message of a case but discarded drafts, oldest first, with its deliveries, from the rows of `MESSAGES`."""
    found: dict[UUID, tuple[Sequence[Any], list[DeliveryFacts]]] = {}
    for row in rows:
        _message, deliveries = found.setdefault(row[0], (row, []))
        delivery = row[len(_MESSAGE_COLUMNS) + len(_NAMES_NOW) :]
        if delivery[0] is not None:
            deliveries.append(_delivery(delivery))
    return tuple(_facts(message, deliveries) for message, deliveries in found.values())


def _messages(*, case_id: UUID) -> QuerySet[Message, Any]:
    return (
        Message.objects.filter(case_id=case_id)
        .exclude(status=MessageStatus.DISCARDED)
        .order_by(
            "written_at", "id", "deliveries__added_at", swedish("deliveries__unit_name"), "deliveries__id"
        )
        .values_list(
            *_MESSAGE_COLUMNS,
            *_NAMES_NOW.values(),
            *(f"deliveries__{name}" for name in (*_DELIVERY_COLUMNS, "unit__closed_on")),
        )
    )


MESSAGES = Prepared(_messages, case_id=UUID)


def kind_of_message(case_id: UUID, message_id: UUID, module: Module) -> str:
    """Which part of the module's case a message belongs to; empty when there is no such case, or message in it."""
    found = Message.objects.filter(pk=message_id, case_id=case_id, case__module=module)
    return found.values_list("kind", flat=True).first() or ""


def recent_recipients(unit_id: int, limit: int = 5) -> list[int]:
    """The units that the unit has last sent messages to, the latest first."""
    rows = (
        Delivery.objects.filter(message__unit_id=unit_id)
        .values("unit_id")
        .annotate(last=Max("added_at"))
        .order_by("-last", "unit_id")
    )
    return [row["unit_id"] for row in rows[:limit]]


def draft_recipients(message_id: UUID) -> tuple[Chosen, ...]:
    """The units a draft is meant for, in the order they were added."""
    return tuple(Chosen(*row) for row in _DRAFT_RECIPIENTS.rows(message_id=message_id))


_DRAFT_RECIPIENTS = Prepared(
    lambda message_id: (
        DraftRecipient.objects.filter(message_id=message_id)
        .order_by("id")
        .values_list("unit_id", "must_acknowledge")
    ),
    message_id=UUID,
)


def _facts(row: Sequence[Any], deliveries: list[DeliveryFacts]) -> MessageFacts:
    columns = dict(zip(_MESSAGE_COLUMNS, row, strict=False))
    if columns["status"] == MessageStatus.DRAFT:
        columns |= dict(zip(_NAMES_NOW, row[len(_MESSAGE_COLUMNS) :], strict=False))
    return MessageFacts(
        **columns | {"status": MessageStatus(columns["status"])}, deliveries=tuple(deliveries)
    )


def _delivery(row: Sequence[Any]) -> DeliveryFacts:
    columns = dict(zip(_DELIVERY_COLUMNS, row, strict=False))
    for name, words in _DELIVERY_WORDS.items():
        columns[name] = words(columns[name]) if columns[name] else None
    return DeliveryFacts(**columns, unit_closed_on=row[len(_DELIVERY_COLUMNS)])
