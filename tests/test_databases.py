"""The ground that all other tests stand on: databases that reset without emptying a table."""

import pytest
from django.db import connection

from samordna.kernel.collation import swedish
from samordna.organisations.models import Organisation


def count() -> int:
    return Organisation.objects.filter(name="En ort").count()


def make() -> None:
    Organisation.objects.create(level="PRINCIPAL", name="En ort", search_key="en ort")


@pytest.mark.django_db
@pytest.mark.parametrize("_again", [1, 2])
def test_an_ordinary_test_sees_nothing_of_others(_again: int) -> None:
    assert count() == 0
    make()


@pytest.mark.race
@pytest.mark.parametrize("_again", [1, 2])
def test_a_committing_test_has_its_own_database(_again, committed_db, in_threads) -> None:
    assert count() == 0
    make()
    assert not connection.in_atomic_block
    assert in_threads(count, count) == [1, 1]


def test_swedish_order(db) -> None:
    for name in ["Östergård", "Zebra", "Ängen", "åsen", "Asken"]:
        Organisation.objects.create(level="PRINCIPAL", name=name, search_key=name)
    ordered = Organisation.objects.order_by(swedish("name")).values_list("name", flat=True)
    assert list(ordered) == ["Asken", "Zebra", "åsen", "Ängen", "Östergård"]
