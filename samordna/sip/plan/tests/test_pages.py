"""The plan begun and written: who sees it, every page, goals and activities with their errors (V-50 to V-53)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.kernel import clock
from samordna.sip.plan.commands.goals import Responsible
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.states import Part
from samordna.sip.tests import plans
from samordna.sip.tests import stages as s
from samordna.sip.tests.factories import County, county, send_a_summons, summoned_case
from samordna.sip.tests.plan_pages import browser, page_url, plan_text, post, read, url
from samordna.sip.words import PART_SLUGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> County:
    return county()


@pytest.mark.requirement("V-50", "V-53")
def test_begin_fills_in_the_summoned_units_and_only_the_own_unit_sees_it(place: County) -> None:
    case_id = summoned_case(place)
    anna = browser(place.anna)
    assert "Skriv planen" in plan_text(anna, case_id)
    text = post(anna, url("begin_plan", case_id))
    for name in ("Hemtjänsten Norr", "IFO Vuxen", "Vårdcentralen Linden", "Inte angivet", "Nytt mål"):
        assert name in text
    assert "skriver planen. Du ser den när den är signerad" in plan_text(browser(place.david), case_id)
    assert "Nytt mål" not in plan_text(browser(place.david), case_id)
    assert plans.open_rows(case_id).law.met_on is not None


@pytest.mark.requirement("V-50", "V-20")
@pytest.mark.parametrize("part", [Part.PLAN, Part.EVALUATION])
def test_to_write_is_the_thing_to_do_for_the_coordinator_once_the_meeting_has_begun(
    place: County, part: Part
) -> None:
    """Before it, and for the others, it may be done, and is not what waits."""
    case_id = summoned_case(place) if part == Part.PLAN else s.locked_plan(place)
    said = "Skriv planen"
    if part == Part.EVALUATION:
        send_a_summons(case_id, place.anna, [place.health_centre], part=Part.EVALUATION_SUMMONS)
        s.print_plan(case_id, place.anna)
        said = "Skriv utvärderingen"
    address = reverse("sip:part", args=[case_id, PART_SLUGS[part]])

    def drawn(who: Assignment) -> str:
        found = re.search(
            rf'<button class="ds-button" type="submit" data-variant="(\w+)">{said}<',
            read(browser(who), address),
        )
        return found.group(1) if found else ""

    assert drawn(place.anna) == drawn(place.david) == "secondary"
    with time_machine.travel(clock.now() + timedelta(days=30), tick=True):
        assert (drawn(place.anna), drawn(place.david)) == ("primary", "secondary")


@pytest.mark.requirement("V-04")
def test_a_plan_is_not_begun_twice(place: County) -> None:
    case_id = plans.begun_plan(place)
    text = post(browser(place.david), url("begin_plan", case_id))
    assert "har redan påbörjat planen" in text


@pytest.mark.requirement("V-53")
def test_a_colleague_reads_and_takes_over_and_then_the_first_cannot_write(place: County) -> None:
    case_id = plans.begun_plan(place)
    bertil, anna = browser(place.bertil), browser(place.anna)
    assert "Ta över" in plan_text(bertil, case_id)
    assert "Nytt mål" not in plan_text(bertil, case_id)
    assert "Det går inte att ändra nu" in read(bertil, url("goal_new", case_id))
    taken = post(bertil, url("take_over", case_id))
    assert "Nytt mål" in taken
    assert "Nu är det du som skriver." in taken
    assert ", övertagen " in taken, "it was begun by another"
    assert "Bertil Ek" in read(anna, url("goal_new", case_id))
    assert "Ta över" in plan_text(anna, case_id)
    assert "Bara en kollega" in post(browser(place.david), url("take_over", case_id))


def test_every_page_of_the_plan_renders(place: County) -> None:
    case_id = plans.begun_plan(place)
    goal = plans.a_goal(case_id, place.anna)
    activity = plans.an_activity(case_id, place.anna, goal)
    line = plans.line_of(case_id, ParticipantKind.UNIT)
    anna = browser(place.anna)
    for name, args in [
        ("law", []), ("goal_new", []), ("goal", [goal]), ("activity_new", [goal]), ("activity", [activity]),
        ("sign", []), ("lock", []), ("unlock", []), ("void_plan", []), ("drop", []), ("handover", []), ("history", []),
        ("compare", []), ("participant_add", ["plan"]), ("participant_person", ["plan", line.lineage]),
    ]:  # fmt: skip
        read(anna, url(name, case_id, *args))


@pytest.mark.requirement("V-51", "V-52")
def test_a_goal_and_an_activity_are_written_on_their_pages(place: County) -> None:
    case_id = plans.begun_plan(place)
    plans.state_everybody(case_id, place.anna, {place.home_care.pk: place.anna})
    anna = browser(place.anna)
    page = read(anna, url("goal_new", case_id))
    assert "Det här är viktigt för mig" in page
    assert "Karl-Erik" in page
    assert "IFO Vuxen" not in page.split("id_responsible")[1].split("</select>")[0]
    individual = plans.line_of(case_id, ParticipantKind.INDIVIDUAL).lineage
    text = post(
        anna,
        url("goal_new", case_id),
        heading=plans.HEADING,
        text="Jag vill gå ut",
        responsible=f"p:{individual}",
        act="save",
    )
    assert "1. Jag vill gå ut" in text
    assert "Skrivet av Anna Lindqvist, Hemtjänsten Norr" in text
    goal = plans.open_rows(case_id).standing_goals[0]
    text = post(
        anna,
        url("activity_new", case_id, goal.lineage),
        text="Promenad",
        responsible="",
        done_on="2030-05-14",
        act="save",
    )
    assert "Promenad" in text
    assert "14 maj 2030" in text
    assert "under hela SIP-perioden" not in text
    text = post(anna, url("activity_new", case_id, goal.lineage), text="Fika", done_on="", act="save")
    assert "under hela SIP-perioden" in text.split("Fika")[1]


@pytest.mark.requirement("V-51")
def test_choose_another_finds_representatives_without_scripts(place: County) -> None:
    case_id = plans.begun_plan(place)
    goal = plans.a_goal(case_id, place.anna)
    anna = browser(place.anna)
    address = url("activity_new", case_id, goal)
    found = post(anna, address, text="Handla", q="cecilia", act="search")
    assert "Cecilia Berg, socialsekreterare" in found
    assert "Handla" in found
    assert "Rätta det här" not in found
    partial = post(anna, url("plan_people", case_id), q="cecilia")
    assert "Cecilia Berg" in partial
    assert "<html" not in partial
    text = post(anna, address, text="Handla", q="cecilia", other=f"a:{place.cecilia.pk}", act="save")
    assert "Cecilia Berg, socialsekreterare, IFO Vuxen" in text


@pytest.mark.requirement("V-52")
@pytest.mark.parametrize(
    ("typed", "told"),
    [("2020-01-01", "Dagen har passerat"), ("i övermorgon kanske", "datum"), ("31/2 2027", "")],
)
def test_a_day_that_has_passed_or_cannot_be_read_is_an_error_at_its_field(
    place: County, typed: str, told: str
) -> None:
    case_id = plans.begun_plan(place)
    goal = plans.a_goal(case_id, place.anna)
    text = post(
        browser(place.anna), url("activity_new", case_id, goal), text="Handla", done_on=typed, act="save"
    )
    assert told in text
    assert 'id="id_done_on_error"' in text
    assert f'value="{typed}"' in text
    assert "Fel:" in text.split("</title>")[0]
    assert not plans.open_rows(case_id).standing_goals[0].standing


@pytest.mark.requirement("V-51")
def test_one_who_did_not_attend_cannot_be_responsible(place: County) -> None:
    case_id = plans.begun_plan(place)
    absent = plans.line_of(case_id, ParticipantKind.UNIT, place.social.pk).lineage
    text = post(
        browser(place.anna),
        url("goal_new", case_id),
        heading=plans.HEADING,
        text="Mål",
        responsible=f"p:{absent}",
        act="save",
    )
    assert "Välj en av dem som deltog" in text
    assert not plans.open_rows(case_id).standing_goals


def test_bad_input_is_kept_and_explained(place: County) -> None:
    case_id = plans.begun_plan(place)
    anna = browser(place.anna)
    assert "Fyll i" in post(anna, url("goal_new", case_id), heading=plans.HEADING, text="", act="save")
    assert "för lång" in post(
        anna, url("goal_new", case_id), heading=plans.HEADING, text="å" * 200_000, act="save"
    )
    assert "id_heading_error" in post(
        anna, url("goal_new", case_id), heading="Påhittad", text="Mål", act="save"
    )
    post(
        anna,
        url("goal_new", case_id),
        heading=plans.HEADING,
        text="<script>alert(1)</script>\u202e\x07",
        act="save",
    )
    response = anna.get(page_url(case_id))
    assert b"<script>alert" not in response.content
    assert plans.open_rows(case_id).standing_goals[0].text == "<script>alert(1)</script>"


def test_a_form_posted_twice_saves_once(place: County) -> None:
    case_id = plans.begun_plan(place)
    anna = browser(place.anna)
    fields = {
        "heading": plans.HEADING,
        "text": "Mål",
        "act": "save",
        "form_key": "6f1c1f5a-0a0c-4c57-8f3b-0e2f0f6f4a11",
    }
    post(anna, url("goal_new", case_id), **fields)
    post(anna, url("goal_new", case_id), **fields)
    assert len(plans.open_rows(case_id).standing_goals) == 1


@pytest.mark.requirement("V-51")
def test_a_removed_goal_comes_back_with_its_activities(place: County) -> None:
    case_id = plans.begun_plan(place)
    goal = plans.a_goal(case_id, place.anna, "Jag vill bo kvar")
    activity = plans.an_activity(case_id, place.anna, goal, "Träna")
    anna = browser(place.anna)
    gone = post(anna, url("activity_remove", case_id, activity), version=1)
    assert "Ångra" in gone
    assert "Träna" not in gone
    assert "Träna" in post(anna, url("activity_restore", case_id, activity))
    gone = post(anna, url("goal_remove", case_id, goal), version=1)
    assert "Jag vill bo kvar" not in gone
    assert "Ångra" in gone
    assert "Ångra" not in plan_text(anna, case_id), "the strip stands until the page is left"
    back = post(anna, url("goal_restore", case_id, goal))
    assert "Jag vill bo kvar" in back
    assert "Träna" in back


@pytest.mark.requirement("L-02")
def test_outsiders_get_the_same_answer_as_if_there_were_nothing(place: County) -> None:
    case_id = plans.begun_plan(place)
    goal = plans.a_goal(case_id, place.anna)
    frida = browser(place.frida)
    for address in (
        page_url(case_id),
        url("goal", case_id, goal),
        url("sign", case_id),
        url("history", case_id),
    ):
        assert frida.get(address).status_code == 404
    assert frida.post(url("goal_remove", case_id, goal), {"version": 1}).status_code == 404
    david = browser(place.david)
    assert "Jag vill bo kvar" not in read(david, url("goal", case_id, goal))


def test_the_one_responsible_before_can_stay_although_absent_now(place: County) -> None:
    case_id = plans.begun_plan(place)
    plans.state_everybody(case_id, place.anna, {place.home_care.pk: place.anna})
    line = plans.line_of(case_id, ParticipantKind.UNIT, place.home_care.pk)
    goal = plans.a_goal(case_id, place.anna, responsible=Responsible(lineage=line.lineage))
    anna = browser(place.anna)
    post(anna, url("participant_attendance", case_id, "plan", line.lineage), version=line.written.version)
    assert plans.line_of(case_id, ParticipantKind.UNIT, place.home_care.pk).attendance == Attendance.ABSENT
    name = "Anna Lindqvist, enhetschef, Hemtjänsten Norr"
    assert name in read(anna, url("goal", case_id, goal))
    text = post(
        anna,
        url("goal", case_id, goal),
        heading=plans.HEADING,
        text="Ändrat",
        responsible=f"n:{name}",
        version=1,
        act="save",
    )
    assert name in text
    assert "Ändrat" in text
