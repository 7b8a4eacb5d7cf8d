"""A worker at a unit, logged in, at a moment that stands still."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in, worker

# A Wednesday, 09.31 in Sweden
AT = datetime(2026, 5, 13, 7, 31, tzinfo=UTC)


@pytest.fixture
def travel(db: None) -> Iterator[Callable[[datetime], None]]:
    """Moves the clock on."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller.move_to


@pytest.fixture
def at(travel: Callable[[datetime], None]) -> datetime:
    return AT


@pytest.fixture
def anna(at: datetime) -> Assignment:
    return worker(name="Anna Lindqvist")


@pytest.fixture
def page(client: Client, anna: Assignment) -> Client:
    log_in(client, anna)
    return client


@pytest.fixture
def statements() -> Callable[[Callable[[], object]], list[str]]:
    """What is asked of the database meanwhile, without the control of transactions."""

    def taken(act: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            act()
        # Django asks SQLite once per connection whether it knows JSON.
        control = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "SELECT JSON('")
        return [query["sql"] for query in captured if not query["sql"].startswith(control)]

    return taken
