from collections.abc import Iterator

import pytest
from django.db import transaction

from samordna.demo import filling
from samordna.kernel import clock
from tests.support.stages import built_once


@built_once
def filled_small_county() -> filling.Filled:
    return filling.fill(now=clock.now(), small=True)


@pytest.fixture(scope="module")
def small_county(django_db_setup, django_db_blocker) -> Iterator[filling.Filled]:
    """The small county, filled once a run, laid in for all tests of the module, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield filled_small_county()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def full_county(django_db_setup, django_db_blocker) -> Iterator[filling.Filled]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield filling.fill(now=clock.now(), small=False)
        transaction.set_rollback(True)
