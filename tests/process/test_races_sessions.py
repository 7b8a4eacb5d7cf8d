"""Two requests of one session at the same moment: it is renewed, ended or left as each asked, and never half."""

import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.accounts.models import LoginSession, Session
from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import (
    PASSWORD,
    SystemRoleGrantFactory,
    UnitFactory,
    log_in,
    worker,
)
from samordna.audit.models import Entry
from tests.process.browsers import PATIENCE
from tests.support.size import LONG

# As said in test_races.py.
pytestmark = [pytest.mark.race, pytest.mark.once("postgresql"), pytest.mark.usefixtures("committed_db")]
ROUNDS = 20 if LONG else 3
NEW = "en helt annan fras som duger"
ME, COOKIE = reverse("accounts:me"), settings.SESSION_COOKIE_NAME
Together = Callable[..., list[Any]]


@pytest.fixture
def anna(committed_db: str) -> Assignment:
    return worker(name="Anna Lindqvist", username="ANNLIN")


@pytest.fixture
def more(anna: Assignment) -> Assignment:
    """Where Anna has a role beside, so that her session gets a new key when she goes there."""
    there = worker(UnitFactory(), user=anna.user)
    SystemRoleGrantFactory(user=anna.user, role=SystemRole.SUPERUSER, organisation=there.unit)
    return there


def tab(browser: Client) -> Client:
    """Another request of the same browser, as it stands now."""
    other = Client()
    other.cookies[COOKIE] = browser.cookies[COOKIE].value
    return other


def goes_there(browser: Client, there: Assignment) -> HttpResponse:
    return browser.post(reverse("assignments:change_unit"), {"chosen": there.pk})


def logs_out(browser: Client) -> HttpResponse:
    return browser.post(reverse("accounts:logout"))


def changes_password(browser: Client) -> HttpResponse:
    return browser.post(
        reverse("accounts:password"),
        {"current_password": PASSWORD, "new_password": NEW, "repeated_password": NEW},
    )


def clicks(browser: Client, address: str, typed: dict[str, str]) -> HttpResponse:
    """What a browser does with a form, which is sent once more where the answer says so."""
    answer = browser.post(address, typed)
    return browser.post(answer.url, typed) if answer.status_code == 307 else answer


def logs_in(browser: Client) -> HttpResponse:
    return browser.post(reverse("accounts:login"), {"username": "ANNLIN", "password": PASSWORD})


def is_in(browser: Client) -> bool:
    return browser.get(ME).status_code == 200


def waiting(number: int) -> None:
    """Until so many statements wait for somebody's lock."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.02)
    raise AssertionError(f"{number} never waited")


@pytest.mark.postgresql
@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("other", [logs_out, changes_password])
def test_who_renews_a_key_and_who_ends_it_hold_rows_in_one_order(
    committed_db: str, anna: Assignment, more: Assignment, in_threads: Together, other: Any
) -> None:
    """Both wait at the row of the session, and go on when it is let go: neither has what the other one needs."""
    log_in(first := Client(), anna)
    second, key = tab(first), first.cookies[COOKIE].value

    def then(number: int, act: Callable[[], Any]) -> Any:
        waiting(number)
        return act()

    with closing(psycopg.connect(committed_db)) as holder:
        holder.execute("SELECT 1 FROM accounts_session WHERE session_key = %s FOR UPDATE", [key])
        answers = in_threads(
            partial(goes_there, first, more),
            partial(then, 1, partial(other, second)),
            partial(then, 2, holder.rollback),
        )
    assert [answer.status_code for answer in answers[:2]] == [302, 302], answers
    if other is logs_out:
        assert not any(map(is_in, (first, second)))
        assert not LoginSession.objects.filter(session_key__isnull=False).exists()
    else:
        assert is_in(second)
        assert LoginSession.objects.get().session_key == second.cookies[COOKIE].value


@pytest.mark.requirement("L-07")
def test_after_logging_out_no_key_is_left_that_was_renewed_meanwhile(
    anna: Assignment, more: Assignment, in_threads: Together
) -> None:
    for _round in range(ROUNDS):
        log_in(first := Client(), anna)
        second = tab(first)
        answers = in_threads(partial(goes_there, first, more), partial(logs_out, second))
        assert {answer.status_code for answer in answers} == {302}, answers
        assert not any(map(is_in, (first, second)))
        assert not LoginSession.objects.filter(session_key__isnull=False).exists()


@pytest.mark.requirement("L-07")
def test_two_logins_at_once_with_one_visitors_session_both_work(
    anna: Assignment, in_threads: Together
) -> None:
    for _round in range(ROUNDS):
        log_in(first := Client(), anna)
        logs_out(first)
        second = tab(first)
        answers = in_threads(partial(logs_in, first), partial(logs_in, second))
        assert {answer.status_code for answer in answers} == {302}, answers
        keys = {browser.cookies[COOKIE].value for browser in (first, second)}
        listed = LoginSession.objects.filter(session_key__in=keys)
        assert (len(keys), listed.count(), is_in(first), is_in(second)) == (2, 2, True, True)
        assert Session.objects.filter(session_key__in=keys, replaced_by="").count() == 2


@pytest.mark.requirement("L-07")
def test_the_others_are_ended_whatever_key_they_get_meanwhile(
    anna: Assignment, more: Assignment, in_threads: Together
) -> None:
    end = reverse("accounts:end_other_sessions")
    for _round in range(ROUNDS):
        log_in(own := Client(), anna)
        log_in(elsewhere := Client(), anna)
        answers = in_threads(partial(own.post, end), partial(goes_there, elsewhere, more))
        assert [type(answer) for answer in answers if isinstance(answer, Exception)] == []
        assert is_in(own)
        assert not is_in(elsewhere)
        assert LoginSession.objects.get(session_key__isnull=False).session_key == own.cookies[COOKIE].value
        logs_out(own)


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("form", ["unit", "password"])
def test_a_double_click_on_what_renews_the_key_keeps_the_browser_in(
    anna: Assignment, more: Assignment, in_threads: Together, form: str
) -> None:
    """Whichever of the two answers the browser takes."""
    for number in range(ROUNDS):
        log_in(first := Client(), anna)
        second, key = tab(first), str(uuid4())
        if form == "unit":
            address, typed = reverse("assignments:change_unit"), {"chosen": str(more.pk)}
        else:
            address, new = reverse("accounts:password"), f"en helt annan fras som duger {number}"
            typed = {"current_password": PASSWORD, "new_password": new, "repeated_password": new}
        posted = typed | {"form_key": key}
        answers = in_threads(*(partial(clicks, browser, address, posted) for browser in (first, second)))
        assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}, answers
        assert first.cookies[COOKIE].value == second.cookies[COOKIE].value
        assert is_in(second)
        assert not Entry.objects.filter(result="refused").exists()
        logs_out(first)
        anna.user.set_password(PASSWORD)
        anna.user.save()
