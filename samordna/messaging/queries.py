"""Reading messages. Who may see a case is settled before, at its door (`cases.queries`)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from samordna.kernel.prepared import Prepared
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.messaging.models import Delivery, DraftRecipient, Message
from samordna.messaging.states import Answer, EndedReason, MessageStatus, ToldHow

# The facts are named after the columns they are read from.
_MESSAGE_COLUMNS = tuple(field.name for field in fields(MessageFacts) if field.name != "deliveries")
_DELIVERY_COLUMNS = tuple(field.name for field in fields(DeliveryFacts))
_DELIVERY_WORDS: dict[str, type[StrEnum]] = {
    "answer": Answer,
    "told_how": ToldHow,
    "ended_reason": EndedReason,
}


@dataclass(frozen=True)
class DraftRecipientFacts:
    unit_id: int
    must_acknowledge: bool


def messages_of(case_id: UUID) -> tuple[MessageFacts, ...]:
    """Every message of the case but discarded drafts, oldest first, with its deliveries. One statement."""
    found: dict[UUID, tuple[dict[str, Any], list[DeliveryFacts]]] = {}
    for row in _MESSAGES.dicts(case_id=case_id):
        _message, deliveries = found.setdefault(row["id"], (row, []))
        if row["deliveries__id"] is not None:
            deliveries.append(_delivery(row))
    return tuple(_facts(message, deliveries) for message, deliveries in found.values())


def _messages(*, case_id: UUID) -> QuerySet[Message, Any]:
    rows: QuerySet[Message, Any] = (
        Message.objects.filter(case_id=case_id)
        .exclude(status=MessageStatus.DISCARDED)
        .order_by("written_at", "id", "deliveries__added_at", "deliveries__unit_name", "deliveries__id")
        .values(*_MESSAGE_COLUMNS, *(f"deliveries__{name}" for name in _DELIVERY_COLUMNS))
    )
    return rows


_MESSAGES = Prepared(_messages, case_id=UUID)


def kind_of_message(case_id: UUID, message_id: UUID) -> str:
    """Which part of the case a message belongs to; empty when the case has no such message."""
    found = Message.objects.filter(pk=message_id, case_id=case_id).values_list("kind", flat=True).first()
    return found or ""


def recent_recipients(unit_id: int, limit: int = 5) -> list[int]:
    """The units that the unit has last sent messages to, the latest first."""
    rows = (
        Delivery.objects.filter(message__unit_id=unit_id)
        .values("unit_id")
        .annotate(last=Max("added_at"))
        .order_by("-last", "unit_id")
    )
    return [row["unit_id"] for row in rows[:limit]]


def draft_recipients(message_id: UUID) -> tuple[DraftRecipientFacts, ...]:
    """The units a draft is meant for, in the order they were added."""
    rows = DraftRecipient.objects.filter(message_id=message_id).order_by("id")
    return tuple(DraftRecipientFacts(row.unit_id, row.must_acknowledge) for row in rows)


def _facts(row: Mapping[str, Any], deliveries: list[DeliveryFacts]) -> MessageFacts:
    columns = {name: row[name] for name in _MESSAGE_COLUMNS}
    return MessageFacts(**columns | {"status": MessageStatus(row["status"])}, deliveries=tuple(deliveries))


def _delivery(row: Mapping[str, Any]) -> DeliveryFacts:
    columns = {name: row[f"deliveries__{name}"] for name in _DELIVERY_COLUMNS}
    for name, words in _DELIVERY_WORDS.items():
        columns[name] = words(columns[name]) if columns[name] else None
    return DeliveryFacts(**columns)
