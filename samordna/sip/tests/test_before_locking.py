"""A *Klar* by mistake is taken back, an early follow-up leaves the planned one, who locks is told what has changed."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samordna.accounts.models import User
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.sip.evaluation import commands as evaluation
from samordna.sip.follow_up import commands as follow_up
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.models import EarlierReport
from samordna.sip.plan.commands import plan
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


def _line(case_id: UUID, number: int) -> str:
    return str(s.reports(case_id)[number].activity_lineage)


def _correct(client: Client, case_id: UUID, number: int, version: int) -> str:
    key = _line(case_id, number)
    answer = client.post(
        reverse("sip:follow_up_report", args=[case_id]),
        {"correct": key, f"{key}-version": version},
        follow=True,
    )
    return answer.content.decode()


@pytest.mark.requirement("V-60")
def test_a_klar_by_mistake_is_taken_back_until_the_lock_and_who_said_it_is_kept(county) -> None:
    case_id = s.open_follow_up(county)
    s.report(case_id, county.david, 0, ReportStatus.ONGOING, "Har börjat")
    s.report(case_id, county.david, 0, ReportStatus.DONE, "Färdigt")
    anna = at_work(county.anna)
    assert "Ta tillbaka Klar" in read(anna, case_id, Part.FOLLOW_UP)
    version = s.reports(case_id)[0].written.version
    page = _correct(anna, case_id, 0, version)
    assert "Aktiviteten är inte längre klar. Rapportera hur det går." in page
    stands = s.reports(case_id)[0]
    assert (stands.status, stands.note, stands.written.by) == (
        ReportStatus.ONGOING,
        "Har börjat",
        "Anna Lindqvist",
    )
    assert f'name="{_line(case_id, 0)}-status"' in page, "it can be reported anew"
    history = page.split("Rapporterat tidigare")[1].split("</details>")[0]
    for said in ("Pågår", "Har börjat", "Klar", "Färdigt", "David Holm"):
        assert said in history
    reported = Entry.objects.filter(action=Action.DOCUMENT_REPORTED).order_by("-id")
    assert reported[0].details["corrected"] is True
    assert "har rapporterat" in _correct(anna, case_id, 0, version) or s.reports(case_id)[0] == stands
    assert EarlierReport.objects.count() == 2


@pytest.mark.requirement("V-60", "V-61")
def test_what_was_locked_as_done_stays_done(county) -> None:
    case_id = s.open_follow_up(county)
    s.report(case_id, county.anna, 0, ReportStatus.DONE)
    s.lock_follow_up(case_id, county.anna)
    follow_up.open_follow_up(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    anna = at_work(county.anna)
    assert "Ta tillbaka Klar" not in read(anna, case_id, Part.FOLLOW_UP)
    page = _correct(anna, case_id, 0, s.reports(case_id)[0].written.version)
    assert "Aktiviteten blev klar i en uppföljning som är låst." in page
    assert s.reports(case_id)[0].status == ReportStatus.DONE


@pytest.mark.requirement("V-62")
@pytest.mark.parametrize(("days", "stands"), [(60, True), (5, False)])
def test_an_early_follow_up_leaves_the_planned_one_standing(county, days: int, stands: bool) -> None:
    case_id = s.open_follow_up(county)
    due_on = add_working_days(clock.today(clock.now()), days if stands else 2)
    follow_up.schedule_follow_up(actor=f.actor(county.anna), case_id=case_id, due_on=due_on, at=clock.now())
    s.report(case_id, county.anna, 0, ReportStatus.ONGOING)
    anna = at_work(county.anna)
    page = anna.get(reverse("sip:follow_up_lock", args=[case_id])).content.decode()
    assert ("står kvar. Välj en annan dag efteråt om den inte behövs då." in page) is stands
    s.lock_follow_up(case_id, county.anna)
    assert f.facts_of(case_id).follow_up_due_on == (due_on if stands else None)


def _lock_page(client: Client, name: str, case_id: UUID) -> str:
    return client.get(reverse(f"sip:{name}", args=[case_id])).content.decode()


@pytest.mark.requirement("V-53", "V-54")
def test_who_locks_a_plan_is_led_to_what_was_signed_since_she_knew_it(county) -> None:
    """Also what one unit signed when another has signed after it, and in the sitting in which she signed herself."""
    case_id = s.signed_plan(county)
    anna = at_work(county.anna)
    assert "Inget har ändrats sedan du läste." in _lock_page(anna, "lock", case_id)
    for who in (county.david, county.bertil):
        plan.edit_plan(actor=f.actor(who), case_id=case_id, at=clock.now())
        s.save_law(case_id, who)
        s.sign_plan(case_id, who)
    page = _lock_page(anna, "lock", case_id)
    assert "Ändrat sedan du läste" in page
    first, last = (f.facts_of(case_id).standing(Part.PLAN).versions[n] for n in (0, -1))
    assert f"older={first.id}&amp;newer={last.id}" in page
    assert "Se vad som har ändrats" in read(anna, case_id, Part.PLAN)


@pytest.mark.requirement("V-53", "K-13")
def test_who_signed_is_known_by_more_than_the_name(county) -> None:
    """A new name is nobody else's, and a namesake is another."""
    case_id = s.signed_plan(county)
    User.objects.filter(pk=county.anna.user_id).update(name="Anna Nygren")
    anna = at_work(county.anna)
    assert "Inget har ändrats sedan du läste." in _lock_page(anna, "lock", case_id)
    User.objects.filter(pk=county.david.user_id).update(name="Anna Nygren")
    plan.edit_plan(actor=f.actor(county.david), case_id=case_id, at=clock.now())
    s.save_law(case_id, county.david)
    s.sign_plan(case_id, county.david)
    assert "Ändrat sedan du läste" in _lock_page(anna, "lock", case_id)


@pytest.mark.requirement("V-61")
def test_who_locks_a_follow_up_is_told_what_was_reported_since_she_read(county) -> None:
    case_id = s.open_follow_up(county)
    s.report(case_id, county.anna, 0, ReportStatus.ONGOING)
    anna = at_work(county.anna)
    assert "Du har inte läst den förut." in _lock_page(anna, "follow_up_lock", case_id)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        anna = at_work(county.anna)
        assert "Inget har ändrats sedan du läste." in _lock_page(anna, "follow_up_lock", case_id)
        s.report(case_id, county.david, 1, ReportStatus.DONE)
        page = _lock_page(anna, "follow_up_lock", case_id)
        assert "1 aktivitet är rapporterad sedan du läste." in page
        assert "nytt sedan du läste" in page


@pytest.mark.requirement("V-81")
def test_who_locks_an_evaluation_sees_what_was_signed_since_she_knew_it(county) -> None:
    case_id = s.signed_evaluation(county)
    anna = at_work(county.anna)
    assert "Inget har ändrats sedan du läste." in _lock_page(anna, "evaluation_lock", case_id)
    evaluation.edit_evaluation(actor=f.actor(county.david), case_id=case_id, at=clock.now())
    s.write_evaluation(case_id, county.david, "Målen är delvis nådda.")
    s.sign_evaluation(case_id, county.david)
    page = _lock_page(anna, "evaluation_lock", case_id)
    assert "Ändrat sedan du läste" in page
    assert "delvis" in page.split("Ändrat sedan du läste")[1].split("</section>")[0]


@pytest.mark.requirement("V-81", "V-53")
def test_an_evaluation_signed_anew_while_it_was_read_is_locked_at_the_second_try(county) -> None:
    case_id = s.signed_evaluation(county)
    anna, address = at_work(county.anna), reverse("sip:evaluation_lock", args=[case_id])
    read_first = anna.get(address).context["form"]["version"].value()
    evaluation.edit_evaluation(actor=f.actor(county.david), case_id=case_id, at=clock.now())
    s.write_evaluation(case_id, county.david, "Målen är delvis nådda.")
    s.sign_evaluation(case_id, county.david)
    page = anna.post(address, {"version": read_first})
    assert f.facts_of(case_id).case.active
    assert "delvis" in page.content.decode()
    anna.post(address, {"version": page.context["form"]["version"].value()})
    assert not f.facts_of(case_id).case.active
