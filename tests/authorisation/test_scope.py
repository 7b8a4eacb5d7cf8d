"""A role reaches what its grant covers and nothing else, wherever its holder stands (K-05).

Each holder stands at a unit that the role does not cover. Every page and act under *Administrera* is asked for a place
of each kind in a small county: one that the grant covers, one that it does not, and one that it covers and that the
page is not for. Which place stands for its kind goes round, so that all of them are asked about. What lies outside the
grant looks like what does not exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment, SystemRoleGrant
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import (
    DepartmentFactory,
    OperationFactory,
    PrincipalFactory,
    SystemRoleGrantFactory,
    UnitFactory,
    log_in,
    worker,
)
from samordna.audit.models import Entry
from samordna.audit.states import Result
from samordna.kernel.clock import now, today
from samordna.organisations.models import Organisation
from samordna.organisations.states import Level, PrincipalKind
from samordna.sip.tests import factories as f
from tests.authorisation.browsers import undone
from tests.authorisation.test_table import READING
from tests.support.stages import built_once

TREE = ("town", "care", "elderly", "north", "south", "school", "primary", "region", "hospital", "ward")
# What each place of the tree lies within, itself included.
WITHIN = {
    "town": {"town"},
    "care": {"care", "town"},
    "elderly": {"elderly", "care", "town"},
    "north": {"north", "elderly", "care", "town"},
    "south": {"south", "care", "town"},
    "school": {"school", "town"},
    "primary": {"primary", "school", "town"},
    "region": {"region"},
    "hospital": {"hospital", "region"},
    "ward": {"ward", "hospital", "region"},
}
UNITS = ("north", "south", "primary", "ward")
DEPARTMENTS = ("care", "school", "hospital")
# Route, place, address, whether it is to be there.
Question = tuple[str, str, str, bool]
A, M, U = SystemRole.ADMINISTRATOR, SystemRole.SYSTEM_MANAGER, SystemRole.SUPERUSER
HOLDERS = [
    *((A, over) for over in ("north", "elderly", "care", "town", "region")),
    *((M, over) for over in ("north", "town", "region")),
    *((U, over) for over in ("north", "care", "region")),
]


# The sample of this on PostgreSQL is the table of authorisation.
pytestmark = pytest.mark.once("sqlite")


@dataclass
class World:
    """The places by name, somebody who works at each unit, with a system role there, and a lost case of each unit."""

    places: dict[str, Organisation]
    people: dict[str, Assignment]
    grants: dict[str, SystemRoleGrant]
    cases: dict[str, UUID]
    holder: Assignment


@pytest.fixture
def world(db: None) -> World:
    return _build()


@built_once
def _build() -> World:
    places: dict[str, Organisation] = {}
    places["town"] = PrincipalFactory(name="Exempelköpings kommun")
    places["region"] = PrincipalFactory(name="Region Exempel", principal_kind=PrincipalKind.REGION)
    places["care"] = DepartmentFactory(name="Omsorgsförvaltningen", parent=places["town"])
    places["school"] = DepartmentFactory(name="Bildningsförvaltningen", parent=places["town"])
    places["hospital"] = DepartmentFactory(name="Lasarettet", parent=places["region"])
    places["elderly"] = OperationFactory(name="Äldreomsorgen", parent=places["care"])
    for name, parent in (
        ("north", "elderly"),
        ("south", "care"),
        ("primary", "school"),
        ("ward", "hospital"),
    ):
        places[name] = UnitFactory(name=f"Enheten {name}", parent=places[parent])
    people = {name: worker(places[name], name=f"Person {name}") for name in UNITS}
    grants = {
        name: SystemRoleGrantFactory(user=people[name].user, role=U, organisation=places[name])
        for name in UNITS
    }
    cases = {name: _lost_case(places[name]) for name in UNITS}
    outside = UnitFactory(name="Annorstädes", parent=DepartmentFactory(name="Annan förvaltning"))
    return World(places, people, grants, cases, worker(outside, name="Rolf Roll"))


def _lost_case(unit: Organisation) -> UUID:
    """A case whose coordinator has left."""
    gone = worker(unit, name=f"Slutat {unit.name}")
    case_id = f.new_case(gone)
    Assignment.objects.filter(pk=gone.pk).update(ends_on=today(now()) - timedelta(days=1))
    return case_id


@pytest.mark.urls("tests.authorisation.urls")
@pytest.mark.requirement("K-05", "K-13", "K-04")
@pytest.mark.parametrize(("role", "over"), HOLDERS)
def test_a_role_reaches_what_its_grant_covers_wherever_one_stands(world: World, role: str, over: str) -> None:
    SystemRoleGrantFactory(user=world.holder.user, role=role, organisation=world.places[over])
    client = Client(raise_request_exception=False)
    log_in(client, world.holder)
    county = role == M and over == "region"
    covered = {name for name in TREE if over in WITHIN[name]} | (set(TREE) if county else set())
    asked = _one_of_each_kind(
        _questions(world, role, covered, county=county), covered, HOLDERS.index((role, over))
    )
    wrong = [
        f"{name} of {place}: {found}"
        for name, place, address, allowed in asked
        for found in _faults(client, address, allowed=allowed)
    ]
    assert not wrong, "\n".join(wrong)


def _one_of_each_kind(questions: Iterator[Question], covered: set[str], turn: int) -> list[Question]:
    """Of each page or act a place that it is for, one that is covered and it is not for, and one not covered."""
    kinds: dict[tuple[str, bool, bool], list[Question]] = {}
    for question in questions:
        name, place, _address, allowed = question
        kinds.setdefault((name, allowed, place in covered), []).append(question)
    return [found[(turn + number) % len(found)] for number, found in enumerate(kinds.values())]


def _questions(world: World, role: str, covered: set[str], *, county: bool) -> Iterator[Question]:
    """Route, place, address, whether it is to be there."""
    for place in TREE:
        row, inside = world.places[place], place in covered
        keeps = role in {A, M} and inside
        yield "place", place, reverse("organisations:place", args=[row.pk]), keeps
        yield "close", place, reverse("organisations:close", args=[row.pk]), keeps
        yield "reopen", place, reverse("organisations:reopen", args=[row.pk]), keeps
        notices = keeps and row.level == Level.UNIT
        yield "notices", place, reverse("organisations:notices", args=[row.pk]), notices
        below = keeps and row.level != Level.UNIT
        yield "add", place, reverse("organisations:add", args=[row.pk]), below
        department = keeps and place in DEPARTMENTS
        yield "settings", place, reverse("organisations:department_settings", args=[row.pk]), department
        setting = reverse("organisations:department_setting", args=[row.pk, "deadlines"])
        yield "setting", place, setting, department
        rights = reverse("assignments:rights_of", args=[row.pk])
        yield "rights", place, rights, role == A and inside and place in DEPARTMENTS
    for place in UNITS:
        yield from _about_people(world, place, role == A and place in covered)
        names = role in {A, U} and place in covered
        yield "case", place, reverse("sip:replace_coordinator", args=[world.cases[place]]), names
    yield "settings", "county", reverse("organisations:setting", args=["deadlines"]), county
    yield "add", "county", reverse("organisations:add_principal"), county
    yield "import", "county", reverse("organisations:import"), county
    yield "export", "county", reverse("organisations:export"), county


def _about_people(world: World, place: str, allowed: bool) -> Iterator[Question]:
    person = world.people[place]
    for name in ("user", "user_password", "user_active", "assignment_new", "role_new"):
        yield name, place, reverse(f"assignments:{name}", args=[person.user_id]), allowed
    end = reverse("assignments:assignment_end", args=[person.user_id, person.pk])
    yield "assignment_end", place, end, allowed
    role_end = reverse("assignments:role_end", args=[person.user_id, world.grants[place].pk])
    yield "role_end", place, role_end, allowed
    yield "appoint", place, reverse("assignments:appoint", args=[person.pk]), allowed
    yield "staff", place, reverse("assignments:staff_of", args=[world.places[place].pk]), allowed


def _faults(client: Client, address: str, *, allowed: bool) -> Iterator[str]:
    """Both methods, each undone. What is not to be there is not found, is told in the log, and nothing is done.

    What a form is sent to leads to the form's page when it is opened: there it is judged. Appointing is sent from the
    list of the own unit, which tells nothing of whom the address is about.
    """
    own_list = reverse("assignments:staff")
    for method in ("get", "post"):
        with undone():
            last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
            answer = getattr(client, method)(address, follow=method == "get")
            if answer.request["PATH_INFO"] == own_list:
                continue
            status = answer.status_code
            if status >= 500:
                yield f"{method} fails with {status}"
            elif allowed and status == 404:
                yield f"{method} is shut out"
            elif not allowed and status not in {404, 405}:
                yield f"{method} is let in with {status}"
            done = Entry.objects.filter(pk__gt=last, result=Result.DONE).exclude(action__in=READING)
            if not allowed and done.exists():
                yield f"{method} did {done[0].action}"


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize(("role", "over"), HOLDERS)
def test_lists_hold_what_the_grant_covers_and_nothing_else(world: World, role: str, over: str) -> None:
    SystemRoleGrantFactory(user=world.holder.user, role=role, organisation=world.places[over])
    client = Client()
    log_in(client, world.holder)
    covered = {name for name in UNITS if over in WITHIN[name]}
    everything = set(UNITS) if role == M and over == "region" else covered
    assert _named(client, "assignments:users", world.people) == (covered if role == A else None)
    assert _named(client, "assignments:roles", world.people) == (covered if role == A else None)
    assert _units_of_tree(client, world) == (everything if role in {A, M} else None)
    shown = client.get(reverse("sip:without_coordinator"))
    if role == M:
        assert shown.status_code == 404
    else:
        found = {envelope.case_id for envelope in shown.context["envelopes"]}
        assert found == {world.cases[name] for name in covered}


def _named(client: Client, route: str, people: dict[str, Assignment]) -> set[str] | None:
    answer = client.get(reverse(route))
    if answer.status_code == 404:
        return None
    page = answer.content.decode()
    return {name for name, person in people.items() if person.user.name in page}


def _units_of_tree(client: Client, world: World) -> set[str] | None:
    """The units found by following every link of the tree downwards from its first page."""
    answer = client.get(reverse("organisations:tree"))
    if answer.status_code == 404:
        return None
    names = {place.pk: name for name, place in world.places.items()}
    found, waiting = set(), [line.id for line in answer.context["lines"]]
    while waiting:
        place_id = waiting.pop()
        found.add(names.get(place_id, ""))
        page = client.get(reverse("organisations:place", args=[place_id]))
        waiting += [line.id for line in page.context["card"].below]
    return found & set(UNITS)


@pytest.mark.requirement("K-05")
@pytest.mark.parametrize(("role", "over"), HOLDERS)
def test_administer_offers_the_pages_that_are_there(world: World, role: str, over: str) -> None:
    SystemRoleGrantFactory(user=world.holder.user, role=role, organisation=world.places[over])
    client = Client()
    log_in(client, world.holder)
    offered = {entrance.href for entrance in client.get(reverse("overview:administer")).context["entrances"]}
    there = {
        "assignments:users": role == A,
        "assignments:rights": role == A and over in {"care", "town", "region"},
        "assignments:staff": role == A,
        "organisations:tree": role in {A, M},
        "organisations:settings": role in {A, M} and over in {"care", "town", "region"},
        "sip:without_coordinator": role in {A, U},
    }
    for route, wanted in there.items():
        assert (reverse(route) in offered) == wanted, route
    rail = client.get(reverse("organisations:address_book")).content.decode()
    for route in ("assignments:users", "assignments:rights", "organisations:tree", "organisations:settings"):
        assert (f'href="{reverse(route)}"' in rail) == there[route], route
    for href in offered:
        assert client.get(href, follow=True).status_code == 200, href


@pytest.mark.requirement("K-05")
def test_the_kind_of_a_principal_is_not_changed_by_who_keeps_only_that(world: World) -> None:
    """A system manager of a municipality that became a region would keep the whole county."""
    SystemRoleGrantFactory(user=world.holder.user, role=M, organisation=world.places["town"])
    client = Client()
    log_in(client, world.holder)
    address = reverse("organisations:place", args=[world.places["town"].pk])
    typed = {"seen": client.get(address).context["form"]["seen"].value(), "name": "Staden"}
    page = client.post(address, {**typed, "principal_kind": "REGION"}).content.decode()
    assert "Bara regionens systemförvaltare ändrar typen av huvudman." in page
    client.post(address, {**typed, "principal_kind": "MUNICIPALITY"})
    town = Organisation.objects.get(pk=world.places["town"].pk)
    assert (town.name, town.principal_kind) == ("Staden", "MUNICIPALITY")


@pytest.mark.requirement("K-05")
def test_who_has_left_and_works_elsewhere_is_not_changed_any_more(world: World) -> None:
    SystemRoleGrantFactory(user=world.holder.user, role=A, organisation=world.places["north"])
    client = Client()
    log_in(client, world.holder)
    moved = world.people["north"]
    address = reverse("assignments:user", args=[moved.user_id])
    seen = client.get(address).context["form"]["seen"].value()
    Assignment.objects.filter(pk=moved.pk).update(ends_on=today(now()) - timedelta(days=1))
    SystemRoleGrant.objects.filter(user=moved.user).delete()
    there = worker(world.places["ward"], user=moved.user)
    typed = {"seen": seen, "name": "Nytt Namn", "email": "", "phone": "", "work_address": "", "hsa_id": ""}
    page = client.post(address, typed).content.decode()
    assert "Användaren arbetar nu utanför det du administrerar." in page
    assert world.places["ward"].name not in page
    there.delete()
    client.post(address, typed)
    moved.user.refresh_from_db()
    assert moved.user.name == "Nytt Namn"
