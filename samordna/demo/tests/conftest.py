from collections.abc import Iterator

import pytest
from django.db import transaction

from samordna.demo import filling
from samordna.kernel import clock


@pytest.fixture(scope="module")
def small_county(django_db_setup, django_db_blocker) -> Iterator[filling.Filled]:
    """The small county, filled once for all tests of the module, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield filling.fill(now=clock.now(), small=True)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def full_county(django_db_setup, django_db_blocker) -> Iterator[filling.Filled]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield filling.fill(now=clock.now(), small=False)
        transaction.set_rollback(True)
