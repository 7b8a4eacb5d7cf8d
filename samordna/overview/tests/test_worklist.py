"""SIP Översikt: lists, order, counts, rows, what is shown to whom (V-20, V-21, V-25, K-08, L-04)."""

import html
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import (
    SystemRoleGrantFactory,
    UnitFactory,
    log_in,
    worker,
)
from samordna.audit.models import Entry
from samordna.cases.states import Bucket, StepStatus
from samordna.cases.worklist import FAR_AWAY, NextStep, Symbol
from samordna.overview import states
from samordna.overview.tests.conftest import AT
from samordna.overview.tests.factories import row
from samordna.people.models import PersonIdentifier
from samordna.people.states import Protection

pytestmark = pytest.mark.both

DAY = timedelta(days=1)


def listed(client: Client, /, **asked: str) -> str:
    answer = client.get(reverse("overview:sip"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def names(shown: str) -> list[str]:
    """The persons of the rows, in order."""
    return [html.unescape(name) for name in re.findall(r"<tr><th><a [^>]*>([^<]*)</a>", shown)]


def counts(shown: str) -> dict[str, str]:
    found = re.findall(r'<a href="[^"]*"[^>]*>([^<]+?) <span class="count[^"]*">([^<]*)</span>', shown)
    return {html.unescape(label): count for label, count in found if label != "SIP"}


@pytest.fixture
def county(anna: Assignment, at: datetime) -> None:
    """One case of every kind at the unit."""
    unit = anna.unit
    row(unit, at=at, name="Att Göra", due_at=at + DAY)
    row(unit, at=at, name="Att Göra Sent", due_at=at - DAY)
    row(unit, at=at, name="Nekat Svar", profile=7)
    row(unit, at=at, name="Väntar Länge", profile=3, due_at=at - DAY)
    row(unit, at=at, name="Väntar Lagom", profile=3, due_at=at + DAY)
    row(unit, at=at, name="Har Utkast", profile=4, has_draft=True)
    step = NextStep("write_plan", "PLAN", at=(at + 3 * DAY).isoformat())
    row(
        unit,
        at=at,
        name="Möte Framöver",
        bucket=Bucket.TODO,
        acts_from=at + 3 * DAY,
        due_at=at + 5 * DAY,
        next_step=step.stored(),
        symbols={"PLAN": Symbol(StepStatus.TODO, at + 3 * DAY).stored()},
    )
    row(unit, at=at, name="Slut Avslutad", bucket=Bucket.ENDED, next_step=NextStep("case_ended").stored())
    row(unit, at=at, name="Mak Ulerad", bucket=Bucket.VOIDED, next_step=NextStep("case_voided").stored())


ONGOING = {
    "Att Göra",
    "Att Göra Sent",
    "Nekat Svar",
    "Väntar Länge",
    "Väntar Lagom",
    "Har Utkast",
    "Möte Framöver",
}
LISTS = {
    "": ONGOING,
    "todo": {"Att Göra", "Att Göra Sent", "Nekat Svar"},
    "overdue": {"Att Göra Sent", "Väntar Länge"},
    "waiting": {"Väntar Länge", "Väntar Lagom", "Möte Framöver"},
    "drafts": {"Har Utkast"},
    "ended": {"Slut Avslutad"},
    "voided": {"Mak Ulerad"},
    "nonsense": ONGOING,
    "unhandled": ONGOING,  # for superusers only: others get the list they begin with
}


@pytest.mark.requirement("V-20")
@pytest.mark.parametrize("name", LISTS)
def test_each_list_holds_its_cases(page: Client, county: None, name: str) -> None:
    assert set(names(listed(page, list=name))) == LISTS[name]


@pytest.mark.requirement("V-20", "V-03")
def test_ongoing_is_shown_first_with_the_counts_of_all(page: Client, county: None) -> None:
    shown = listed(page)
    assert counts(shown) == {
        "Att göra": "3",
        "Försenade": "2",
        "Väntar på andra": "3",
        "Pågående": "7",
        "Utkast": "1",
        "Avslutade": "1",
        "Makulerade": "1",
    }
    assert "<h1>SIP Översikt</h1>" in shown
    assert "Pågående: 7 ärenden, de som väntar på er först" in shown


def test_an_empty_list_still_has_the_counts_and_says_where_something_is(
    page: Client, anna: Assignment, at: datetime
) -> None:
    row(anna.unit, at=at, profile=3)
    shown = listed(page, list="todo")
    assert counts(shown)["Väntar på andra"] == "1"
    assert "Inget att göra just nu." in shown
    assert "1 ärende väntar på andra." in shown


@pytest.mark.requirement("V-20")
def test_those_that_wait_for_the_unit_stand_first_then_by_due_time(page: Client, county: None) -> None:
    assert names(listed(page)) == [
        "Att Göra Sent",
        "Att Göra",
        "Nekat Svar",
        "Väntar Länge",
        "Väntar Lagom",
        "Möte Framöver",
        "Har Utkast",
    ]


@pytest.mark.requirement("V-21")
def test_what_lies_ahead_is_not_yet_a_task(page: Client, county: None) -> None:
    shown = listed(page, list="waiting")
    assert "Planeringsmöte lör 16 maj 09.31" in shown
    assert "Plan: Inte påbörjad" in shown


@pytest.mark.requirement("K-08")
def test_a_late_task_says_how_late_and_one_in_time_until_when(page: Client, county: None) -> None:
    shown = listed(page, list="todo")
    assert "<em class=o>försenat 1 arbetsdag</em>" in shown
    assert "<em>senast i morgon 09.31</em>" in shown


@pytest.mark.requirement("K-08", "V-20")
@pytest.mark.parametrize("late", [False, True])
def test_a_case_is_late_after_its_due_time_and_not_at_it(
    page: Client, anna: Assignment, at: datetime, late: bool
) -> None:
    row(anna.unit, at=at, name="Precis Nu", due_at=at - timedelta(microseconds=int(late)))
    assert names(listed(page, list="overdue")) == ["Precis Nu"] * late
    shown = listed(page)
    assert counts(shown)["Försenade"] == str(int(late))
    assert ("<em class=o>försenat sedan i dag" in shown, "<em>senast i dag" in shown) == (late, not late)


@pytest.mark.requirement("V-20", "V-21", "V-05")
def test_a_symbol_names_part_and_state_and_leads_to_the_part(
    page: Client, anna: Assignment, at: datetime
) -> None:
    made = row(anna.unit, at=at, profile=3)
    shown = listed(page)
    link = reverse("sip:part", kwargs={"case_id": made.case_id, "slug": "summons"})
    relative = link.removeprefix(reverse("overview:sip"))
    assert f"<a class=w href={relative}>Kallelse: Väntar på andra</a>" in shown
    assert f"<a href={reverse('sip:case', args=[made.case_id]).removeprefix('/sip/')}>" in shown
    assert "<td class=y colspan=3><s>Kan inte börja än</s>" in shown


def test_sbar_has_a_column_only_where_a_case_has_it(page: Client, anna: Assignment, at: datetime) -> None:
    row(anna.unit, at=at)
    assert "SBAR" not in listed(page)
    row(anna.unit, at=at, symbols={"SBAR": Symbol(StepStatus.DONE).stored()})
    assert "SBAR: Klar" in listed(page)


@pytest.mark.requirement("L-04")
def test_a_protected_person_has_neither_name_nor_number_in_the_list(
    page: Client, anna: Assignment, at: datetime
) -> None:
    made = row(anna.unit, at=at, name="Hemlig Person", protection=Protection.CONFIDENTIALITY_MARK)
    shown = listed(page)
    assert names(shown) == ["Skyddade uppgifter"]
    assert "<u>Skyddad identitet</u>" in shown
    assert "Hemlig" not in shown
    number = PersonIdentifier.objects.get(person_id=made.person_id).value
    assert number[:8] not in shown
    entry = Entry.objects.get(action="case.listed")
    assert entry.persons == [str(made.person_id)]


@pytest.mark.requirement("L-05")
def test_the_reading_is_logged_once_for_each_person_and_day(
    page: Client, anna: Assignment, at: datetime
) -> None:
    first = row(anna.unit, at=at)
    listed(page)
    listed(page)
    second = row(anna.unit, at=at)
    listed(page, list="todo")
    logged = Entry.objects.filter(action="case.listed").order_by("id")
    assert [entry.persons for entry in logged] == [[str(first.person_id)], [str(second.person_id)]]


def test_another_units_case_is_not_shown(page: Client, county: None, at: datetime) -> None:
    other = worker()
    row(other.unit, at=at, name="Annan Enhet")
    shown = listed(page)
    assert "Annan Enhet" not in names(shown)
    assert counts(shown)["Pågående"] == "7"


@pytest.mark.requirement("V-25")
def test_only_mine_is_what_i_handle_or_coordinate(page: Client, anna: Assignment, at: datetime) -> None:
    colleague = worker(anna.unit, name="Anna Lindqvist")
    row(anna.unit, at=at, name="Jag Handlägger", handler=anna)
    row(anna.unit, at=at, name="Jag Samordnar", coordinator=anna, handler=colleague)
    row(anna.unit, at=at, name="Namnes Namne", coordinator=colleague, handler=colleague)
    row(anna.unit, at=at, name="Ingens Ärende")
    shown = listed(page, mine="1")
    assert set(names(shown)) == {"Jag Handlägger", "Jag Samordnar"}
    assert counts(shown)["Pågående"] == "2"
    assert len(names(listed(page))) == 4


@pytest.mark.requirement("V-25")
def test_a_superuser_sees_which_cases_nobody_handles(page: Client, anna: Assignment, at: datetime) -> None:
    row(anna.unit, at=at, name="Ingens Ärende")
    row(anna.unit, at=at, name="Någons Ärende", handler=anna)
    assert "Ingen handläggare" not in listed(page)
    SystemRoleGrantFactory(user=anna.user, role=SystemRole.SUPERUSER, organisation=anna.unit.department)
    assert listed(page).count("<u>Ingen handläggare</u>") == 1
    shown = listed(page, list="unhandled")
    assert names(shown) == ["Ingens Ärende"]
    assert counts(shown)["Utan handläggare"] == "1"


def test_the_coordinator_is_told_with_the_unit_or_that_it_is_ours(
    page: Client, anna: Assignment, at: datetime
) -> None:
    row(anna.unit, at=at, coordinator=anna)
    row(anna.unit, at=at)
    shown = listed(page)
    assert "<td>Anna Lindqvist, ni<td>" in shown
    assert "<td>Eva Holm, Vårdcentralen Linden<td>i dag 07.31" in shown


def test_values_are_escaped(page: Client, anna: Assignment, at: datetime) -> None:
    step = NextStep("handle_denial", "INITIATIVE", unit="<b>x</b>", who="<script>alert(1)</script>")
    row(
        anna.unit,
        at=at,
        name="<script>alert(2)</script>",
        profile=7,
        next_step=step.stored(),
        coordinator_name="<i>Eva</i>",
        coordinator_unit_name='"><img src=x>',
    )
    shown = listed(page)
    for written in ("<script>alert", "<b>x</b>", "<i>Eva", "<img"):
        assert written not in shown
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in shown


def test_a_long_list_goes_on_page_by_page(page: Client, anna: Assignment, at: datetime) -> None:
    for serial in range(120):
        row(anna.unit, at=at, name=f"Person {serial}", due_at=at + timedelta(hours=serial))
    first, second, third, ninth = (listed(page, page=number) for number in "1239")
    assert names(first) + names(second) + names(third) == [f"Person {serial}" for serial in range(120)]
    assert "Visar 1–50 av 120" in first
    assert "Visar 101–120 av 120" in third
    assert 'href="?page=2"' in first
    assert "Visa fler" not in third
    assert "Listan slutar före den här sidan." in ninth
    below = page.get(reverse("overview:sip"), {"page": "2"}, headers={"HX-Request": "true"})
    assert "Visar 1–100 av 120" in below.content.decode()


def test_the_count_of_finished_cases_stops(
    page: Client, anna: Assignment, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("queries.lists", "presenters.worklist"):
        monkeypatch.setattr(f"samordna.overview.{module}.MOST_COUNTED", 3)
    for _serial in range(4):
        row(anna.unit, at=at, bucket=Bucket.ENDED, next_step=NextStep("case_ended").stored())
    assert counts(listed(page))["Avslutade"] == "2+"


def test_what_has_ended_is_never_late(page: Client, anna: Assignment, at: datetime) -> None:
    row(
        anna.unit,
        at=at,
        bucket=Bucket.ENDED,
        due_at=at - DAY,
        next_due=FAR_AWAY,
        next_step=NextStep("case_ended").stored(),
    )
    shown = listed(page, list="ended")
    assert "försenat" not in shown
    assert "<b>Ärendet är avslutat</b>" in shown


@pytest.mark.requirement("V-22")
def test_a_new_case_is_begun_by_those_with_the_right(client: Client, at: datetime) -> None:
    for initiates in (True, False):
        log_in(client, worker(initiates=initiates))
        assert (f'href="{reverse("sip:new")}"' in listed(client)) is initiates


def test_who_has_no_right_in_sip_is_led_to_administration(client: Client, at: datetime) -> None:
    log_in(client, worker(initiates=False, answers=False))
    answer = client.get(reverse("overview:sip"))
    assert answer.status_code == 302
    assert answer.url == reverse("overview:administer")
    # No page leads to what is refused.
    assert 'role="search"' not in client.get(answer.url).content.decode()
    for name in ("overview:changes", "overview:search"):
        assert client.get(reverse(name)).status_code == 404


@pytest.mark.requirement("L-09")
def test_the_page_speaks_english_too(page: Client, county: None) -> None:
    page.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    shown = listed(page)
    for words in (
        "SIP overview",
        "Waiting for others <span",
        "Acknowledge the summons to planning",
        "Summons: To do",
        "by tomorrow 09.31",
        "1 working day late",
        "Explanation of symbols",
    ):
        assert words in shown
    for words in ("Att göra <", "Kallelse", "arbetsdag", "Symbolförklaringar"):
        assert words not in shown


def test_titles_and_addresses_name_no_person(page: Client, county: None) -> None:
    shown = listed(page)
    title = re.search(r"<title>(.*)</title>", shown, re.DOTALL).group(1)  # type: ignore[union-attr]
    assert title == "(3) SIP Översikt – Samordna"
    addresses = " ".join(re.findall(r'href="?([^" >]*)', shown))
    for number in PersonIdentifier.objects.values_list("value", flat=True):
        assert number not in addresses.replace("-", "")


# --- The refresh ---


@pytest.fixture
def asked(page: Client, county: None) -> str:
    return str(page.get(reverse("overview:sip")).context["changes_href"])


def test_a_refresh_with_nothing_new_answers_nothing_and_leaves_no_trace(page: Client, asked: str) -> None:
    before = Entry.objects.count()
    answer = page.get(asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert Entry.objects.count() == before


def test_a_refresh_tells_how_many_cases_have_changed(
    page: Client, asked: str, anna: Assignment, at: datetime
) -> None:
    row(worker().unit, at=at, last_change=at + DAY)
    for _serial in range(3):
        row(anna.unit, at=at, name="Ny Person", last_change=at + DAY)
    answer = page.get(asked)
    assert answer.status_code == 200
    assert "3 nya – visa" in answer.content.decode()
    assert "Ny Person" not in answer.content.decode()


def test_a_refresh_is_no_activity(page: Client, asked: str, at: datetime, travel: Callable) -> None:
    left = page.get(reverse("accounts:session")).json()["seconds_left"]
    travel(at + timedelta(minutes=10))
    page.get(asked)
    assert page.get(reverse("accounts:session")).json()["seconds_left"] == left - 600


@pytest.mark.parametrize(
    "since", ["", "i går", "2026-05-13T07:00:00", "99999999", "0001-01-01T00:00:00+14:00"]
)
def test_a_refresh_that_names_no_moment_is_refused(page: Client, at: datetime, since: str) -> None:
    assert page.get(reverse("overview:changes"), {"since": since}).status_code == 400


def test_the_most_counted_is_a_round_figure() -> None:
    assert f"{states.MOST_COUNTED - 1}+" == "999+"


@pytest.mark.requirement("K-18", "V-20")
def test_each_unit_to_choose_says_how_much_there_is_to_do(
    page: Client, anna: Assignment, county: None
) -> None:
    elsewhere = worker(UnitFactory(name="Hemtjänsten Öster"), user=anna.user)
    shut_out = worker(UnitFactory(name="Växeln"), user=anna.user, initiates=False, answers=False)
    row(shut_out.unit, at=AT)
    shown = page.get(reverse("assignments:choose_unit")).content.decode()
    said = {unit: shown.split(f"{unit}</h2>", 1)[1].split("</form>", 1)[0] for unit in
            (anna.unit.name, elsewhere.unit.name, "Växeln")}  # fmt: skip
    number = len(LISTS["todo"])
    assert f'<span class="count todo">{number}</span> ärenden att göra' in said[anna.unit.name]
    assert "Inget att göra just nu" in said[elsewhere.unit.name]
    assert "att göra" not in said["Växeln"]


@pytest.mark.requirement("V-20", "L-06")
def test_a_list_gets_no_rows_of_the_unit_that_was_chosen_in_another_tab(
    page: Client, anna: Assignment, at: datetime
) -> None:
    elsewhere = worker(UnitFactory(), user=anna.user)
    for number in range(60):
        row(anna.unit, at=at, name=f"Här {number}")
        row(elsewhere.unit, at=at, name=f"Där {number}")
    shown = page.get(reverse("overview:sip"))
    sent = html.unescape(shown.content.decode().split('rel="next"')[1].split("hx-headers='")[1].split("'")[0])
    asked, more_href = {"HX-Request": "true", **json.loads(sent)}, reverse("overview:sip") + "?page=2"
    assert names(page.get(more_href, headers=asked).content.decode())
    page.post(reverse("assignments:change_unit"), {"chosen": elsewhere.pk})
    more = page.get(more_href, headers=asked)
    assert (more.status_code, more.content, more.headers["HX-Refresh"]) == (204, b"", "true")
    row(elsewhere.unit, at=at, name="Där nu")
    assert page.get(shown.context["changes_href"], headers=asked).status_code == 204
    assert names(listed(page))[0].startswith("Där")
