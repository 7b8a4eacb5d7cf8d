"""A database that is stopped, frozen or held: a page of ours within seconds, and nothing typed is lost."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from samordna.assignments.tests.factories import log_in
from samordna.config import gunicorn
from samordna.config.databases import database_from_url
from samordna.config.settings import base
from samordna.kernel.patience import is_away
from samordna.sip.models import Goal
from samordna.sip.tests import factories as f
from samordna.web.middleware import DatabasePatience
from samordna.web.requests import again_of
from tests.bad_input.pages import Page
from tests.journeys.steps import states
from tests.journeys.steps.county import Place, settle
from tests.process.browsers import PATIENCE, Browser, Post
from tests.support.database import Databases, PostgresqlDatabases
from tests.support.server import serving

SAYS = "Systemet svarar inte just nu"
TYPED = "Kunna gå i trappan själv igen, och våga ta bussen"


@dataclass(frozen=True)
class Told:
    status: int
    location: str
    body: str

    @property
    def page(self) -> Page:
        return Page(self.body)


def ask(browser: Browser, method: str, address: str, fields: Any = None, **headers: str) -> Told:
    asked = HTTPConnection(browser.host, timeout=PATIENCE)
    body = urlencode(fields, doseq=True) if fields else None
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    asked.request(method, address, body, browser.headers() | kind | headers)
    return Told(*browser.read(asked))


def send(post: Post, **headers: str) -> Told:
    return ask(post.browser, "POST", post.address, post.fields, **headers)


def when_back(once_more: Callable[[], Told]) -> Told:
    """As a user who tries again until the database is there."""
    last = time.monotonic() + PATIENCE
    while (told := once_more()).status == 503 and time.monotonic() < last:
        time.sleep(0.2)
    return told


# --- Over a server that is stopped, frozen and held ------------------------------------------------------------------


@pytest.fixture(scope="module")
def place(
    databases: Databases, migrated_database: str, servers_folder: Any, django_db_blocker: Any
) -> Iterator[Place]:
    """With the waiting that an installation has."""
    waits = {"SAMORDNA_DATABASE_SECONDS": str(base.DATABASE_SECONDS)}
    with serving(databases, migrated_database, servers_folder, environment=waits) as server:
        yield settle(server, django_db_blocker)


@contextmanager
def stopped(databases: PostgresqlDatabases, _url: str) -> Iterator[None]:
    databases.server.pause()
    try:
        yield
    finally:
        databases.server.resume()


@contextmanager
def frozen(databases: PostgresqlDatabases, _url: str) -> Iterator[None]:
    """Every process of the tests' own server holds its breath: what is connected stays so, and hears nothing."""
    there = databases.server.processes()
    for process in there:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in there:
            os.kill(process, signal.SIGCONT)


@contextmanager
def held(_databases: PostgresqlDatabases, url: str) -> Iterator[None]:
    """Somebody at the server's own prompt keeps the tables of goals and of persons."""
    with closing(psycopg.connect(url)) as holder:
        holder.execute("LOCK TABLE sip_goal, accounts_user IN ACCESS EXCLUSIVE MODE")
        yield


AWAY = [stopped, frozen, held]
Way = Callable[[PostgresqlDatabases, str], Any]


@pytest.mark.race
@pytest.mark.postgresql
@pytest.mark.requirement("V-53")
@pytest.mark.parametrize("away", AWAY)
def test_what_is_typed_while_the_database_is_away_is_sent_again_from_the_page(
    databases: PostgresqlDatabases, place: Place, away: Way
) -> None:
    case_id = states.bring(place, "Disa Dröjt", *states.SIGNED, states.EDIT_PLAN)
    browser = Browser(place.server.url).log_in(place.county.anna.user.username)
    with place.inside():
        goals = Goal.objects.filter(edition__document__case_id=case_id, edition__status="OPEN")
        lineage = goals.order_by("position").values_list("lineage", flat=True)[0]
    address = reverse("sip:goal", args=[case_id, lineage])
    post = browser.fill(address, text=TYPED, act="save")
    connections.close_all()
    with away(databases, place.server.database_url):
        told = send(post)
        read = ask(browser, "GET", address)
        autosave = send(post, **{"X-Autosave": "1"})
        fragment = ask(browser, "GET", address, **{"HX-Request": "true"})
        alive = ask(browser, "GET", "/livez")
    assert (told.status, SAYS in told.body, TYPED in told.page.text) == (503, True, True), told.body
    assert (read.status, SAYS in read.body, address in read.page.links) == (503, True, True)
    assert (autosave.status, autosave.body) == (503, '{"error": "database_away"}')
    assert (fragment.status, "Databasen svarar inte." in fragment.body, "<html" in fragment.body) == (
        503,
        True,
        False,
    )
    assert (alive.status, alive.body) == (200, "ok\n")
    again = browser.fill_page(told.page, address)
    assert when_back(lambda: send(again)).status == 302
    with place.inside():
        assert Goal.objects.get(lineage=lineage, edition__status="OPEN").text == TYPED
    # Twice from the same page acts once.
    assert when_back(lambda: send(again)).status == 302
    assert when_back(lambda: ask(browser, "GET", address)).status == 200


@pytest.mark.race
@pytest.mark.postgresql
def test_those_who_come_while_one_waits_are_told_too(databases: PostgresqlDatabases, place: Place) -> None:
    """More users than processes: nobody stands in a line of others' waiting until the proxy gives up."""
    browser = Browser(place.server.url).log_in(place.county.anna.user.username)
    connections.close_all()
    asked = [HTTPConnection(browser.host, timeout=PATIENCE) for _ in range(20)]
    with frozen(databases, ""):
        for one in asked:
            one.request("GET", reverse("overview:sip"), headers=browser.headers())
        assert [browser.read(one)[0] for one in asked] == [503] * 20
    assert when_back(lambda: ask(browser, "GET", reverse("overview:sip"))).status == 200


def test_the_database_is_given_up_long_before_the_server_is() -> None:
    assert base.DATABASE_SECONDS is not None
    assert base.DATABASE_SECONDS < 5
    assert gunicorn.timeout == 60


# --- On both databases, in one process -------------------------------------------------------------------------------


PATIENCE_OF = {
    "sqlite": ["PRAGMA busy_timeout"],
    "postgresql": ["SHOW statement_timeout", "SHOW lock_timeout"],
}


def patience_told(_request: Any = None) -> HttpResponse:
    connections.close_all()
    told = []
    with connection.cursor() as cursor:
        for asked in PATIENCE_OF[connection.vendor]:
            cursor.execute(asked)
            told.append(str(cursor.fetchone()[0]))
    return HttpResponse(" ".join(told))


@pytest.mark.usefixtures("committed_db")
def test_a_page_waits_as_promised_and_what_runs_by_itself_as_long_as_it_takes(settings: Any) -> None:
    settings.DATABASE_SECONDS = base.DATABASE_SECONDS
    page = DatabasePatience(patience_told)(RequestFactory().get("/"))
    promised = {"sqlite": "4000", "postgresql": "3500ms 3s"}
    assert (base.DATABASE_SECONDS, page.content.decode()) == (4, promised[connection.vendor])
    by_itself = {"sqlite": "20000", "postgresql": "0 0"}
    assert patience_told().content.decode() == by_itself[connection.vendor]


def test_a_server_with_two_addresses_is_given_up_within_five_seconds() -> None:
    asked = database_from_url("postgresql://samordna@db.example.se/samordna")["OPTIONS"]
    assert 2 * int(asked["connect_timeout"]) < 5


@pytest.fixture
def impatient(settings: Any) -> Iterator[None]:
    """So that the test does not wait as long as users may."""
    options = connection.settings_dict["OPTIONS"]
    before = dict(options)
    if connection.vendor == "sqlite":
        options["timeout"] = 0.2
    settings.DATABASE_SECONDS = 2
    connections.close_all()
    yield
    connections.close_all()
    options.clear()
    options.update(before)


@contextmanager
def held_by_another(url: str, table: str) -> Iterator[None]:
    if connection.vendor == "postgresql":
        with closing(psycopg.connect(url)) as holder:
            holder.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
            yield
    else:
        with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            yield


@pytest.mark.race
@pytest.mark.usefixtures("impatient")
def test_a_table_that_is_held_gives_the_page_and_the_form_again(committed_db: str) -> None:
    client = Client(raise_request_exception=False)
    county = f.county()
    log_in(client, county.anna)
    own = {"HTTP_ORIGIN": "http://testserver"}
    fields = {
        "email": "anna@example.org",
        "work_address": "Storgatan 1, en trappa upp",
        "csrfmiddlewaretoken": "x",
    }
    connections.close_all()
    with held_by_another(committed_db, "accounts_user"):
        told = client.post(reverse("accounts:me"), fields, **own)
        foreign = client.post(reverse("accounts:me"), fields, HTTP_ORIGIN="http://elsewhere.example")
        login = client.post(reverse("accounts:login"), {"username": "ANNA", "password": "hemligt ord"}, **own)
    assert told.status_code == 503
    assert told.headers["Retry-After"]
    text = told.content.decode()
    assert f'action="{reverse("accounts:me")}"' in text
    assert "Storgatan 1, en trappa upp" in text
    # Another site does not decide what stands on this page.
    assert foreign.status_code == 503
    assert "Storgatan" not in foreign.content.decode()
    # A password stands in no page.
    assert login.status_code == 503
    assert "hemligt" not in login.content.decode()
    assert 'type="password"' in login.content.decode()
    assert client.get(reverse("accounts:me")).status_code in {200, 302}


def test_an_address_of_another_site_is_never_posted_to() -> None:
    asked = RequestFactory().generic("POST", "/", PATH_INFO="//elsewhere.example/login/")
    assert str(again_of(asked)["again"]).startswith("/%2Felsewhere.example/")


def test_a_fault_of_ours_is_still_a_fault(db: None) -> None:
    with pytest.raises(DatabaseError) as wrong, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert not is_away(wrong.value)
    assert not is_away(OperationalError("ours"))
    assert not is_away(ValueError())
