"""What the tests of login and sessions share."""

import pytest
from django.test import Client

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in, worker


@pytest.fixture
def anna(db: None) -> Assignment:
    """A unit manager with one unit and both rights."""
    return worker(name="Anna Lindqvist", username="ANNLIN")


@pytest.fixture
def at_work(client: Client, anna: Assignment) -> Client:
    """Anna's browser, logged in at her unit."""
    log_in(client, anna)
    return client
