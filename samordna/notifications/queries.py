"""Reading the outbox, and the folder that stands for the mail server in practice."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from samordna.notifications.folder import Mail, mails_in, practice_folder
from samordna.notifications.models import EventChoice, OutboxItem
from samordna.notifications.states import OFF_FROM_THE_START, Event


@dataclass(frozen=True, slots=True)
class OutboxState:
    """For the operator: how much waits, since when, and how much could not be sent."""

    waiting: int
    oldest_waiting_at: datetime | None
    failed: int


def events_wanted(unit_id: int) -> frozenset[Event]:
    """The events that the unit is told of by mail: what it has chosen, else as from the start (V-11)."""
    chosen = dict(EventChoice.objects.filter(unit_id=unit_id).values_list("event", "wanted"))
    return frozenset(event for event in Event if chosen.get(event.value, event not in OFF_FROM_THE_START))


def outbox_state() -> OutboxState:
    """How the outbox stands."""
    waiting = Q(sent_at=None, failed_at=None)
    counted = OutboxItem.objects.filter(sent_at=None).aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("created_at", filter=waiting),
        failed=Count("pk", filter=Q(failed_at__isnull=False)),
    )
    return OutboxState(counted["waiting"], counted["oldest"], counted["failed"])


def items_of_unit(unit_id: int) -> QuerySet[OutboxItem]:
    """What the unit has been told, newest first."""
    return OutboxItem.objects.filter(unit_id=unit_id).order_by("-created_at", "-id")


def mails_in_folder(limit: int = 50) -> list[Mail]:
    """The newest mails in the folder where the demo puts them instead of sending them."""
    return list(mails_in(practice_folder(), limit))
