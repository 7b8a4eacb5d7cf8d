"""Every list of people and places under Administrera is in Swedish order: å, ä, ö last, capitals as small letters."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.conftest import County
from samordna.assignments.tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    SystemRoleGrantFactory,
    UnitFactory,
    log_in,
)
from samordna.assignments.tests.test_users_file import HEADING, export, send

pytestmark = pytest.mark.both

# By the codes of the letters Zeta is first, and Ärla before Åsa.
ORDER = ["adam", "Zeta", "Åsa", "Ärla", "Örjan"]
MADE = ["Örjan", "Zeta", "Ärla", "adam", "Åsa"]
Page = Callable[[Client, County], str]


def _got(route: str, *arguments: object) -> Callable[[Client], str]:
    return lambda admin: admin.get(reverse(f"assignments:{route}", args=arguments)).content.decode()


def _found(admin: Client, _county: County) -> str:
    return admin.post(reverse("assignments:users"), {"q": "Ordnad"}).content.decode()


def _first_passwords(admin: Client, _county: County) -> str:
    rows = [
        f"n{number};{name} Nyss;;Hemtjänsten Norr;Planerare;ny;2026-01-01;"
        for number, name in enumerate(MADE)
    ]
    page = send(admin, "\n".join([HEADING, *rows])).content.decode()
    return page[page.index("<code>") - 400 :].replace(" Nyss", " Ordnad")


PEOPLE: dict[str, Page] = {
    "users": lambda admin, _county: _got("users")(admin),
    "found": _found,
    "roles": lambda admin, _county: _got("roles")(admin),
    "staff": lambda admin, county: _got("staff_of", county.north.pk)(admin),
    "export": lambda admin, _county: export(admin).decode("utf-8-sig"),
    "first passwords": _first_passwords,
}


@pytest.mark.parametrize("name", PEOPLE)
def test_people_stand_in_swedish_order(admin: Client, county: County, name: str) -> None:
    for one in MADE:
        person = AssignmentFactory(unit=county.north, user__name=f"{one} Ordnad")
        SystemRoleGrantFactory(
            user=person.user, role=SystemRole.SUPERUSER, organisation=county.north, starts_on="2026-01-01"
        )
    assert in_order(PEOPLE[name](admin, county)) == ORDER


def _at_home(admin: Client, county: County) -> str:
    """Where one works oneself, to choose from."""
    for unit in county.care.children.filter(name__endswith="Ordnad"):
        AssignmentFactory(unit=unit, user=county.admin.user)
    return _got("choose_unit")(admin)


def _of_user(route: str) -> Page:
    def page(admin: Client, county: County) -> str:
        mine = AssignmentFactory(unit=county.south, user__name="Siv Solo")
        for unit in county.care.children.filter(name__endswith="Ordnad").order_by("pk"):
            AssignmentFactory(unit=unit, user=mine.user)
        return _got(route, *([mine.user_id] if route == "user" else []))(admin)

    return page


PLACES: dict[str, Page] = {
    "new user": lambda admin, _county: _got("user_new")(admin),
    "own units": _at_home,
    "a user's units": _of_user("users"),
    "a user's assignments": _of_user("user"),
}


@pytest.mark.parametrize("name", PLACES)
def test_places_stand_in_swedish_order(admin: Client, county: County, name: str) -> None:
    for one in MADE:
        UnitFactory(name=f"{one} Ordnad", parent=county.care)
    assert in_order(PLACES[name](admin, county)) == ORDER


def test_departments_stand_in_swedish_order(client: Client, county: County) -> None:
    SystemRoleGrantFactory(user=county.admin.user, organisation=county.care.principal)
    for one in MADE:
        DepartmentFactory(name=f"{one} Ordnad", parent=county.care.principal)
    log_in(client, Assignment.objects.get(pk=county.admin.pk))
    assert in_order(_got("rights")(client)) == ORDER


def in_order(page: str) -> list[str]:
    """The names as they follow on each other on the page, each once."""
    return list(dict.fromkeys(re.findall(rf"({'|'.join(MADE)}) Ordnad", page)))
