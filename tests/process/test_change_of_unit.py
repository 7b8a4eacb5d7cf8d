"""A change of unit while the list asks for itself, a text is kept and a page is opened: nobody is logged out by it."""

import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from samordna.accounts.models import LoginSession, Session
from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory
from tests.journeys.steps.county import Place, settle
from tests.process.browsers import PATIENCE, Browser, together
from tests.support.database import Databases
from tests.support.server import serving
from tests.support.size import LONG

pytestmark = pytest.mark.race
CHANGES = 200 if LONG else 40
LIST, LOGIN = reverse("overview:sip"), reverse("accounts:login")


@pytest.fixture
def place(
    databases: Databases, migrated_database: str, servers_folder: Any, django_db_blocker: Any
) -> Iterator[Place]:
    with serving(databases, migrated_database, servers_folder, workers=4) as server:
        yield settle(server, django_db_blocker)


def ask(browser: Browser, method: str, address: str, body: str = "", **headers: str) -> tuple[int, str]:
    """One request by whichever cookies the browser has now; the answer's status and where it leads."""
    connection = HTTPConnection(browser.host, timeout=PATIENCE)
    sent = browser.headers() | {"Content-Type": "application/x-www-form-urlencoded"} | headers
    connection.request(method, address, body, headers=sent)
    status, location, _body = browser.read(connection)
    return status, location


def under_way(browser: Browser, token: str) -> list[Callable[[], tuple[int, str]]]:
    draft = urlencode({"csrfmiddlewaretoken": token, "draft_form": "goal:1", "text": "Hon vill bo kvar"})
    asked = reverse("overview:changes")
    changes = next(link for link in browser.open(LIST).links if link.startswith(asked))
    keep = reverse("drafts:save")
    return [
        lambda: ask(browser, "GET", changes, **{"HX-Request": "true"}),
        lambda: ask(browser, "POST", keep, draft, **{"X-Autosave": "1"}),
        lambda: ask(browser, "GET", LIST),
    ]


@pytest.mark.requirement("L-07")
def test_nobody_is_logged_out_by_what_was_under_way(place: Place) -> None:
    with place.inside() as county:
        works = list(Assignment.objects.filter(user=county.eva.user).select_related("unit").order_by("pk"))
        # At one of the two she has a role: the session gets a new key each time she goes there.
        SystemRoleGrantFactory(user=county.eva.user, role=SystemRole.SUPERUSER, organisation=works[1].unit)
    browser = Browser(place.server.url).log_in(county.eva.user.username)
    chosen = browser.fill(reverse("assignments:choose_unit"), reverse("assignments:change_unit"))
    chosen.fields["chosen"] = [str(works[0].pk)]
    together(chosen)
    faults: list[tuple[int, str]] = []
    keys, done = set(), threading.Event()

    def go_on(act: Callable[[], tuple[int, str]]) -> None:
        while not done.is_set():
            status, location = act()
            if status >= 400 or location.startswith(LOGIN):
                faults.append((status, location))

    acts = under_way(browser, chosen.fields["csrfmiddlewaretoken"][0])
    others = [threading.Thread(target=go_on, args=(act,)) for act in acts]
    for other in others:
        other.start()
    try:
        for number in range(CHANGES):
            body = urlencode(chosen.fields | {"chosen": [works[(number + 1) % 2].pk]}, doseq=True)
            status, location = ask(browser, "POST", chosen.address, body)
            if status != 302 or location.startswith(LOGIN):
                faults.append((status, location))
            keys.add(browser.cookies["sessionid"])
    finally:
        done.set()
        for other in others:
            other.join()
    assert faults == []
    assert len(keys) > CHANGES // 4
    assert works[CHANGES % 2].unit.name in browser.open(LIST).text
    with place.inside():
        one = LoginSession.objects.get(user=county.eva.user, session_key__isnull=False)
        assert one.session_key == browser.cookies["sessionid"]
        assert Session.objects.filter(session_key=one.session_key, replaced_by="").exists()
