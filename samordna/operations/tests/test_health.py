"""Whether a process lives and can serve, told to whoever watches (no requirement row: operations)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse

from samordna.kernel import clock
from samordna.notifications.commands import enqueue
from samordna.operations import queries
from samordna.sip import events


def test_alive_without_asking_the_database(client: Client, django_assert_num_queries, db) -> None:
    with django_assert_num_queries(0):
        answer = client.get(reverse("operations:live"))
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_tells_what_waits(client: Client, db) -> None:
    at = clock.now() - timedelta(hours=1)
    enqueue(event=events.PLAN_LOCKED, unit_id=1, address="norr@example.org", key="a", at=at, unit_name="Norr")
    answer = client.get(reverse("operations:ready"))
    told = answer.json()
    assert (answer.status_code, told["ready"], told["outbox_waiting"], told["late"]) == (200, True, 1, True)
    assert told["prints_waiting"] == 0
    # Nothing but counts: not the unit's address nor its name.
    assert "norr" not in answer.content.decode().lower()


def test_not_ready_while_a_migration_is_missing(client: Client, db) -> None:
    queries._all_applied.cache_clear()
    latest = MigrationLoader(connection).graph.leaf_nodes("sip")[0]
    MigrationRecorder(connection).record_unapplied(*latest)
    try:
        answer = client.get(reverse("operations:ready"))
    finally:
        queries._all_applied.cache_clear()
    assert (answer.status_code, answer.json()["migrated"]) == (503, False)


@pytest.mark.parametrize("name", ["operations:live", "operations:ready"])
def test_only_read(name: str, client: Client) -> None:
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize(("address", "status"), [("/livez", 200), ("/readyz", 200), ("/login/", 400)])
def test_whoever_watches_asks_by_number(address: str, status: int, client: Client, db, settings) -> None:
    """A proxy's check and a question at the port carry none of the site's names, and no TLS."""
    settings.ALLOWED_HOSTS = ["sip.example.se"]
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(address, headers={"host": "127.0.0.1:8000"})
    assert answer.status_code == status


def test_alive_with_a_session_and_without_a_database(client: Client) -> None:
    """No mark for the database: whatever of it this request touched would raise."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    answer = client.get(reverse("operations:live"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
