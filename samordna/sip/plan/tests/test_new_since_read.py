"""What others have written since one last read the plan is marked; what they removed is seen by comparing (V-53)."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db.models import F
from django.urls import reverse

from samordna.accounts.models import User
from samordna.cases.models import CaseReading
from samordna.documents.models import Document
from samordna.kernel import clock
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.models import Goal
from samordna.sip.plan.commands.goals import Responsible
from samordna.sip.tests import plans, stages
from samordna.sip.tests.factories import County, county
from samordna.sip.tests.plan_pages import browser, page_url, plan_text, post, read, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> County:
    return county()


@pytest.mark.requirement("V-53")
def test_new_passages_are_marked_for_those_who_have_read(place: County) -> None:
    case_id = plans.signed_plan(place)
    david = browser(place.david)
    plan_text(david, case_id)
    _read_long_ago(case_id, place.david.user_id)
    assert "nytt sedan du läste" not in plan_text(david, case_id)
    post(browser(place.anna), url("edit", case_id))
    plans.a_goal(case_id, place.anna, "Ett nytt mål")
    assert "nytt sedan du läste" in plan_text(david, case_id)
    assert "nytt sedan du läste" not in plan_text(browser(place.anna), case_id)


@pytest.mark.requirement("V-53", "K-13")
def test_what_is_new_is_told_by_who_wrote_it_not_by_the_name(place: County) -> None:
    case_id = plans.signed_plan(place)
    anna = browser(place.anna)
    post(anna, url("edit", case_id))
    plans.a_goal(case_id, place.anna, "Ett eget mål")
    plan_text(anna, case_id)
    _read_long_ago(case_id, place.anna.user_id)
    User.objects.filter(pk=place.anna.user_id).update(name="Anna Nygren")
    assert "nytt sedan du läste" not in plan_text(anna, case_id)
    User.objects.filter(pk=place.david.user_id).update(name="Anna Nygren")
    plans.a_goal(case_id, place.david, "En namnes mål")
    assert plan_text(anna, case_id).count("nytt sedan du läste") == 1


@pytest.mark.requirement("V-53")
def test_what_was_removed_since_one_read_is_seen_by_comparing(place: County) -> None:
    """With what she read last, not with the first version."""
    case_id = plans.signed_plan(place)
    david, anna = browser(place.david), browser(place.anna)
    post(anna, url("edit", case_id))
    plans.a_goal(case_id, place.anna, "Läst av alla")
    plans.sign(case_id, place.anna)
    plan_text(david, case_id)
    _read_long_ago(case_id, place.david.user_id)
    assert "Se vad som har ändrats" not in plan_text(david, case_id)
    post(anna, url("edit", case_id))
    first = plans.open_rows(case_id).standing_goals[0].lineage
    post(anna, url("goal_remove", case_id, first), version=1)
    plans.sign(case_id, place.anna)
    assert "Se vad som har ändrats" not in plan_text(anna, case_id), "she signed it herself"
    page = read(david, page_url(case_id))
    assert "Planen har signerats på nytt sedan du läste den." in page
    compare = re.search(r'href="([^"]*compare/[^"]*)"', page)
    assert compare is not None
    compared = read(david, compare[1])
    assert "Jag vill bo kvar hemma" in compared
    assert "Läst av alla" not in compared


@pytest.mark.requirement("V-53")
def test_to_have_read_another_part_makes_no_passage_old(place: County) -> None:
    case_id = plans.signed_plan(place)
    david = browser(place.david)
    plan_text(david, case_id)
    post(browser(place.anna), url("edit", case_id))
    plans.a_goal(case_id, place.anna, "Ett nytt mål")
    _hours_pass(case_id, 3)
    read(david, reverse("sip:part", args=[case_id, "information"]))
    _hours_pass(case_id, 3)
    Goal.objects.filter(text="Ett nytt mål").update(written_at=clock.now() - timedelta(hours=4))
    assert "nytt sedan du läste" in plan_text(david, case_id)


@pytest.mark.requirement("V-53")
def test_what_was_written_before_the_plan_could_be_read_is_new_when_it_can(place: County) -> None:
    case_id = plans.begun_plan(place)
    plans.complete(case_id, place, place.anna)
    david = browser(place.david)
    assert "Jag vill bo kvar" not in plan_text(david, case_id)
    _hours_pass(case_id, 1)
    Document.objects.filter(case_id=case_id).update(begun_at=clock.now() - timedelta(hours=3))
    Goal.objects.update(written_at=clock.now() - timedelta(hours=2))
    plans.sign(case_id, place.anna)
    text = plan_text(david, case_id)
    assert "nytt sedan du läste" in text.split("Jag vill bo kvar")[1]


def _hours_pass(case_id: UUID, hours: int) -> None:
    """All that was read of the case was read so much earlier."""
    earlier = timedelta(hours=hours)
    readings = CaseReading.objects.filter(case_id=case_id)
    readings.update(read_at=F("read_at") - earlier, sitting_at=F("sitting_at") - earlier)


def _read_long_ago(case_id: object, user_id: int) -> None:
    """The last sitting ended now; the next page belongs to a new one."""
    now = clock.now()
    CaseReading.objects.filter(case_id=case_id, user_id=user_id).update(previous_at=now)


@pytest.mark.requirement("V-53")
def test_what_was_read_does_not_stay_new_for_a_whole_day_of_reading(place: County) -> None:
    """Pages that follow each other within the half hour are not one sitting without end."""
    case_id = plans.signed_plan(place)
    david, start = browser(place.david), clock.now()
    plan_text(david, case_id)
    post(browser(place.anna), url("edit", case_id))
    plans.a_goal(case_id, place.anna, "Ett nytt mål")
    plans.sign(case_id, place.anna)
    said = "Planen har signerats på nytt sedan du läste den."
    assert said in plan_text(david, case_id), "also in the sitting in which the plan was first read"
    seen = []
    for minutes in (20, 40, 60, 80):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=True):
            text = plan_text(david, case_id)
            seen.append((said in text, "nytt sedan du läste" in text))
    assert seen[0] == (True, True)
    assert seen[-1] == (False, False)


@pytest.mark.requirement("V-54")
def test_whoever_locks_has_read_what_she_locks(place: County) -> None:
    case_id = plans.signed_plan(place)
    anna = browser(place.anna)
    plan_text(anna, case_id)
    _read_long_ago(case_id, place.anna.user_id)
    post(browser(place.david), url("edit", case_id))
    somebody = Responsible(lineage=plans.open_rows(case_id).participants[0].lineage)
    goal = plans.a_goal(case_id, place.david, "Ett nytt mål", somebody)
    plans.an_activity(case_id, place.david, goal, responsible=somebody)
    plans.sign(case_id, place.david)
    said = ("Planen har signerats på nytt sedan du läste den.", "nytt sedan du läste")
    assert all(text in plan_text(anna, case_id) for text in said)
    plans.lock(case_id, place.anna)
    assert not any(text in plan_text(anna, case_id) for text in said)


@pytest.mark.requirement("V-61")
def test_who_has_written_the_reports_is_not_told_that_she_has_not_read_them(place: County) -> None:
    case_id = stages.open_follow_up(place)
    anna = browser(place.anna)
    read(anna, reverse("sip:part", args=[case_id, "follow-up"]))
    stages.report(case_id, place.anna, 0, ReportStatus.DONE)
    assert "Inget har ändrats sedan du läste." in read(anna, url("follow_up_lock", case_id))
    stages.report(case_id, place.david, 1, ReportStatus.ONGOING)
    assert "1 aktivitet är rapporterad sedan du läste." in read(anna, url("follow_up_lock", case_id))
