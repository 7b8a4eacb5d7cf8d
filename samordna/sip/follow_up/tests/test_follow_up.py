"""*Uppföljning av plan* through its pages (V-60 to V-62)."""

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.models import UnitCase
from samordna.cases.states import StepStatus
from samordna.casework.file.steps.rows import part_views
from samordna.drafts.models import UnsavedText
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.notifications.models import OutboxItem
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.models import ActivityReport, FollowUpSchedule
from samordna.sip.plan.commands.plan import unlock_plan
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


def browser(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def url(name: str, case_id: UUID, *more: object) -> str:
    return reverse(f"sip:{name}", args=[case_id, *more])


def page_url(case_id: UUID, slug: str = "follow-up") -> str:
    return url("part", case_id, slug)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def filled(case_id: UUID, **lines: tuple[ReportStatus | str, str]) -> dict[str, object]:
    """The whole form as a browser posts it; `n0=(status, note)` fills in the first activity."""
    posted: dict[str, object] = {}
    for number, line in enumerate(s.reports(case_id)):
        if line.closed:
            continue
        key = str(line.activity_lineage)
        base = line.status.value if line.status else ""
        status, note = lines.get(f"n{number}", (base, line.note))
        posted |= {
            f"{key}-version": line.written.version, f"{key}-base_status": base, f"{key}-base_note": line.note,
            f"{key}-status": str(status), f"{key}-note": note,
        }  # fmt: skip
    return posted


def statuses(case_id: UUID) -> list[str]:
    return [line.status.value if line.status else "" for line in s.reports(case_id)]


@pytest.mark.requirement("V-60", "V-04")
def test_a_follow_up_is_activated_on_a_locked_plan_only(county: f.County) -> None:
    case_id = s.signed_plan(county)
    david = browser(county.david)
    page = text(david.get(page_url(case_id)))
    assert "Aktivera uppföljning av plan: Kan påbörjas när planen är låst." in text_of(page)
    david.post(url("follow_up_activate", case_id))
    assert f.facts_of(case_id).standing(Part.FOLLOW_UP) is None
    s.lock_plan(case_id, county.anna)
    assert url("follow_up_activate", case_id) in text(david.get(page_url(case_id)))
    david.post(url("follow_up_activate", case_id))
    page = text(david.get(page_url(case_id)))
    for activity in s.ACTIVITIES:
        assert activity in page
    assert (
        Entry.objects.filter(case_id=case_id, action=Action.DOCUMENT_OPENED, object_kind="follow_up").count()
        == 1
    )


def text_of(html: str) -> str:
    return html.replace("<strong>", "").replace("</strong>", "")


@pytest.mark.requirement("V-60")
def test_all_activities_are_reported_on_one_page_each_saved_by_itself(county: f.County) -> None:
    case_id = s.open_follow_up(county)
    david = browser(county.david)
    posted = filled(case_id, n0=(ReportStatus.DONE, "Går själv"), n1=(ReportStatus.ONGOING, ""))
    david.post(url("follow_up_report", case_id), posted)
    assert statuses(case_id) == ["DONE", "ONGOING", ""]
    assert Entry.objects.filter(case_id=case_id, action=Action.DOCUMENT_REPORTED).count() == 2
    page = text(browser(county.anna).get(page_url(case_id)))
    assert "Rapporterat av David Holm, Vårdcentralen Linden" in page
    assert "Går själv" in page


@pytest.mark.requirement("V-60")
@pytest.mark.parametrize("status", list(ReportStatus))
def test_only_done_closes_an_activity(county: f.County, status: ReportStatus) -> None:
    case_id = s.open_follow_up(county)
    cecilia = browser(county.cecilia)
    line = s.reports(case_id)[0]
    key = str(line.activity_lineage)
    cecilia.post(url("follow_up_report", case_id), filled(case_id, n0=(status, "")) | {"save": key})
    assert statuses(case_id) == [status.value, "", ""]
    page = text(cecilia.get(page_url(case_id)))
    assert (f'name="{key}-note"' in page) == (status != ReportStatus.DONE)
    again = {f"{key}-version": 2, f"{key}-status": "ONGOING", f"{key}-note": "Nej", "save": key}
    cecilia.post(url("follow_up_report", case_id), again)
    assert statuses(case_id)[0] == ("DONE" if status == ReportStatus.DONE else "ONGOING")


@pytest.mark.requirement("V-60")
def test_a_line_saved_by_itself_keeps_what_is_filled_in_beside_it(county: f.County) -> None:
    case_id = s.open_follow_up(county)
    david = browser(county.david)
    key = str(s.reports(case_id)[0].activity_lineage)
    posted = filled(case_id, n0=(ReportStatus.ONGOING, ""), n1=(ReportStatus.NOT_STARTED, "Väntar på hissen"))
    david.post(url("follow_up_report", case_id), posted | {"save": key})
    assert statuses(case_id) == ["ONGOING", "", ""]
    page = text(david.get(page_url(case_id)))
    assert "Väntar på hissen" in page
    assert "Du har text som inte är sparad" in page
    david.post(url("follow_up_discard", case_id))
    assert "Väntar på hissen" not in text(david.get(page_url(case_id)))


@pytest.mark.requirement("V-60")
def test_a_note_without_a_status_and_a_text_too_long_are_told_at_their_line(county: f.County) -> None:
    case_id = s.open_follow_up(county)
    david = browser(county.david)
    page = david.post(
        url("follow_up_report", case_id), filled(case_id, n0=("", "Hej"), n1=("ONGOING", "x" * 200_000))
    )
    shown = text(page)
    assert "Välj hur det går med aktiviteten." in shown
    assert "tecken för lång" in shown
    assert shown.startswith("<!doctype html>") or "Fel: " in shown
    assert statuses(case_id) == ["", "", ""]
    foreign = filled(case_id, n0=("BETALD", ""))
    assert "Fel: " in text(david.post(url("follow_up_report", case_id), foreign))
    assert statuses(case_id) == ["", "", ""]


@pytest.mark.requirement("V-60")
def test_script_and_control_characters_in_a_note_do_nothing(county: f.County) -> None:
    case_id = s.open_follow_up(county)
    david = browser(county.david)
    posted = filled(case_id, n0=("ONGOING", "<script>alert(1)</script>\x07\u202ebak"))
    david.post(url("follow_up_report", case_id), posted)
    assert s.reports(case_id)[0].note == "<script>alert(1)</script>bak"
    assert "<script>alert(1)" not in text(david.get(page_url(case_id)))


@pytest.fixture
def disputed(county: f.County) -> tuple[UUID, Client, str]:
    """David fills in the first activity on a page that is older than Cecilia's report."""
    case_id = s.open_follow_up(county)
    posted = filled(case_id, n0=(ReportStatus.ONGOING, "Davids text"), n1=(ReportStatus.ONGOING, ""))
    s.report(case_id, county.cecilia, 0, ReportStatus.NOT_CARRIED_OUT, "Cecilias text")
    david = browser(county.david)
    david.post(url("follow_up_report", case_id), posted)
    return case_id, david, str(s.reports(case_id)[0].activity_lineage)


@pytest.mark.requirement("V-60")
def test_who_loses_a_conflict_sees_both_and_keeps_the_own_text(disputed: tuple[UUID, Client, str]) -> None:
    case_id, david, _key = disputed
    assert statuses(case_id) == ["NOT_CARRIED_OUT", "ONGOING", ""], "the undisputed line is saved"
    page = text(david.get(page_url(case_id)))
    assert "Davids text" in page
    assert "Cecilias text" in page
    assert "Cecilia Berg rapporterade" in page
    david.post(
        url("follow_up_report", case_id), filled(case_id, n2=(ReportStatus.ONGOING, "")) | _undecided(case_id)
    )
    assert statuses(case_id) == ["NOT_CARRIED_OUT", "ONGOING", "ONGOING"], (
        "Spara alla decides nothing in dispute"
    )
    assert "Davids text" in text(david.get(page_url(case_id)))


def _undecided(case_id: UUID) -> dict[str, object]:
    line = s.reports(case_id)[0]
    key = str(line.activity_lineage)
    return {f"{key}-undecided": "1", f"{key}-status": "ONGOING", f"{key}-note": "Davids text"}


@pytest.mark.requirement("V-60")
@pytest.mark.parametrize(
    ("button", "status", "note"),
    [
        ("save", "ONGOING", "Davids text"),
        ("keep", "NOT_CARRIED_OUT", "Cecilias text"),
        ("both", "ONGOING", "Cecilias text\n\nDavids text"),
    ],
)
def test_the_choice_after_a_conflict(
    disputed: tuple[UUID, Client, str], button: str, status: str, note: str
) -> None:
    case_id, david, key = disputed
    david.post(url("follow_up_report", case_id), filled(case_id) | _undecided(case_id) | {button: key})
    line = s.reports(case_id)[0]
    assert (line.status, line.note) == (status, note)
    assert not UnsavedText.objects.exists()
    assert "Du har text som inte är sparad" not in text(david.get(page_url(case_id)))


@pytest.mark.requirement("V-60")
def test_an_activity_closed_meanwhile_keeps_the_own_text_to_be_copied(county: f.County) -> None:
    case_id = s.open_follow_up(county)
    posted = filled(case_id, n0=(ReportStatus.ONGOING, "Davids text"))
    s.report(case_id, county.cecilia, 0, ReportStatus.DONE)
    david = browser(county.david)
    david.post(url("follow_up_report", case_id), posted)
    assert statuses(case_id)[0] == "DONE"
    page = text(david.get(page_url(case_id)))
    assert "Davids text" in page
    assert "Cecilia Berg rapporterade" in page


@pytest.mark.requirement("V-60")
def test_a_page_posted_twice_acts_once(county: f.County) -> None:
    case_id = s.open_follow_up(county)
    david = browser(county.david)
    posted = filled(case_id, n0=(ReportStatus.ONGOING, "En gång")) | {"form_key": str(uuid4())}
    for _time in range(2):
        david.post(url("follow_up_report", case_id), posted)
    assert Entry.objects.filter(action=Action.DOCUMENT_REPORTED).count() == 1
    david.post(url("follow_up_report", case_id), posted | {"form_key": str(uuid4())})
    assert not UnsavedText.objects.exists(), "the line says already what was to be saved"


@pytest.mark.requirement("V-61")
def test_the_coordinator_locks_what_was_reviewed(county: f.County) -> None:
    case_id = s.open_follow_up(county)
    anna, david = browser(county.anna), browser(county.david)
    lock = url("follow_up_lock", case_id)
    assert "Följ upp minst en aktivitet först." in text(anna.get(page_url(case_id)))
    anna.post(lock, {"seen": anna.get(lock).context["form"]["seen"].value()})
    assert f.facts_of(case_id).standing(Part.FOLLOW_UP).locked_version is None
    s.report(case_id, county.david, 0, ReportStatus.DONE, "Klart nu")
    assert "är samordningsansvarig" in text(david.get(page_url(case_id)))
    seen = anna.get(lock).context["form"]["seen"].value()
    david.post(lock, {"seen": seen})
    s.report(case_id, county.david, 1, ReportStatus.ONGOING, "Efter granskningen")
    stale = text(anna.post(lock, {"seen": seen}))
    assert "Efter granskningen" in stale
    assert f.facts_of(case_id).standing(Part.FOLLOW_UP).locked_version is None
    anna.post(lock, {"seen": anna.get(lock).context["form"]["seen"].value()})
    assert f.facts_of(case_id).standing(Part.FOLLOW_UP).locked_version is not None
    for unit in (county.home_care, county.health_centre, county.social):
        if unit != county.home_care:
            assert part_views(f.facts_of(case_id), unit.pk)[Part.FOLLOW_UP].status == StepStatus.LOCKED
    told = OutboxItem.objects.filter(event="followup.locked").values_list("unit_id", flat=True)
    assert set(told) <= {county.health_centre.pk, county.social.pk}
    page = text(david.get(page_url(case_id)))
    assert "Klart nu" in page
    assert '-note"' not in page.replace("print-note", "")


@pytest.mark.requirement("V-61")
def test_what_is_locked_is_read_from_what_was_signed(county: f.County) -> None:
    case_id = s.locked_follow_up(county)
    ActivityReport.objects.update(note="Ändrat efteråt")
    page = text(browser(county.david).get(page_url(case_id)))
    assert "Går i trappan själv" in page
    assert "Ändrat efteråt" not in page


@pytest.mark.requirement("V-61", "V-60")
def test_a_locked_follow_up_is_opened_and_what_is_done_stays_closed(county: f.County) -> None:
    case_id = s.locked_follow_up(county)
    david, anna = browser(county.david), browser(county.anna)
    david.post(url("follow_up_open", case_id))
    assert f.facts_of(case_id).standing(Part.FOLLOW_UP).open_version is None
    anna.post(url("follow_up_open", case_id))
    assert statuses(case_id) == ["DONE", "ONGOING", ""]
    keys = [str(line.activity_lineage) for line in s.reports(case_id)]
    page = text(david.get(page_url(case_id)))
    assert f'name="{keys[0]}-note"' not in page
    assert f'name="{keys[1]}-note"' in page
    david.post(url("follow_up_report", case_id), filled(case_id) | {"save": keys[1]})
    assert s.reports(case_id)[1].written.version == 3, "the same status can be reported anew"
    s.lock_follow_up(case_id, county.anna)
    assert text(david.get(page_url(case_id))).count("En senare version är signerad") == 1


@pytest.mark.requirement("V-61", "V-95", "L-06")
def test_a_voided_follow_up_is_read_by_its_date_and_a_new_one_is_activated(county: f.County) -> None:
    case_id = s.locked_follow_up(county)
    anna, david = browser(county.anna), browser(county.david)
    void = url("follow_up_void", case_id)
    reason = anna.get(void).context["form"].fields["reason"].choices[0][0]
    david.post(void, {"reason": reason})
    assert anna.post(void, {"comment": ""}).context["form"].errors["reason"]
    assert not f.facts_of(case_id).document_of(Part.FOLLOW_UP).voided
    anna.post(void, {"reason": reason})
    page = david.get(page_url(case_id))
    (earlier,) = page.context["earlier"]
    assert "i dag" in text(page)
    read = text(david.get(earlier.url))
    assert "Går i trappan själv" in read
    assert reason in read
    assert "Anna Lindqvist" in read
    assert browser(county.eva).get(earlier.url).status_code == 404
    s.activate(case_id, county.david)
    assert statuses(case_id) == ["", "", ""]


@pytest.mark.requirement("V-60")
def test_an_old_page_after_the_follow_up_was_locked_gives_the_own_text_back(county: f.County) -> None:
    case_id = s.open_follow_up(county)
    s.report(case_id, county.anna, 1, ReportStatus.ONGOING)
    posted = filled(case_id, n0=(ReportStatus.ONGOING, "Skrivet på en gammal sida"))
    s.lock_follow_up(case_id, county.anna)
    answer = browser(county.david).post(url("follow_up_report", case_id), posted)
    assert answer.status_code == 409
    assert "Skrivet på en gammal sida" in text(answer)
    assert UnsavedText.objects.count() == 1
    assert Entry.objects.filter(result="refused").exists()


@pytest.mark.requirement("V-62")
def test_the_coordinator_sets_when_the_next_follow_up_is_due(county: f.County) -> None:
    case_id = s.locked_plan(county)
    s.print_plan(case_id, county.anna)
    today = clock.today(clock.now())
    day = add_working_days(today, 15)
    anna, david = browser(county.anna), browser(county.david)
    schedule = url("follow_up_schedule", case_id)
    david.post(schedule, {"due_on": day.isoformat()})
    assert not FollowUpSchedule.objects.exists()
    for wrong in ("", "i förrgår", (today - timedelta(days=2)).isoformat(), _sunday(day).isoformat()):
        assert anna.post(schedule, {"due_on": wrong}).context["form"].errors["due_on"], wrong
    anna.post(schedule, {"due_on": day.isoformat()})
    row = UnitCase.objects.get(case_id=case_id, unit=county.home_care)
    assert row.next_due == clock.at_local(day, clock.local(row.next_due).time())
    assert row.next_step["code"] == "follow_up"
    assert part_views(f.facts_of(case_id), county.home_care.pk)[Part.FOLLOW_UP].task
    s.activate(case_id, county.anna)
    s.report(case_id, county.anna, 0, ReportStatus.ONGOING)
    s.lock_follow_up(case_id, county.anna)
    assert f.facts_of(case_id).follow_up_due_on == day, "it was locked long before the day, which stands"


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


@pytest.mark.requirement("V-62", "K-08")
def test_a_follow_up_that_was_not_made_by_its_day_is_late_in_the_list(county: f.County) -> None:
    case_id = s.locked_plan(county)
    s.print_plan(case_id, county.anna)
    day = add_working_days(clock.today(clock.now()), 15)
    browser(county.anna).post(url("follow_up_schedule", case_id), {"due_on": day.isoformat()})
    listed, person = {"list": "overdue"}, "Karl-Erik Wallin"
    told = []
    for hour in (9, 23):
        with time_machine.travel(clock.at_local(day, time(hour)), tick=False):
            anna = browser(county.anna)
            assert "Följ upp planen" in text(anna.get(reverse("overview:sip"), {"list": "todo"}))
            late = text(anna.get(reverse("overview:sip"), listed))
            told.append((person in late, "<em class=o>försenat" in late))
    assert told == [(False, False), (True, True)]


@pytest.mark.requirement("V-62")
def test_a_day_set_anew_takes_the_place_of_the_one_before(county: f.County) -> None:
    case_id = s.locked_plan(county)
    anna = browser(county.anna)
    days = [add_working_days(clock.today(clock.now()), count) for count in (5, 10)]
    for day in days:
        anna.post(url("follow_up_schedule", case_id), {"due_on": day.isoformat()})
    assert f.facts_of(case_id).follow_up_due_on == days[1]
    assert FollowUpSchedule.objects.count() == 2


@pytest.mark.requirement("V-57")
def test_region_users_are_reminded_of_the_code_after_the_follow_up(county: f.County) -> None:
    case_id = s.locked_follow_up(county)
    assert 'value="AU124"' in text(browser(county.david).get(page_url(case_id)))
    assert 'value="AU124"' not in text(browser(county.anna).get(page_url(case_id)))


@pytest.mark.requirement("V-61", "V-56")
def test_a_plan_with_an_open_follow_up_is_not_opened(county: f.County) -> None:
    case_id = s.open_follow_up(county)
    anna = browser(county.anna)
    anna.post(url("unlock", case_id))
    assert f.facts_of(case_id).standing(Part.PLAN).locked_version is not None
    s.report(case_id, county.anna, 0, ReportStatus.ONGOING)
    s.lock_follow_up(case_id, county.anna)
    unlock_plan(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    anna.post(url("follow_up_open", case_id))
    assert "Öppna: Kan påbörjas när planen är låst." in text_of(text(anna.get(page_url(case_id))))


@pytest.mark.requirement("L-02")
@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("follow_up_activate", "post"), ("follow_up_report", "post"), ("follow_up_discard", "post"),
        ("follow_up_lock", "get"), ("follow_up_lock", "post"), ("follow_up_open", "post"), ("follow_up_void", "get"),
        ("follow_up_schedule", "post"), ("new_plan", "get"), ("new_plan", "post"), ("evaluation_begin", "post"),
        ("evaluation_sign", "get"), ("evaluation_lock", "get"), ("evaluation_void", "get"), ("sbar_begin", "post"),
        ("sbar_sign", "get"),
    ],
)  # fmt: skip
def test_an_outsider_gets_the_same_answer_as_for_no_case(county: f.County, name: str, method: str) -> None:
    case_id = s.open_follow_up(county)
    eva: Callable[..., HttpResponse] = getattr(browser(county.eva), method)
    acted = eva(url(name, case_id))
    assert eva(url(name, uuid4())).status_code == 404
    assert acted.status_code == 404 or acted.url.endswith("/")
    assert f.facts_of(case_id).standing(Part.EVALUATION) is None


@pytest.mark.requirement("V-62")
def test_the_next_step_leads_to_where_it_is_taken(county: f.County) -> None:
    """From every page of the case, the follow-up's own too, where the place is further down."""
    case_id = s.locked_follow_up(county)
    s.print_plan(case_id, county.anna)
    anna, there = browser(county.anna), f'href="{page_url(case_id)}#next"'
    for page in (page_url(case_id), page_url(case_id, "plan"), url("follow_up_void", case_id)):
        assert there in text(anna.get(page)), page
    assert 'id="next"' in text(anna.get(page_url(case_id)))
