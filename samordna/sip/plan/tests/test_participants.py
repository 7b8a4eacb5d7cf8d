"""*Deltagare*: attended or not, who represented a unit, added by name or by hand, removed and put back (V-50)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments.tests.factories import worker
from samordna.kernel import clock
from samordna.messaging.states import Answer
from samordna.organisations.models import Organisation
from samordna.people.commands import add_related
from samordna.people.models import Person
from samordna.people.states import Relation
from samordna.sip.plan.commands.plan import begin_plan
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.tests import plans
from samordna.sip.tests.factories import (
    CONSENT,
    County,
    actor,
    answer,
    county,
    facts_of,
    made_up_number,
    new_case,
    new_person,
    send_a_summons,
    send_an_initiative,
    sent_initiative,
)
from samordna.sip.tests.plan_pages import browser, hidden, plan_text, post, read, url

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("V-50")]


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def case_id(place: County) -> UUID:
    return plans.begun_plan(place)


def test_attended_opens_the_units_users_and_one_is_picked(place: County, case_id: UUID) -> None:
    worker(place.health_centre, name="Östen Åkare", title="läkare")
    line = plans.line_of(case_id, ParticipantKind.UNIT, place.health_centre.pk)
    address = url("participant_person", case_id, "plan", line.lineage)
    anna = browser(place.anna)
    page = read(anna, address)
    assert page.index("David Holm") < page.index("Östen Åkare")
    assert "Eva Sand" not in page
    assert "Välj en person" in post(anna, address, act="choose", version=1)
    text = post(anna, address, act="choose", person=place.david.pk, version=1)
    assert "David Holm, distriktssköterska" in text
    line = plans.line_of(case_id, ParticipantKind.UNIT, place.health_centre.pk)
    assert (line.attendance, line.user_id) == (Attendance.ATTENDED, place.david.user_id)
    text = post(anna, url("participant_attendance", case_id, "plan", line.lineage), version=2)
    assert "Deltog ej" in text
    assert plans.line_of(case_id, ParticipantKind.UNIT, place.health_centre.pk).name == ""


def test_somebody_from_another_unit_is_not_picked(place: County, case_id: UUID) -> None:
    line = plans.line_of(case_id, ParticipantKind.UNIT, place.health_centre.pk)
    address = url("participant_person", case_id, "plan", line.lineage)
    assert "Välj en av personerna" in post(
        browser(place.anna), address, act="choose", person=place.eva.pk, version=1
    )
    assert (
        plans.line_of(case_id, ParticipantKind.UNIT, place.health_centre.pk).attendance == Attendance.UNKNOWN
    )


def test_the_individual_attended_or_not_and_stays_in_the_list(place: County, case_id: UUID) -> None:
    anna = browser(place.anna)
    line = plans.line_of(case_id, ParticipantKind.INDIVIDUAL)
    address = url("participant_attendance", case_id, "plan", line.lineage)
    post(anna, address, version=1, attended="on")
    assert plans.line_of(case_id, ParticipantKind.INDIVIDUAL).attended
    post(anna, address, version=2)
    assert plans.line_of(case_id, ParticipantKind.INDIVIDUAL).attendance == Attendance.ABSENT
    text = post(anna, url("participant_remove", case_id, "plan", line.lineage), version=3)
    assert "Den enskilde står alltid i listan" in text


def test_a_line_changed_by_somebody_else_is_not_overwritten(place: County, case_id: UUID) -> None:
    anna = browser(place.anna)
    line = plans.line_of(case_id, ParticipantKind.INDIVIDUAL)
    address = url("participant_attendance", case_id, "plan", line.lineage)
    post(anna, address, version=1, attended="on")
    assert "Någon annan har ändrat" in post(anna, address, version=1)
    assert plans.line_of(case_id, ParticipantKind.INDIVIDUAL).attended


def test_a_unit_called_by_mistake_is_removed_and_put_back(place: County, case_id: UUID) -> None:
    anna = browser(place.anna)
    line = plans.line_of(case_id, ParticipantKind.UNIT, place.social.pk)
    text = post(anna, url("participant_remove", case_id, "plan", line.lineage), version=1)
    assert "Deltagaren är borttagen" in text
    assert "IFO Vuxen" not in text.split('id="participants"')[1].split("</section>")[0]
    text = post(anna, url("participant_restore", case_id, "plan", line.lineage))
    assert "IFO Vuxen" in text.split('id="participants"')[1].split("</section>")[0]


def test_a_representative_is_found_by_name_and_confirmed(place: County, case_id: UUID) -> None:
    anna = browser(place.anna)
    address = url("participant_add", case_id, "plan")
    found = post(anna, address, q="eva", act="search")
    assert "Eva Sand, kurator, Psykiatriska öppenvården" in found
    assert "Bekräfta" in found
    assert "Ingen med det namnet" in post(anna, address, q="finns inte", act="search")
    partial = post(anna, url("participant_people", case_id, "plan"), q="eva")
    assert "Eva Sand" in partial
    assert "<html" not in partial
    text = post(anna, address, q="eva", person=place.eva.pk, act="choose")
    assert "Psykiatriska öppenvården" in text
    assert "Eva Sand, kurator" in text
    assert "Personen finns redan i listan" in post(anna, address, q="eva", person=place.eva.pk, act="choose")


def test_somebody_else_is_written_by_hand_and_corrected(place: County, case_id: UUID) -> None:
    anna = browser(place.anna)
    address = url("participant_add", case_id, "plan")
    assert "Fyll i" in post(anna, address, act="write", name="", role="god man", contact="")
    text = post(anna, address, act="write", name="Siv Ek", role="god man", contact="070-174 06 05")
    assert "Siv Ek, god man" in text
    assert "070-174 06 05" in text
    line = plans.line_of(case_id, ParticipantKind.OTHER)
    assert line.attended
    text = post(
        anna,
        url("participant_person", case_id, "plan", line.lineage),
        act="write",
        name="Siv Eklund",
        role="god man",
        contact="",
        version=1,
    )
    assert "Siv Eklund, god man" in text
    assert "Siv Eklund" in read(anna, url("goal_new", case_id)).split('id="id_responsible"')[1]


def test_an_external_units_person_is_written_by_hand(place: County) -> None:
    case_id, message_id = sent_initiative(place, place.health_centre, place.insurance)
    answer(case_id, message_id, place.david, Answer.ACCEPTED)
    send_a_summons(case_id, place.anna, [place.health_centre, place.insurance])
    begin_plan(actor=actor(place.anna), case_id=case_id, at=clock.now())
    line = plans.line_of(case_id, ParticipantKind.UNIT, place.insurance.pk)
    address = url("participant_person", case_id, "plan", line.lineage)
    anna = browser(place.anna)
    assert "Vem deltog från Försäkringskassan Katrineholm?" in read(anna, address)
    text = post(anna, address, act="write", name="Per Svan", role="handläggare", contact="", version=1)
    assert "Per Svan, handläggare" in text


def test_guardians_of_a_child_are_asked_for_apart(place: County) -> None:
    anna = actor(place.anna)
    child = new_person(anna, name="Elsa Wallin", number=made_up_number(date(2013, 2, 3)))
    who = {"actor": anna, "person_id": child, "at": clock.now()}
    for name in ("Maria Wallin", "Jonas Wallin"):
        add_related(relation=Relation.GUARDIAN, name=name, relation_text="", contact="070-174 06 05", **who)
    add_related(relation=Relation.NEXT_OF_KIN, name="Moster Eva", relation_text="", contact="", **who)
    case_id = new_case(place.anna, person_id=child)
    by_the_child = replace(CONSENT, judgement="Tretton år, förstår vad planen gäller.")
    message_id = send_an_initiative(case_id, place.anna, [place.health_centre], consent=by_the_child)
    answer(case_id, message_id, place.david, Answer.ACCEPTED)
    send_a_summons(case_id, place.anna, [place.health_centre])
    begin_plan(actor=anna, case_id=case_id, at=clock.now())
    guardians = [
        line for line in plans.open_rows(case_id).participants if line.kind == ParticipantKind.GUARDIAN
    ]
    assert {line.name for line in guardians} == {"Maria Wallin", "Jonas Wallin"}
    text = plan_text(browser(place.anna), case_id)
    assert "Maria Wallin (vårdnadshavare)" in text
    assert "Ange om Jonas Wallin deltog" in text


@pytest.mark.requirement("V-53")
def test_only_those_who_may_write_change_the_list(place: County, case_id: UUID) -> None:
    line = plans.line_of(case_id, ParticipantKind.INDIVIDUAL)
    text = post(
        browser(place.bertil),
        url("participant_attendance", case_id, "plan", line.lineage),
        version=1,
        attended="on",
    )
    assert "skriver. Ingen annan kan skriva" in text
    assert plans.line_of(case_id, ParticipantKind.INDIVIDUAL).attendance == Attendance.UNKNOWN
    assert "Lägg till deltagare" not in plan_text(browser(place.bertil), case_id)
    assert browser(place.anna).get(url("participant_add", case_id, "summons")).status_code == 404


def test_who_attended_is_shown_beside_what_was_chosen_and_the_second_try_counts(
    place: County, case_id: UUID
) -> None:
    """The forms that are written by hand and chosen from are each asked twice."""
    david = worker(place.health_centre, name="Östen Åkare", title="läkare")
    line = plans.line_of(case_id, ParticipantKind.UNIT, place.health_centre.pk)
    address = url("participant_person", case_id, "plan", line.lineage)
    anna = browser(place.anna)
    post(anna, address, act="write", name="Sara Nilsson", role="trainee", contact="1177", version=1)
    text = post(anna, address, act="write", name="Nils Olsson", role="", contact="", version=1)
    assert "Nu står det: Sara Nilsson" in text
    assert 'value="Nils Olsson"' in text
    post(
        anna,
        address,
        act="write",
        name="Nils Olsson",
        role="",
        contact="",
        version=hidden(text.split('value="write"')[0].rsplit("<form", 1)[1], "version"),
    )
    line = plans.line_of(case_id, ParticipantKind.UNIT, place.health_centre.pk)
    assert (line.name, line.contact) == ("Nils Olsson", "")
    text = post(anna, address, act="choose", person=david.pk, version=1)
    assert f'value="{david.pk}"' in text
    post(anna, address, act="choose", person=david.pk, version=line.written.version)
    assert plans.line_of(case_id, ParticipantKind.UNIT, place.health_centre.pk).name == "Östen Åkare"


@pytest.mark.requirement("V-50", "V-53", "L-05")
def test_an_open_edition_names_people_as_now_and_what_was_signed_as_then(place: County) -> None:
    case_id = plans.begun_plan(place)
    plans.complete(case_id, place, place.anna)
    person_id = facts_of(case_id).case.person_id
    anna = browser(place.anna)

    def called(surname: str, tree: str) -> None:
        Person.objects.filter(pk=person_id).update(name=f"Karl-Erik {surname}")
        User.objects.filter(pk=place.david.user_id).update(name=f"David {surname}")
        Organisation.objects.filter(pk=place.health_centre.pk).update(name=f"Vårdcentralen {tree}")
        Organisation.objects.filter(pk=place.home_care.principal_id).update(name=f"{tree}s kommun")

    called("Ek", "Alen")
    shown = plan_text(anna, case_id).partition("<article")[2]
    for new in ("David Ek, distriktssköterska, Vårdcentralen Alen", "Karl-Erik Ek", "Alens kommun"):
        assert new in shown
    for old in ("David Holm", "Karl-Erik Wallin", "Vårdcentralen Linden", "Katrineholms kommun"):
        assert old not in shown
    plans.sign(case_id, place.anna)
    plans.lock(case_id, place.anna)
    called("Alm", "Boken")
    signed = plan_text(anna, case_id).partition("<article")[2]
    assert "David Ek, distriktssköterska, Vårdcentralen Alen" in signed
    for later in ("David Alm", "Vårdcentralen Boken", "Bokens kommun"):
        assert later not in signed
    post(anna, url("follow_up_activate", case_id))
    followed = read(anna, reverse("sip:part", args=[case_id, "follow-up"])).partition("<article")[2]
    assert "David Ek" in followed
    assert "David Holm" not in followed


@pytest.mark.requirement("V-51", "V-53", "L-05")
def test_who_was_found_for_a_goal_or_an_activity_is_called_as_now_until_it_is_signed(place: County) -> None:
    """*Välj annan*: somebody who does not stand among the participants."""
    case_id = plans.begun_plan(place)
    plans.complete(case_id, place, place.anna)
    anna = browser(place.anna)
    goal = plans.open_rows(case_id).goals[0]
    found = {"other": f"a:{place.frida.pk}", "text": "Bo kvar hemma"}
    for name, row in (("goal", goal), ("activity", goal.activities[0])):
        typed = found | {"version": row.written.version, "heading": goal.heading}
        post(anna, url(name, case_id, row.lineage), **typed)
    assert plan_text(anna, case_id).count(f"{place.frida.user.name}, ") == 2

    def called(surname: str) -> str:
        User.objects.filter(pk=place.frida.user_id).update(name=f"Frida {surname}")
        return plan_text(anna, case_id).partition("<article")[2]

    shown = called("Ek")
    assert (shown.count("Frida Ek, "), place.frida.user.name in shown) == (2, False)
    page = read(anna, url("activity", case_id, goal.activities[0].lineage))
    assert f'value="n:Frida Ek, {place.frida.title}, {place.frida.unit.name}" selected' in page
    plans.sign(case_id, place.anna)
    signed = called("Alm")
    assert (signed.count("Frida Ek, "), "Frida Alm" in signed) == (2, False)
    post(anna, url("edit", case_id))
    assert called("Alm").count("Frida Alm, ") == 2
