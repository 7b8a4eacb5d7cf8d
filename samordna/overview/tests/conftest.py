"""A worker at a unit, logged in, at a moment that stands still."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

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
