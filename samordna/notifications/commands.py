"""Putting notifications in the outbox, and sending what is due: at least once, never silently not at all."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value

from samordna.kernel.among import Among, listed
from samordna.kernel.changing import Insert
from samordna.kernel.leasing import hand_in, take_next
from samordna.kernel.line import wait_in_line
from samordna.kernel.prepared import Prepared
from samordna.notifications.events import Event
from samordna.notifications.installation import Note, read_note, this_database, write_note
from samordna.notifications.models import EventChoice, OutboxItem, SendingClaim
from samordna.notifications.presenters import words
from samordna.notifications.queries import sending
from samordna.notifications.rules import LEASE, in_short, is_permanent, wait_after
from samordna.notifications.states import WITHHELD, Sending

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Delivered:
    """What became of the items of one round."""

    sent: int = 0
    later: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class TurnedOn:
    """What became of what waited when sending was turned on."""

    claim: UUID
    waiting: int
    withheld: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """A unit to tell; without an address it is told nothing."""

    unit_id: int
    unit_name: str
    address: str
    key: str


@transaction.atomic(savepoint=False)
def enqueue(*, event: Event, unit_id: int, address: str, key: str, at: datetime, unit_name: str = "") -> None:
    """Put a notification in the outbox, in the transaction of what it is about.

    Nothing when the unit has no address, or does not want to be told. The same `key` is never put there
    twice. The text is made here, of the event and the unit's own name alone.
    """
    enqueue_all(event=event, to=[Addressee(unit_id, unit_name, address, key)], at=at)


@transaction.atomic(savepoint=False)
def enqueue_all(
    *, event: Event, to: Sequence[Addressee], at: datetime, chosen_as: Event | None = None
) -> None:
    """As `enqueue`, to several units at once; those that do not want the event are not told (V-11).

    `chosen_as` names another event whose choice decides: what comes of a message that a unit is not told of is not
    told either.
    """
    reached = [addressee for addressee in to if addressee.address]
    unwanted = _unwilling(chosen_as or event, [addressee.unit_id for addressee in reached])
    items = [_item(event, addressee, at) for addressee in reached if addressee.unit_id not in unwanted]
    if items:
        _put(items)


_put = Insert(OutboxItem, ignored=True)


@transaction.atomic(savepoint=False)
def choose_events(*, unit_id: int, wanted: Collection[Event], of: Collection[Event]) -> None:
    """Of what a unit is told from now on. Only what differs from the start is kept.

    `of` are those it was asked about: what it has chosen of others stands.
    """
    wait_in_line("notices", unit_id)
    EventChoice.objects.filter(unit_id=unit_id, event__in=[event.code for event in of]).delete()
    EventChoice.objects.bulk_create(
        EventChoice(unit_id=unit_id, event=event.code, wanted=event in wanted)
        for event in of
        if (event in wanted) != event.from_start
    )


def _unwilling(event: Event, unit_ids: Collection[int]) -> frozenset[int]:
    """Which of the units are not told of the event."""
    chosen = dict[int, bool](_CHOICES.rows(event=event.code, ids=listed(unit_ids))) if unit_ids else {}
    return frozenset(unit_id for unit_id in unit_ids if not chosen.get(unit_id, event.from_start))


_CHOICES = Prepared(
    lambda event, ids: EventChoice.objects.filter(Among("unit_id", Value(ids)), event=event).values_list(
        "unit_id", "wanted"
    ),
    event=str,
    ids=str,
)


def _item(event: Event, to: Addressee, at: datetime) -> OutboxItem:
    subject, body = words(event, to.unit_name)
    return OutboxItem(
        event=event.code,
        unit_id=to.unit_id,
        address=to.address,
        subject=subject,
        body=body,
        key=to.key,
        created_at=at,
        next_try_at=at,
    )


def deliver_due(*, at: datetime, limit: int = 50) -> Delivered:
    """Send what is due, one at a time, at most `limit`. Called by the worker, by several at once if one likes.

    An item is leased while it is sent, so a worker that dies leaves it to the next after five
    minutes; then it may arrive twice, with the same Message-ID. What fails for the moment is tried again
    after 1, 5, 15, 30, 60, 120 and 240 minutes, what is refused for good is marked as failed. Nothing is sent, and
    nothing touched, where sending is not turned on (`queries.sending`): a restored copy tells nobody.
    """
    done = Delivered()
    if sending() != Sending.ON:
        return done
    with _mail_server() as server:
        for _ in range(limit):
            item = take_next(_due(at), first="next_try_at", at=at, lasts=LEASE)
            if item is None:
                break
            _deliver(item, server, at, done)
    return done


def _deliver(item: OutboxItem, server: BaseEmailBackend, at: datetime, done: Delivered) -> None:
    try:
        server.open()
        server.send_messages([_mail(item)])
    except (OSError, ValueError) as error:
        # What the server was in the middle of is not known: the next item gets a new connection.
        _close(server)
        _not_sent(item, error, at, done)
    else:
        _settle_sent(item, at)
        done.sent += 1


def _not_sent(item: OutboxItem, error: Exception, at: datetime, done: Delivered) -> None:
    wait = None if is_permanent(error) else wait_after(item.attempts)
    kept = in_short(error)
    if wait is None:
        hand_in(item, failed_at=at, last_error=kept)
        done.failed += 1
        log.warning("notification.failed", item=str(item.id), unit_id=item.unit_id, error=kept)
    else:
        hand_in(item, next_try_at=at + wait, last_error=kept)
        done.later += 1
        log.info("notification.later", item=str(item.id), attempts=item.attempts, error=kept)


def _due(at: datetime) -> QuerySet[OutboxItem]:
    return OutboxItem.objects.filter(sent_at=None, failed_at=None, next_try_at__lte=at)


def _settle_sent(item: OutboxItem, at: datetime) -> None:
    note = read_note() if settings.SENDING_IS_TURNED_ON_BY_HAND else None
    with transaction.atomic():
        hand_in(item, sent_at=at, last_error="")
        claim = _counted(note) if note else None
    if claim:
        # After the database: it may be ahead of the machine, and never behind unless it has been restored.
        write_note(Note(claim.pk, claim.sent))


def _counted(note: Note) -> SendingClaim | None:
    SendingClaim.objects.filter(pk=note.claim).update(sent=F("sent") + 1)
    return SendingClaim.objects.filter(pk=note.claim).first()


@transaction.atomic
def turn_sending_on(*, reason: str, not_sent_before: datetime | None, at: datetime) -> TurnedOn:
    """Let this machine send what stands in this database; whatever other database it was turned on for is left.

    What waits and was written before `not_sent_before` is never sent. Refused by the folder of the machine's note when
    it cannot be written: then nothing is turned on.
    """
    note = read_note()
    # Other machines' claims hold on, if they are for this database.
    elsewhere = ~Q(database=this_database()) | (Q(pk=note.claim) if note else Q())
    SendingClaim.objects.filter(elsewhere, ended_at=None).update(ended_at=at)
    claim = SendingClaim.objects.create(database=this_database(), reason=reason, begun_at=at)
    waiting = OutboxItem.objects.filter(sent_at=None, failed_at=None)
    withheld = 0
    if not_sent_before is not None:
        old = waiting.filter(created_at__lt=not_sent_before)
        withheld = old.update(failed_at=at, last_error=WITHHELD, leased_by=None, leased_until=None)
    write_note(Note(claim.pk, 0))
    return TurnedOn(claim.pk, waiting.count(), withheld)


@transaction.atomic
def turn_sending_off(*, at: datetime) -> int:
    """Let nobody send from this database. Gives for how many machines it was on."""
    return SendingClaim.objects.filter(ended_at=None).update(ended_at=at)


def _mail(item: OutboxItem) -> EmailMessage:
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].rstrip("> ") or "localhost"
    headers = {"Message-ID": f"<{item.id}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(item.subject, item.body, sender, [item.address], headers=headers)


@contextmanager
def _mail_server() -> Iterator[BaseEmailBackend]:
    server = get_connection()
    try:
        yield server
    finally:
        _close(server)


def _close(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except OSError:
        log.info("notification.server_gone")
