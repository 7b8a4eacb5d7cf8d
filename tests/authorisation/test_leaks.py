"""Every route, asked by those who may not see: no answer shows a person before right, limit and log (V-23, L-04, L-12).

Asked with numbers of persons known, protected and with a SIP, in forms filled in well and badly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import UnitFactory, log_in, worker
from samordna.audit.models import Entry
from samordna.audit.states import Result
from samordna.kernel import clock
from samordna.kernel.identifiers import parse
from samordna.organisations.commands import change_setting
from samordna.people.commands import find_or_create_person
from samordna.people.models import Person
from samordna.people.states import Protection
from samordna.people.tests.factories import ANOTHER, GROWN_UP, OLD
from samordna.sip.tests import factories as f
from tests.authorisation.browsers import Browsers, undone
from tests.authorisation.table import TABLE
from tests.authorisation.test_table import ROUTES, World, address, world

__all__ = ["world"]
# Everybody's, with every unit in it.
ADDRESS_BOOK = {"organisations:address_book", "organisations:search", "organisations:unit"}
SPENT_ON = "19380102-9202"


@dataclass
class Watched:
    """A person whom the strangers know only by number, and the words that would tell who it is."""

    number: str
    person_id: UUID
    words: tuple[str, ...]


@pytest.fixture
def watched(world: World) -> list[Watched]:
    case_person = f.facts_of(world.values["case_id"]).case.person_id
    Person.objects.filter(pk=case_person).update(name="Kvittrulf Fallström")
    known = _person(OLD, "Osvalda Ekfors")
    hidden = _person(GROWN_UP, "Tuvalisa Skogbryn")
    elsewhere = _person(ANOTHER, "Hjalmarina Sipdal")
    f.new_case(worker(UnitFactory(name="Hemliga gatan 4")), person_id=elsewhere)
    f.new_case(worker(UnitFactory(name="Undangömda 7")), person_id=hidden)
    Person.objects.filter(pk=hidden).update(protection=Protection.FICTITIOUS)
    card = f.facts_of(world.values["case_id"])
    return [
        Watched(_number_of(card.case.person_id), card.case.person_id, ("Kvittrulf", "Fallström")),
        Watched(OLD, known, ("Osvalda", "Ekfors")),
        Watched(GROWN_UP, hidden, ("Tuvalisa", "Skogbryn", "Undangömda 7")),
        Watched(ANOTHER, elsewhere, ("Hjalmarina", "Sipdal")),
    ]


def _person(number: str, name: str) -> UUID:
    return find_or_create_person(actor=None, identifier=parse(number), name=name, at=clock.now()).id


def _number_of(person_id: UUID) -> str:
    return str(Person.objects.get(pk=person_id).identifiers.get(replaced_at=None).value)


def _typed(number: str) -> Iterator[dict[str, str]]:
    """Forms that ask about a number: as it should be, and with a fault in what stands beside it."""
    for name in ("Någon Helt Annan", "x" * 500):
        yield {
            "identifier": number,
            "name": name,
            "reason": "Fel siffra",
            "q": number,
            "version": "1",
            "form_key": str(uuid4()),
            "draft_form": "case:new",
        }


def _asked(client: Client, where: str, watched: list[Watched]) -> Iterator[tuple[str, HttpResponse, str]]:
    """What was asked, the answer (the page that it leads to), and what the user had typed."""
    yield "GET", client.get(where, follow=True), ""
    first = client.post(where, {}, follow=True)
    yield "empty POST", first, ""
    if first.status_code in {404, 405}:
        return
    for one in watched:
        for typed in _typed(one.number):
            yield f"POST {one.number}", client.post(where, typed, follow=True), one.number


def _shown(answer: HttpResponse, watched: list[Watched]) -> list[Watched]:
    page = b"".join(answer).decode(errors="replace") if answer.streaming else answer.content.decode()
    return [one for one in watched if any(word in page for word in one.words)]


def _strangers(world: World) -> dict[str, Assignment]:
    spent = worker(world.people["S"].unit, name="Utan Frågor")
    return {"R": world.people["R"], "S": world.people["S"], "past the limit": spent}


@pytest.mark.once("sqlite")
@pytest.mark.requirement("L-12", "L-02", "L-04", "V-23")
def test_no_route_shows_a_person_before_right_limit_and_log(world: World, watched: list[Watched]) -> None:
    strangers = _strangers(world)
    _limit(1)
    _ask_once(strangers["past the limit"])
    faults, browsers = [], Browsers(strangers)
    for who, assignment in strangers.items():
        _limit(1 if who == "past the limit" else 1000)
        for name in sorted(set(TABLE) - ADDRESS_BOOK):
            asked = _asked(browsers.of(who), address(name, ROUTES[name], world), watched)
            faults += [f"{name}: {fault}" for fault in _faults(asked, who, assignment, watched)]
    assert not faults, "\n".join(faults)


def _faults(
    asking: Iterator[tuple[str, HttpResponse, str]], who: str, assignment: Assignment, watched: list[Watched]
) -> Iterator[str]:
    while True:
        last = _last_entry()
        with undone():
            step: Any = next(asking, None)
            if step is None:
                return
            what, answer, _typed_number = step
            if answer.status_code >= 500:
                yield f"{who} {what} fails with {answer.status_code}"
            for one in _shown(answer, watched):
                if who != "S" or not _logged(one, assignment, last):
                    yield f"{who} {what} is shown {one.words[0]}"


def _logged(one: Watched, assignment: Assignment, last: int) -> bool:
    entries = Entry.objects.filter(pk__gt=last, user_id=assignment.user_id, result=Result.DONE)
    return entries.filter(person_id=one.person_id).exists()


def _last_entry() -> int:
    return Entry.objects.order_by("-id").values_list("pk", flat=True)[0]


def _limit(questions: int) -> None:
    change_setting(
        actor=None,
        department_id=None,
        key="existence_questions_per_hour",
        value=questions,
        at=clock.now(),
    )


def _ask_once(assignment: Assignment) -> None:
    client = Client()
    log_in(client, assignment)
    client.post(reverse("sip:new"), {"identifier": SPENT_ON})


@pytest.mark.requirement("L-04", "V-23")
def test_a_stranger_is_never_shown_a_protected_person_nor_who_has_the_sip(
    world: World, watched: list[Watched]
) -> None:
    client = Client()
    log_in(client, world.people["S"])
    hidden = next(one for one in watched if one.number == GROWN_UP)
    for name in ("sip:new", "sip:create", "overview:search"):
        for typed in _typed(hidden.number):
            answer = client.post(reverse(name), typed, follow=True)
            assert _shown(answer, [hidden]) == [], name
