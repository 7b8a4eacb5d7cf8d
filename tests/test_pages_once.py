"""Which of the rooms' page tests PostgreSQL is spared."""

from collections.abc import Callable
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import pages

pytestmark = pytest.mark.once("sqlite")

LIST = reverse("overview:sip")


def opened(name: str) -> int:
    return Client().get(reverse(f"sip:{name}", args=[uuid4()])).status_code


def reads_a_case() -> None:
    opened("case")


def reads_the_same_page() -> None:
    Client().get(reverse("sip:case", args=[uuid4()]))


def reads_by_address() -> None:
    Client().get(LIST)


def asks_no_page() -> None:
    reverse("sip:case", args=[uuid4()])


class Browser:
    @property
    def page(self) -> int:
        return opened("person")


def reads_by_a_class() -> None:
    assert Browser().page


def item(
    function: Callable[..., None], *marks: str, room: str = "samordna/sip", fixtures: tuple[str, ...] = ()
):
    return SimpleNamespace(
        nodeid=f"{room}/tests/test_it.py::{function.__name__}",
        function=function,
        fixturenames=fixtures,
        _fixtureinfo=SimpleNamespace(name2fixturedefs={}),
        get_closest_marker=lambda name: name in marks,
    )


@pytest.mark.parametrize(
    ("function", "routes"),
    [
        (reads_a_case, {"sip:case"}),
        (reads_the_same_page, {"sip:case"}),
        (reads_by_address, {"overview:sip"}),
        (reads_by_a_class, {"sip:person"}),
    ],
)
def test_the_routes_that_a_test_leads_to(function: Callable[..., None], routes: set[str]) -> None:
    assert pages.goes_by_pages(item(function))
    assert set(pages.routes_of(item(function))) == routes


def test_a_fixture_that_only_makes_the_database_does_not_keep_a_test_there() -> None:
    made = item(reads_a_case, fixtures=("db", "django_db_setup", "databases", "client"))
    assert pages.goes_by_pages(made)


def test_one_page_of_each_route_is_left_and_nothing_else_is_touched() -> None:
    first, same, other = item(reads_a_case), item(reads_the_same_page), item(reads_by_address)
    left_alone = [
        item(asks_no_page),
        item(reads_a_case, "race"),
        item(reads_a_case, "both"),
        item(reads_a_case, room="tests/process"),
        item(reads_a_case, fixtures=("committed_db",)),
    ]
    assert list(pages.spared([*left_alone, first, same, other, same])) == [same, same]
