import smtplib
import socket
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings

from samordna.casework.events import COMMON
from samordna.notifications.commands import choose_events, deliver_due, enqueue
from samordna.notifications.events import Event
from samordna.notifications.models import OutboxItem
from samordna.notifications.presenters import words
from samordna.notifications.queries import events_wanted, items_of_unit, outbox_state
from samordna.notifications.rules import in_short, is_permanent, wait_after
from samordna.sip import events
from samordna.sip.events import EVENTS

AT = datetime(2026, 5, 13, 11, 0, tzinfo=UTC)
WAITS = [1, 5, 15, 30, 60, 120, 240]


class Inbox:
    """A mail server that takes everything, until it is told what to answer."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.to_recipient = "250 OK"
        self.mails: list[Envelope] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            self.mails.append(envelope)
        return self.answer


@pytest.fixture
def inbox(db: None) -> Iterator[Inbox]:
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        DEFAULT_FROM_EMAIL="Samordna <samordna@example.se>",
    ):
        yield inbox
    controller.stop()


def put(
    key: str = "message:1:unit:3", *, address: str = "norr@example.se", at: datetime = AT
) -> OutboxItem | None:
    enqueue(
        event=events.INITIATIVE_TO_ACKNOWLEDGE,
        unit_id=3,
        unit_name="Hemtjänsten Norr",
        address=address,
        key=key,
        at=at,
    )
    return OutboxItem.objects.filter(key=key).first()


@pytest.mark.requirement("V-12")
def test_a_mail_says_what_waits_where_and_nothing_else(inbox: Inbox) -> None:
    item = put()
    assert deliver_due(at=AT).sent == 1
    (mail,) = inbox.mails
    text = mail.content.decode()
    assert mail.rcpt_tos == ["norr@example.se"]
    assert f"Message-ID: <{item.id}@example.se>" in text
    assert "Auto-Submitted: auto-generated" in text
    item.refresh_from_db()
    assert item.subject == "Samordna: ett initiativ till SIP väntar på svar"
    assert item.body == (
        "Ett initiativ till SIP väntar på svar.\n\nEnhet: Hemtjänsten Norr\n\n"
        "Logga in i Samordna för att läsa.\n\nDet går inte att svara på det här meddelandet.\n"
    )
    assert (item.sent_at, item.attempts, item.leased_by) == (AT, 1, None)
    assert deliver_due(at=AT).sent == 0


def test_no_address_is_nothing_and_the_same_key_is_one_mail(inbox: Inbox) -> None:
    assert put(address="") is None
    put()
    put()
    put("message:1:unit:4")
    assert deliver_due(at=AT).sent == 2
    assert len(inbox.mails) == 2


def test_what_fails_for_the_moment_is_tried_again_and_at_last_given_up(inbox: Inbox) -> None:
    item = put()
    inbox.answer = "451 Try later"
    at = AT
    for wait in WAITS:
        assert deliver_due(at=at).later == 1
        assert deliver_due(at=at + timedelta(minutes=wait, seconds=-1)).later == 0
        at += timedelta(minutes=wait)
    assert outbox_state().oldest_waiting_at == AT
    assert deliver_due(at=at).failed == 1
    item.refresh_from_db()
    assert (item.failed_at, item.attempts, item.last_error) == (at, 8, "SMTPDataError 451")
    assert (outbox_state().waiting, outbox_state().failed) == (0, 1)


def test_a_failure_that_passes_delays_but_does_not_lose(inbox: Inbox) -> None:
    put()
    inbox.answer = "451 Try later"
    deliver_due(at=AT)
    inbox.answer = "250 OK"
    assert deliver_due(at=AT + timedelta(minutes=1)).sent == 1
    assert len(inbox.mails) == 1


@pytest.mark.parametrize(
    ("to_recipient", "answer", "kept"),
    [
        ("550 No such mailbox norr@example.se", "250 OK", "SMTPRecipientsRefused 550"),
        ("250 OK", "554 Refused", "SMTPDataError 554"),
    ],
)
def test_what_is_refused_for_good_is_failed_at_once_and_others_go(
    inbox: Inbox, to_recipient: str, answer: str, kept: str
) -> None:
    item = put()
    inbox.to_recipient, inbox.answer = to_recipient, answer
    assert deliver_due(at=AT).failed == 1
    item.refresh_from_db()
    assert (item.failed_at, item.last_error) == (AT, kept)
    inbox.to_recipient = inbox.answer = "250 OK"
    put("message:2:unit:3")
    assert deliver_due(at=AT).sent == 1


def test_an_address_that_cannot_stand_in_a_mail_is_failed_and_the_next_one_goes(inbox: Inbox) -> None:
    put(address="norr@example.se\nBcc: annan@example.se")
    put("message:2:unit:3", at=AT + timedelta(seconds=1))
    done = deliver_due(at=AT + timedelta(seconds=1))
    assert (done.failed, done.sent) == (1, 1)
    assert len(inbox.mails) == 1


def test_no_server_is_for_the_moment(db: None) -> None:
    put()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
    ):
        assert deliver_due(at=AT).later == 1


def test_a_lease_keeps_others_away_until_it_is_over(inbox: Inbox) -> None:
    item = put()
    OutboxItem.objects.filter(pk=item.pk).update(leased_by=item.pk, leased_until=AT + timedelta(minutes=5))
    assert deliver_due(at=AT + timedelta(minutes=4)).sent == 0
    assert deliver_due(at=AT + timedelta(minutes=5)).sent == 1


class SlowServer(BaseEmailBackend):
    """Takes so long with the first mail that another worker sends it meanwhile, and says no in the end."""

    hangs = True

    def send_messages(self, messages: Sequence[Any]) -> int:
        if SlowServer.hangs:
            SlowServer.hangs = False
            assert deliver_due(at=AT + timedelta(minutes=5)).sent == 1
            raise smtplib.SMTPRecipientsRefused({"a": (550, b"No such user")})
        return len(messages)


def test_a_worker_that_has_lost_its_lease_does_not_undo_what_the_next_one_has_done(db: None) -> None:
    item, SlowServer.hangs = put(), True
    with override_settings(EMAIL_BACKEND=f"{__name__}.SlowServer"):
        deliver_due(at=AT)
        assert deliver_due(at=AT + timedelta(hours=9)).sent == 0
    item.refresh_from_db()
    assert (item.sent_at, item.failed_at, item.last_error) == (AT + timedelta(minutes=5), None, "")
    assert (outbox_state().failed, outbox_state().waiting) == (0, 0)


def test_a_round_has_a_limit(inbox: Inbox) -> None:
    for number in range(3):
        put(f"message:{number}")
    assert deliver_due(at=AT, limit=2).sent == 2
    assert outbox_state().waiting == 1
    assert [item.unit_id for item in items_of_unit(3)] == [3, 3, 3]


@pytest.mark.race
def test_two_workers_send_each_mail_once(committed_db: str, in_threads: Any, tmp_path: Any) -> None:
    for number in range(8):
        put(f"message:{number}")
    with override_settings(
        EMAIL_BACKEND="samordna.notifications.folder.FolderBackend", EMAIL_FILE_PATH=str(tmp_path)
    ):
        rounds = in_threads(lambda: deliver_due(at=AT), lambda: deliver_due(at=AT))
    assert sum(done.sent for done in rounds) == 8
    assert list(OutboxItem.objects.values_list("attempts", flat=True)) == [1] * 8


@pytest.mark.django_db
@pytest.mark.requirement("V-11")
def test_what_a_unit_chose_of_other_events_stands() -> None:
    first, second = Event("a", "A", from_start=False), Event("b", "B")
    choose_events(unit_id=3, wanted=[first], of=[first])
    choose_events(unit_id=3, wanted=[], of=[second])
    assert events_wanted(3, [first, second]) == [first]
    choose_events(unit_id=3, wanted=[second], of=[first, second])
    assert events_wanted(3, [first, second]) == [second]


@pytest.mark.parametrize("event", [*EVENTS, *COMMON], ids=lambda event: event.code)
def test_every_event_has_words_that_fit_a_subject(event: Event) -> None:
    subject, body = words(event, "")
    assert subject.startswith("Samordna: ")
    assert len(EmailMessage().policy.header_store_parse("Subject", subject)[1]) < 100
    assert "Enhet" not in body


def test_own_set_up_that_is_wrong_is_not_the_mails_fault() -> None:
    assert not is_permanent(smtplib.SMTPSenderRefused(550, b"no", "samordna@example.se"))
    assert not is_permanent(smtplib.SMTPAuthenticationError(535, b"no"))
    assert not is_permanent(smtplib.SMTPServerDisconnected())
    assert not is_permanent(smtplib.SMTPRecipientsRefused({"a": (550, b""), "b": (450, b"")}))
    assert in_short(ConnectionRefusedError(111, "no")) == "ConnectionRefusedError"
    assert wait_after(8) is None
