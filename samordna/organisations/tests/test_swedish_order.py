"""Every list of places is in Swedish order: å, ä, ö last, capitals as small letters."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samordna.organisations.tests.factories import County, department, principal, unit

pytestmark = pytest.mark.both

# By the codes of the letters Zeta is first, and Ärla before Åsa.
ORDER = ["adam", "Zeta", "Åsa", "Ärla", "Örjan"]
MADE = ["Örjan", "Zeta", "Ärla", "adam", "Åsa"]
Page = Callable[[Client, County], str]


def _got(route: str, **query: str) -> Page:
    return lambda manager, _places: manager.get(reverse(f"organisations:{route}"), query).content.decode()


def _of_place(manager: Client, places: County) -> str:
    return manager.get(reverse("organisations:place", args=[places.care.pk])).content.decode()


UNITS: dict[str, Page] = {
    "address book": _got("address_book"),
    "found": _got("address_book", q="ordnad"),
    "suggested": _got("search", q="ordnad"),
    "the tree": _of_place,
    "municipalities": _got("address_book", q="finns inte"),
    "export": _got("export"),
}


@pytest.mark.parametrize("name", UNITS)
def test_units_stand_in_swedish_order(places: County, manager: Client, name: str) -> None:
    for one in MADE:
        if name == "municipalities":
            unit(places.care, f"{one} enhet", municipality=f"{one} Ordnad")
        else:
            unit(places.care, f"{one} Ordnad")
    assert in_order(UNITS[name](manager, places)) == ORDER


@pytest.mark.parametrize(("level", "route"), [("principal", "tree"), ("department", "settings")])
def test_what_lies_above_stands_in_swedish_order(
    places: County, manager: Client, level: str, route: str
) -> None:
    for one in MADE:
        if level == "principal":
            principal(f"{one} Ordnad")
        else:
            department(places.municipality, f"{one} Ordnad")
    assert in_order(_got(route)(manager, places)) == ORDER


def in_order(page: str) -> list[str]:
    """The names as they follow on each other on the page, each once."""
    return list(dict.fromkeys(re.findall(rf"({'|'.join(MADE)}) Ordnad", page)))
