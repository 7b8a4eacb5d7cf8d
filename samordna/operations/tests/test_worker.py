"""The worker: does what is due, once, and ends when it is asked to."""

import io
import logging
import logging.config
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError

from samordna.audit.commands import record
from samordna.audit.models import Seal
from samordna.audit.states import Action
from samordna.config.logging import logging_settings
from samordna.kernel import clock
from samordna.notifications.commands import enqueue
from samordna.notifications.models import OutboxItem
from samordna.operations import commands
from samordna.operations.worker import IDLE_SECONDS, Worker
from samordna.sip import events
from samordna.web.models import FormReceipt
from tests.support.server import environment_for

ROOT = Path(__file__).resolve().parents[3]


def waiting(count: int = 1) -> None:
    for number in range(count):
        enqueue(
            event=events.PLAN_LOCKED,
            unit_id=1,
            address="norr@example.org",
            key=str(number),
            at=clock.now(),
            unit_name="Norr",
        )


def test_once_does_all_that_is_due(db) -> None:
    waiting(commands.MAILS_A_ROUND + 2)
    record(actor=None, at=clock.now(), action=Action.SETTINGS_CHANGED)
    call_command("worker", "--once")
    assert len(mail.outbox) == commands.MAILS_A_ROUND + 2
    assert Seal.objects.count() == 1


def test_daily_tidying_is_done_once_a_day(db) -> None:
    at = clock.now()
    old, new = at - timedelta(days=8), at - timedelta(days=1)
    for moment, key in ((old, 1), (new, 2)):
        FormReceipt.objects.create(user_id=1, key=f"00000000-0000-0000-0000-00000000000{key}", at=moment)
    own = Worker()
    own.round(at)
    assert list(FormReceipt.objects.values_list("at", flat=True)) == [new]
    FormReceipt.objects.create(user_id=1, key="00000000-0000-0000-0000-000000000003", at=old)
    own.round(at + timedelta(hours=23))
    assert FormReceipt.objects.count() == 2
    own.round(at + timedelta(hours=24))
    assert FormReceipt.objects.count() == 1


def broken(_at) -> int:
    raise OperationalError("row: 20020202-2380")


def test_a_failing_job_stops_no_other(db) -> None:
    waiting()
    own = Worker(each_round={"broken": lambda _at: 1 // 0, **commands.EACH_ROUND})
    assert own.pause_after(own.round(clock.now())) == 1
    assert len(mail.outbox) == 1


@pytest.mark.race
def test_a_database_that_is_away_is_waited_for(committed_db) -> None:
    own = Worker(each_round={"broken": broken})
    pauses = [own.pause_after(own.round(clock.now())) for _ in range(8)]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    own.each_round = commands.EACH_ROUND
    waiting()
    assert own.pause_after(own.round(clock.now())) == 0
    assert own.pause_after(own.round(clock.now())) == IDLE_SECONDS


def test_what_failed_is_logged_without_its_words(db) -> None:
    """A database's error quotes the row."""
    lines = io.StringIO()
    chosen = logging_settings(level="INFO")
    handler = logging.StreamHandler(lines)
    handler.setFormatter(
        logging.config.DictConfigurator(chosen).configure_formatter(chosen["formatters"]["json"])
    )
    logging.getLogger("samordna.operations").addHandler(handler)
    list(commands.perform({"broken": lambda _at: int("20020202-2380")}, clock.now()))
    logging.getLogger("samordna.operations").removeHandler(handler)
    assert "ValueError" in lines.getvalue()
    assert "2380" not in lines.getvalue()


def test_once_tells_that_a_job_failed(db) -> None:
    own = Worker(each_round={"broken": lambda _at: 1 // 0})
    own.run_once()
    assert own.failures == 1


def test_asked_to_stop_it_begins_no_more(db) -> None:
    done: list[str] = []

    def first(_at) -> int:
        own.stop()
        done.append("first")
        return 1

    own = Worker(each_round={"first": first, "second": lambda _at: done.append("second") or 1})
    own.round(clock.now())
    assert done == ["first"]


@pytest.mark.race
def test_two_workers_at_once_send_each_notification_once(committed_db, in_threads) -> None:
    waiting(12)
    in_threads(*[lambda: Worker().run_once() for _ in range(2)])
    assert len(mail.outbox) == 12
    assert OutboxItem.objects.filter(sent_at__isnull=False, attempts=1).count() == 12


@pytest.mark.race
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it(committed_db, tmp_path, number) -> None:
    environment = {**environment_for(committed_db, tmp_path), "SAMORDNA_LOG_LEVEL": "INFO"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        line = ""
        while "worker.started" not in line:
            line = process.stderr.readline()
            assert line, "it ended by itself"
        process.send_signal(number)
        said = process.communicate(timeout=30)[1]
    finally:
        if process.poll() is None:
            process.kill()
    assert process.returncode == 0
    assert "worker.stopped" in said
