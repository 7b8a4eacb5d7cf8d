"""Every route and method by every person of the table, against a case that has reached a locked plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samordna.assignments.models import Assignment
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.tests.factories import (
    SystemRoleGrantFactory,
    UnitFactory,
    UserFactory,
    log_in,
    worker,
)
from samordna.audit.models import Entry
from samordna.audit.states import Action, Result
from samordna.casework.case.commands.case import give_consent, remove_unit
from samordna.kernel import clock
from samordna.messaging.states import Answer
from samordna.people import identity
from samordna.sip.models import Activity, Goal, Participant
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import identities
from tests.authorisation.browsers import Browsers, undone
from tests.authorisation.table import ALL, GETS_THAT_WRITE, OPEN, TABLE, WITHOUT_UNIT, Line
from tests.process import acts
from tests.support.left_out import runs_here
from tests.support.size import LONG
from tests.support.stages import built_once

# What is written in the log without anything being changed.
READING = {
    Action.CASE_SHOWN,
    Action.CASE_LISTED,
    Action.CASE_ENVELOPE_SHOWN,
    Action.CASE_SEARCHED,
    Action.MESSAGE_OPENED,
    Action.DOCUMENT_SHOWN,
}
NOT_THERE = UUID(int=1)


@dataclass
class World:
    """A case with all the table's people around it, and values for every address."""

    people: dict[str, Assignment]
    values: dict[str, Any]


@pytest.fixture
def world(db: None) -> World:
    return _build()


@built_once
def _build() -> World:
    county = f.county()
    left = worker(
        UnitFactory(name="Rehab Väster", parent=county.home_care.parent),
        name="Lars Lind",
        profession=Profession.PHYSIOTHERAPIST,
    )
    case_id, initiative = f.sent_initiative(
        county, county.health_centre, county.social, county.psychiatry, left.unit, county.insurance
    )
    for who in (county.david, county.cecilia, left):
        f.answer(case_id, initiative, who, Answer.ACCEPTED)
    give_consent(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        choice=f.CONSENT,
        unit_ids=[county.hospital.pk],
        at=clock.now(),
    )
    f.send_information(case_id, county.anna, f.to_units(county.hospital))
    f.send_a_summons(case_id, county.anna, [county.health_centre, county.social])
    chance, anna = Random(1), f.actor(county.anna)
    for act in (acts.begin_plan, acts.complete_plan, acts.sign_plan, acts.lock_plan):
        act(anna, case_id, chance, county)
    remove_unit(process=SIP, actor=anna, case_id=case_id, unit_id=left.unit_id, at=clock.now())
    number = f.made_up_number(date(1977, 5, 5))
    identities.change_number(case_id, county.anna, number)
    elsewhere = worker(
        UnitFactory(name="Vårdcentralen Eken", parent=county.health_centre.parent),
        profession=Profession.NURSE,
    )
    person = f.new_person(f.actor(elsewhere), name="Okänd", number="20260101K001")
    identities.ask_join(f.new_case(elsewhere, person_id=person), case_id, elsewhere, number)
    return World(_people(county, left), _values(county, case_id, initiative))


def _people(county: f.County, left: Assignment) -> dict[str, Assignment]:
    stranger = worker(
        UnitFactory(name="Vårdcentralen Björken", parent=county.health_centre.parent),
        profession=Profession.NURSE,
    )
    administrator = worker(county.home_care, initiates=False, answers=False, profession=Profession.OTHER)
    SystemRoleGrantFactory(
        user=administrator.user, role=SystemRole.ADMINISTRATOR, organisation=county.home_care.department
    )
    superuser = worker(county.home_care, profession=Profession.ASSISTANCE_OFFICER)
    SystemRoleGrantFactory(user=superuser.user, role=SystemRole.SUPERUSER, organisation=county.home_care)
    rightless = worker(county.home_care, initiates=False, answers=False, profession=Profession.TEACHER)
    return {
        "S": stranger, "I": county.eva, "F": county.frida, "L": left, "R": rightless, "a": county.cecilia,
        "m": county.david, "c": county.anna, "D": administrator, "U": superuser,
    }  # fmt: skip


def _values(county: f.County, case_id: UUID, initiative: UUID) -> dict[str, Any]:
    facts = f.facts_of(case_id)
    message = facts.message(initiative)
    plan = facts.standing(Part.PLAN)
    assert message is not None
    assert plan is not None
    goal = Goal.objects.get(edition__document__case_id=case_id)
    return {
        "case_id": case_id,
        "message_id": initiative,
        "delivery_id": next(d.id for d in message.deliveries if d.external),
        "version_id": plan.versions[0].id,
        "change_id": identity.changes_of([case_id])[0].id,
        "lineage": goal.lineage,
        "unit_id": county.social.pk,
        "user_id": county.anna.user_id,
        "assignment_id": county.anna.pk,
        "grant_id": SystemRoleGrantFactory(user=UserFactory(), organisation=county.home_care.department).pk,
        "department_id": county.home_care.department_id,
        "place_id": county.home_care.pk,
        "parent_id": county.home_care.department_id,
        "file_id": uuid4(),
        "passwords_id": uuid4(),
        "key": "deadlines",
        "page": "worklist",
    }


# What `lineage` and `slug` mean differs by route.
SLUGS = {
    "sip:part": "plan", "sip:draft": "information", "sip:check": "summons", "sip:discard": "information",
    "sip:participant_add": "plan", "sip:participant_person": "plan", "sip:participant_people": "plan",
    "sip:participant_attendance": "plan", "sip:participant_remove": "plan", "sip:participant_restore": "plan",
}  # fmt: skip


def address(name: str, pattern: URLPattern, world: World) -> str:
    values = dict(world.values)
    if name.startswith("sip:activity"):
        values["lineage"] = (
            Activity.objects.get().lineage if name != "sip:activity_new" else values["lineage"]
        )
    if name.startswith("sip:participant"):
        values["lineage"] = Participant.objects.order_by("position")[0].lineage
    values["slug"] = SLUGS.get(name, "")
    wanted = pattern.pattern.regex.groupindex if hasattr(pattern.pattern, "regex") else {}
    return reverse(name, kwargs={key: values[key] for key in wanted})


def routes() -> dict[str, URLPattern]:
    """All but those of a discharge, which has a world of its own (`test_discharge`)."""
    every = dict(_walk(get_resolver().url_patterns, ""))
    return {name: pattern for name, pattern in every.items() if not name.startswith("discharge:")}


def routes_of_a_discharge() -> dict[str, URLPattern]:
    every = dict(_walk(get_resolver().url_patterns, ""))
    return {name: pattern for name, pattern in every.items() if name.startswith("discharge:")}


def _walk(patterns: list[Any], room: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, pattern.namespace or room)
        else:
            yield f"{room}:{pattern.name}", pattern


ROUTES = routes()


@pytest.mark.requirement("L-02")
def test_every_route_has_its_line_and_every_line_its_route() -> None:
    assert set(routes()) - OPEN - WITHOUT_UNIT == set(TABLE)


@pytest.mark.urls("tests.authorisation.urls")
@pytest.mark.requirement("L-02", "K-04", "L-05")
def test_only_those_named_are_let_in_and_only_some_may_act(world: World) -> None:
    """Each request in a transaction that is rolled back, so that all meet the same case.

    On PostgreSQL only a stranger and one of those who are let in; who may do what does not come from the database.
    """
    wrong, browsers = [], Browsers(world.people)
    for name, line in TABLE.items():
        where = address(name, ROUTES[name], world)
        for who in _asking(name, line):
            with undone():
                wrong += [f"{name}: {fault}" for fault in _faults(world, browsers.of(who), line, where, who)]
    assert not wrong, "\n".join(wrong)


def test_a_get_that_writes_stands_in_the_table_with_its_reason() -> None:
    assert set(GETS_THAT_WRITE) <= set(TABLE) | WITHOUT_UNIT
    assert all(GETS_THAT_WRITE.values())


@pytest.mark.once("sqlite")
def test_head_is_answered_wherever_get_is(world: World) -> None:
    """As the protocol says of every page: watchers and proxies ask so. Nothing but the body is left out."""
    other, browsers = {}, Browsers(world.people)
    for name, line in TABLE.items():
        where, who = address(name, ROUTES[name], world), _looks(line)
        answers = []
        for method in ("get", "head"):
            with undone():
                answers.append(getattr(browsers.of(who), method)(where))
        statuses = tuple(answer.status_code for answer in answers)
        if len(set(statuses)) > 1 or answers[1].content:
            other[name] = statuses
    assert other == {}


# How one stands to the case says nothing of a page that is about none: there a stranger speaks for these.
ONLY_BY_THE_CASE = "IFLm"


def _asking(name: str, line: Line) -> set[str]:
    if LONG:
        return set(ALL)
    if not runs_here("sqlite"):
        return {"S", _looks(line)}
    about_a_case = "case_id" in ROUTES[name].pattern.regex.groupindex
    return set(ALL) if about_a_case else set(ALL) - set(ONLY_BY_THE_CASE)


def _looks(line: Line) -> str:
    who = line.get or line.post or "c"
    return "c" if "c" in who else who[0]


def _faults(world: World, client: Client, line: Line, where: str, who: str) -> Iterator[str]:
    last = _last_entry()
    answer = client.get(where)
    # Where a form is posted to, GET leads to the form's page, which has its own line; nothing is shown or done.
    if line.get or answer.status_code != HTTPStatus.FOUND:
        yield from _fault(answer, line.get, bool(line.get or not line.post), who, "GET")
    yield from _untold(answer, where, last, world, who, "GET")
    last = _last_entry()
    answer = client.post(where)
    yield from _fault(answer, line.post, bool(line.post or not line.get), who, "POST")
    yield from _untold(answer, where, last, world, who, "POST")
    done = Entry.objects.filter(pk__gt=last, result=Result.DONE).exclude(action__in=READING)
    if who not in line.act and done.exists():
        yield f"{who} POST did {done[0].action}"


def _last_entry() -> int:
    return Entry.objects.order_by("-id").values_list("pk", flat=True)[0]


def _untold(
    response: HttpResponse, where: str, last: int, world: World, who: str, method: str
) -> Iterator[str]:
    """A page about the case that was shown, and whatever was refused, stand in the log with who and what (L-05)."""
    told = Entry.objects.filter(pk__gt=last, user_id=world.people[who].user_id)
    case_id = world.values["case_id"]
    if response.status_code in {403, 404} and not told.filter(result=Result.REFUSED).exists():
        yield f"{who} {method} was refused without a word in the log"
    elif response.status_code == 200 and str(case_id) in where:
        shown = told.filter(result=Result.DONE, case_id=case_id).exclude(person_id=None)
        if not (shown.exists() or where.endswith("/people/")):  # colleagues to choose from, and no individual
            yield f"{who} {method} was shown the case without a word in the log"


def _fault(response: HttpResponse, allowed: str, exists: bool, who: str, method: str) -> Iterator[str]:
    status = response.status_code
    if status >= 500:
        yield f"{who} {method} fails with {status}"
    elif who in allowed and status in {404, 405}:
        yield f"{who} {method} is shut out with {status}"
    elif who not in allowed and status not in {403, 404, 405}:
        yield f"{who} {method} is let in with {status}"


@pytest.mark.once("sqlite")
@pytest.mark.requirement("L-02", "L-07")
def test_the_anonymous_come_to_login_and_those_without_a_unit_to_the_choice(world: World) -> None:
    nobody, loose = Client(), Client()
    log_in(loose, world.people["S"])
    session = loose.session
    del session["assignment_id"]
    session.save()
    wrong = []
    for name in TABLE:
        where = address(name, ROUTES[name], world)
        for method in ("get", "post"):
            with undone():
                answer = getattr(nobody, method)(where)
                if not _leads_to(answer, "accounts:login"):
                    wrong.append(f"{name} {method} anonymous: {answer.status_code}")
                answer = getattr(loose, method)(where)
                if not _leads_to(answer, "assignments:choose_unit"):
                    wrong.append(f"{name} {method} without a unit: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def _leads_to(answer: HttpResponse, route: str) -> bool:
    """A redirect there; or, to a script that saves typing, the answer that it must log in."""
    if answer.status_code == 302:
        return answer.headers["Location"].startswith(reverse(route))
    return answer.status_code in {401, 403}
