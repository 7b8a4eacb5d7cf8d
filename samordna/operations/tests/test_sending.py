"""A restored copy tells nobody until an operator says so (no requirement row: operations)."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from samordna.assignments.tests.factories import log_in
from samordna.audit.models import Entry
from samordna.kernel import clock
from samordna.notifications.commands import enqueue
from samordna.notifications.installation import note_file
from samordna.notifications.models import OutboxItem, SendingClaim
from samordna.operations.worker import Worker
from samordna.sip import events
from samordna.sip.tests import factories as f
from tests.support.database import Databases

WAITING = 12


@pytest.fixture(autouse=True)
def county(settings: Any, tmp_path: Path) -> None:
    """As in production: an operator turns sending on, on a machine of its own."""
    settings.SENDING_IS_TURNED_ON_BY_HAND = True
    settings.VAR_DIR = tmp_path / "machine"


def command(*arguments: str) -> str:
    said = io.StringIO()
    call_command("sending", *arguments, stdout=said)
    return said.getvalue()


def on(*arguments: str) -> str:
    return command("on", "--reason", "Driftstart", *arguments)


def wait(key: str, count: int = WAITING) -> None:
    for number in range(count):
        enqueue(
            event=events.PLAN_LOCKED, unit_id=1, address="norr@example.org", key=f"{key}{number}", at=clock.now(),
            unit_name="Norr",
        )  # fmt: skip


def sent() -> int:
    """How many mails a worker sends now."""
    mail.outbox.clear()
    call_command("worker", "--once")
    return len(mail.outbox)


def state(client: Client) -> tuple[str, int]:
    told = client.get("/readyz").json()
    return told["sending"], told["outbox_waiting"]


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Work in another database, as after restoring into it."""
    connections.close_all()
    there = connection.settings_dict
    before, there["NAME"] = there["NAME"], name
    try:
        yield
    finally:
        connections.close_all()
        there["NAME"] = before


def test_a_fresh_installation_sends_when_it_is_turned_on(db: None, client: Client) -> None:
    wait("a")
    assert sent() == 0
    assert state(client) == ("never_turned_on", WAITING)
    assert "12 will be sent" in on("--send-waiting")
    assert state(client) == ("on", WAITING)
    assert sent() == WAITING
    wait("b", 1)
    assert sent() == 1
    entry = Entry.objects.get(action="sending.turned_on")
    assert (entry.details, entry.object_id) == (
        {"waiting": WAITING, "withheld": 0},
        str(SendingClaim.objects.get().pk),
    )


@pytest.mark.race
def test_a_copy_sends_nothing_until_it_is_turned_on(
    committed_db: str, databases: Databases, client: Client
) -> None:
    """The drill: a database is restored beside the one that is in use, with notices that wait in both."""
    on()
    wait("a")
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    copy = databases.copy(name)
    with inside(copy):
        assert state(client) == ("other_database", WAITING)
        assert sent() == 0
        assert "12 are marked as not to be sent" in on("--not-sent-older-than", "0")
        assert state(client) == ("on", 0)
        assert sent() == 0
        assert OutboxItem.objects.filter(last_error="withheld").count() == WAITING
        assert client.get("/readyz").json()["outbox_failed"] == 0
    databases.drop(copy)


def test_a_copy_on_another_machine_sends_nothing(
    db: None, settings: Any, tmp_path: Path, client: Client
) -> None:
    """The same address there, such as localhost; what the machine knows is in no backup."""
    on()
    wait("a")
    settings.VAR_DIR = tmp_path / "drill"
    assert state(client) == ("not_turned_on_here", WAITING)
    assert sent() == 0
    assert "copy" in command()
    settings.VAR_DIR = tmp_path / "machine"
    assert sent() == WAITING


def test_a_database_put_back_in_its_place_sends_nothing_again(db: None, client: Client) -> None:
    on()
    wait("a")
    before = list(SendingClaim.objects.values())
    assert sent() == WAITING
    # As it was when the backup was taken: the mails are not sent yet, and the claim has counted none.
    OutboxItem.objects.update(sent_at=None, attempts=0)
    SendingClaim.objects.update(sent=before[0]["sent"])
    assert state(client) == ("older_than_sent", WAITING)
    assert sent() == 0
    on("--send-waiting")
    assert sent() == WAITING


def test_what_waits_is_asked_about(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    wait("a")
    with pytest.raises(CommandError, match="--send-waiting"):
        on()
    with pytest.raises(CommandError, match="--reason"):
        command("on", "--send-waiting")
    assert sent() == 0
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: "0")
    assert "12 are marked as not to be sent" in on()
    assert sent() == 0


def test_turned_off_nobody_sends(db: None, client: Client) -> None:
    on()
    wait("a")
    command("off")
    assert sent() == 0
    assert state(client) == ("turned_off", WAITING)
    assert Entry.objects.filter(action="sending.turned_off").count() == 1


def test_a_machine_that_cannot_keep_its_note_turns_nothing_on(
    db: None, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    settings.VAR_DIR = tmp_path / "file"
    with pytest.raises(CommandError, match="nothing was turned on"):
        on()
    assert not SendingClaim.objects.exists()


@pytest.mark.parametrize("kept", ["", "{}", '{"claim": "x", "sent": 1}', "[]", None])
def test_a_note_that_cannot_be_read_is_none(db: None, client: Client, kept: str | None) -> None:
    on()
    note_file().unlink() if kept is None else note_file().write_text(kept)
    assert state(client)[0] == "not_turned_on_here"


def test_the_worker_says_whether_it_sends(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    own = Worker()
    for _ in range(2):
        own.tell_of_sending()
    on()
    own.tell_of_sending()
    told = [record.msg["sending"] for record in caplog.records if "worker.sending" in str(record.msg)]
    assert told == ["never_turned_on", "on"]


def test_the_page_of_sent_notifications_says_so(db: None, client: Client) -> None:
    log_in(client, f.county().anna)
    address = reverse("notifications:folder")
    assert "Inga aviseringar skickas härifrån" in client.get(address).content.decode()
    on()
    assert "Inga aviseringar skickas härifrån" not in client.get(address).content.decode()
