"""What an open page sends by itself, every few seconds: refused, it does not fill the log, which nothing may delete."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import UnitFactory, log_in, worker
from samordna.audit.models import Entry

MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
KEEP, CHANGES = reverse("drafts:save"), reverse("overview:changes")


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as travel:
        yield travel


@pytest.fixture
def elsewhere(clock, db):
    """A browser with two tabs: the page was opened at one unit, and its user has changed to another, without SIP."""
    anna = worker(name="Anna Lindqvist")
    other = worker(UnitFactory(), user=anna.user, initiates=False, answers=False)
    log_in(browser := Client(), anna)
    browser.post(reverse("assignments:change_unit"), {"chosen": other.pk})
    return browser, anna


def keeps(browser: Client, anna: Assignment, text: str):
    typed = {"draft_form": "goal:1", "text": text, "assignment": anna.pk, "assignment_unit": "Norr"}
    return browser.post(KEEP, typed, headers={"x-autosave": "1"})


def asks(browser: Client, anna: Assignment, text: str):
    return browser.get(CHANGES, headers={"hx-request": "true"})


def told() -> list[str]:
    return list(Entry.objects.filter(result="refused").values_list("details__route", flat=True))


@pytest.mark.requirement("L-05")
@pytest.mark.parametrize(("sends", "route"), [(keeps, "drafts:save"), (asks, "overview:changes")])
def test_what_a_page_sends_by_itself_is_refused_in_the_log_once_a_session_and_day(
    elsewhere, clock, sends, route
):
    browser, anna = elsewhere
    for text in ("H", "Ho", "Hon"):
        assert 400 <= sends(browser, anna, text).status_code < 500
        clock.shift(timedelta(seconds=10))
    assert told() == [route]
    log_in(again := Client(), anna)
    again.post(reverse("assignments:change_unit"), {"chosen": Assignment.objects.latest("pk").pk})
    sends(again, anna, "Hon vill")
    assert told() == [route, route]


@pytest.mark.requirement("L-05")
def test_what_a_person_sends_is_refused_in_the_log_each_time(elsewhere):
    """Also with the word of a script: anybody can write it."""
    browser, anna = elsewhere
    for _time in range(3):
        browser.post(reverse("accounts:me"), {"assignment": anna.pk}, headers={"x-autosave": "1"})
    assert told() == ["accounts:me"] * 3
