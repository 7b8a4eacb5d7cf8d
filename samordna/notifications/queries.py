"""Reading the outbox, and the folder that stands for the mail server in practice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from samordna.notifications.events import Event
from samordna.notifications.folder import Mail, mails_in, practice_folder
from samordna.notifications.installation import read_note, this_database
from samordna.notifications.models import EventChoice, OutboxItem, SendingClaim
from samordna.notifications.states import WITHHELD, Sending


@dataclass(frozen=True, slots=True)
class OutboxState:
    """For the operator: how much waits, since when, and how much could not be sent."""

    waiting: int
    oldest_waiting_at: datetime | None
    failed: int


def events_wanted(unit_id: int, of: Iterable[Event]) -> list[Event]:
    """Those of the events that the unit is told of by mail: what it has chosen, else as from the start (V-11)."""
    chosen = dict(EventChoice.objects.filter(unit_id=unit_id).values_list("event", "wanted"))
    return [event for event in of if chosen.get(event.code, event.from_start)]


def sending() -> Sending:
    """Whether this machine may send what stands in this database.

    On where practice is all that is sent, and where an operator has turned it on: on this machine, for the database at
    this address, and in a database that is no older than what has been sent (`manage.py sending`).
    """
    if not settings.SENDING_IS_TURNED_ON_BY_HAND:
        return Sending.ON
    note = read_note()
    claim = SendingClaim.objects.filter(pk=note.claim).first() if note else None
    if note is None or claim is None:
        return _without_claim()
    if claim.ended_at is not None:
        return Sending.TURNED_OFF
    if claim.database != this_database():
        return Sending.OTHER_DATABASE
    return Sending.OLDER_THAN_SENT if claim.sent < note.sent else Sending.ON


def _without_claim() -> Sending:
    # One for each time that an operator turned it on: few.
    ended = list(SendingClaim.objects.values_list("ended_at", flat=True))
    if not ended:
        return Sending.NEVER_TURNED_ON
    return Sending.NOT_TURNED_ON_HERE if None in ended else Sending.TURNED_OFF


def waiting_before(moment: datetime) -> int:
    """How many notifications wait that were written before then."""
    return OutboxItem.objects.filter(sent_at=None, failed_at=None, created_at__lt=moment).count()


def outbox_state() -> OutboxState:
    """How the outbox stands. What an operator chose not to send has not failed."""
    waiting = Q(sent_at=None, failed_at=None)
    counted = OutboxItem.objects.filter(sent_at=None).aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("created_at", filter=waiting),
        failed=Count("pk", filter=Q(failed_at__isnull=False) & ~Q(last_error=WITHHELD)),
    )
    return OutboxState(counted["waiting"], counted["oldest"], counted["failed"])


def items_of_unit(unit_id: int) -> QuerySet[OutboxItem]:
    """What the unit has been told, newest first."""
    return OutboxItem.objects.filter(unit_id=unit_id).order_by("-created_at", "-id")


def mails_in_folder(limit: int = 50) -> list[Mail]:
    """The newest mails in the folder where the demo puts them instead of sending them."""
    return list(mails_in(practice_folder(), limit))
