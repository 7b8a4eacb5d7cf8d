"""The summons to planning and to evaluation (V-41, V-80, V-71)."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
import time_machine

from samordna.assignments.models import Assignment
from samordna.cases.models import UnitCase
from samordna.cases.states import StepStatus
from samordna.cases.worklist import Symbol
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.models import Delivery, Message
from samordna.messaging.states import Answer, MessageStatus
from samordna.organisations.models import Organisation
from samordna.sip.rounds.commands import start_new_plan
from samordna.sip.states import Part
from samordna.sip.summons.queries import summons_text
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages
from samordna.sip.tests.message_pages import at_work, check, draft, press, read, send

pytestmark = pytest.mark.django_db
SUMMONS = Part.SUMMONS


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def accepted(county: f.County):
    return f.accepted_case(county)


def a_saturday() -> date:
    today = clock.today(clock.now())
    return today + timedelta(days=7 + (5 - today.weekday()) % 7)


def typed(*units: Organisation, **changes: str) -> dict[str, object]:
    ids = [unit.pk for unit in units]
    day = add_working_days(clock.today(clock.now()), 5)
    return {
        "recipient": ids,
        "acknowledge": ids,
        "meets_on": day.isoformat(),
        "starts": "13.00",
        "ends": "",
        "form": "PLACE",
        "place": "Linden, rum 4",
        "other": "",
        **changes,
    }


def symbol(case_id, unit: Organisation) -> StepStatus:
    return Symbol.loaded(UnitCase.objects.get(case_id=case_id, unit=unit).symbols["SUMMONS"]).status


@pytest.mark.requirement("V-41")
def test_those_who_accepted_are_preselected_to_acknowledge(county, accepted) -> None:
    page = read(at_work(county.anna), accepted, SUMMONS)
    for unit in (county.health_centre, county.social):
        assert f'name="recipient" value="{unit.pk}"' in page
        assert f'name="acknowledge" value="{unit.pk}" checked' in page
    assert f'value="{county.home_care.pk}"' not in page.split("<main")[1]


@pytest.mark.requirement("V-41")
def test_a_link_to_a_meeting_by_video_fits_as_place(county, accepted) -> None:
    link = f"https://teams.example.org/l/meetup-join/{'19%3ameeting_' * 16}/0?context=%7b%22Tid%22%7d"
    assert len(link) > 250
    anna = at_work(county.anna)
    draft(anna, accepted, SUMMONS, "check", **typed(county.health_centre, form="VIDEO", place=link))
    send(anna, accepted, SUMMONS, Message.objects.get(kind="SUMMONS").pk)
    assert summons_text(Message.objects.get(kind="SUMMONS").pk).place == link
    assert link in read(at_work(county.david), accepted, SUMMONS)


@pytest.mark.requirement("V-41")
def test_a_summons_is_checked_sent_and_acknowledged(county, accepted) -> None:
    anna = at_work(county.anna)
    fields = typed(county.health_centre, county.social, ends="14.30", other="Anhöriga med brev")
    fields["acknowledge"] = [county.health_centre.pk]
    draft(anna, accepted, SUMMONS, "check", **fields)
    message = Message.objects.get(kind="SUMMONS")
    shown = check(anna, accepted, SUMMONS).content.decode()
    for text in (
        "13.00–14.30",
        "Linden, rum 4",
        "Anhöriga med brev",
        "Får det för kännedom",
        "Skicka kallelse till 2 enheter",
    ):
        assert text in shown
    assert (
        "Kallelsen är skickad till 2 enheter." in send(anna, accepted, SUMMONS, message.pk).content.decode()
    )
    assert symbol(accepted, county.health_centre) == StepStatus.TODO
    assert symbol(accepted, county.social) == StepStatus.UNREAD
    page = press(
        at_work(county.david), "answer", accepted, message.pk, answer="ACKNOWLEDGED", comment="Vi är två"
    )
    assert "Er enhet har kvitterat." in page.content.decode()
    assert symbol(accepted, county.health_centre) == StepStatus.DONE
    assert symbol(accepted, county.home_care) == StepStatus.DONE


@pytest.mark.requirement("V-41")
@pytest.mark.parametrize("answer", [Answer.ACCEPTED, Answer.DENIED])
def test_a_summons_is_acknowledged_and_not_denied(county, accepted, answer) -> None:
    message_id = f.send_a_summons(accepted, county.anna, [county.health_centre])
    page = press(at_work(county.david), "answer", accepted, message_id, answer=answer, suggested_text="Andra")
    assert "Det går inte att acceptera eller neka." in page.content.decode()
    assert Delivery.objects.get(message_id=message_id).answer == ""
    assert "Neka" not in read(at_work(county.david), accepted, SUMMONS)


@pytest.mark.requirement("V-41", "L-09")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"meets_on": ""}, "Skriv ett datum"),
        ({"starts": ""}, "Skriv en tid"),
        ({"place": " "}, "Skriv var mötet hålls."),
        ({"meets_on": "2020-05-14"}, "Datumet har passerat."),
        ({"meets_on": "31/2"}, "id_meets_on"),
        ({"starts": "15.00", "ends": "14.00"}, "Mötet slutar innan det börjar."),
        ({"starts": "15.00", "ends": "15.00"}, "Mötet slutar innan det börjar."),
        ({"starts": "26.00"}, "id_starts"),
        ({"recipient": [], "acknowledge": []}, "Välj minst en mottagare."),
    ],
)
def test_a_meeting_that_cannot_be_held_is_refused_and_the_form_stays(
    county, accepted, change, sentence
) -> None:
    page = draft(
        at_work(county.anna),
        accepted,
        SUMMONS,
        "check",
        **typed(county.social) | {"other": "Mina ord"} | change,
    )
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "Mina ord" in page.content.decode()
    assert not Message.objects.filter(kind="SUMMONS").exists()


@pytest.mark.requirement("V-41")
def test_a_saturday_is_asked_about_and_sent_when_confirmed(county, accepted) -> None:
    anna = at_work(county.anna)
    fields = typed(county.social, meets_on=a_saturday().isoformat())
    page = draft(anna, accepted, SUMMONS, "check", **fields).content.decode()
    assert "Datumet är en lördag. Välj en vardag eller bekräfta lördag." in page
    assert "day_off_confirmed" in page
    answer = draft(anna, accepted, SUMMONS, "check", **fields, day_off_confirmed="on")
    assert answer.url.endswith("?day_off=1")
    message = Message.objects.get(kind="SUMMONS")
    assert 'name="day_off" value="1"' in check(anna, accepted, SUMMONS, "?day_off=1").content.decode()
    unconfirmed = send(anna, accepted, SUMMONS, message.pk).content.decode()
    assert "Datumet är en lördag." in unconfirmed
    send(anna, accepted, SUMMONS, message.pk, day_off="1")
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT


@pytest.mark.requirement("V-13", "K-08")
def test_planning_signing_and_answers_have_their_day_and_become_late(county) -> None:
    with time_machine.travel(_at(16, 9), tick=False) as clock_now:
        case_id = f.accepted_case(county)
        assert "senast mån 23 nov" in _now_line(county.anna, case_id, SUMMONS)
        clock_now.move_to(_at(24, 9))
        assert "försenat 1 arbetsdag" in _now_line(county.anna, case_id, SUMMONS)
        meeting = f.a_meeting(days_ahead=2)
        assert meeting.meets_on == date(2026, 11, 26)
        f.send_a_summons(case_id, county.anna, [county.health_centre], text=meeting)
        assert "senast i morgon" in _now_line(county.david, case_id, SUMMONS)
        clock_now.move_to(_at(26, 15))
        assert "senast mån 30 nov" in _now_line(county.anna, case_id, Part.PLAN)
        clock_now.move_to(_at(30, 17))
        assert "försenat sedan" in _now_line(county.anna, case_id, Part.PLAN)


def _at(day: int, hour: int) -> datetime:
    """In November 2026, whose 16th is a Monday."""
    return clock.at_local(date(2026, 11, day), time(hour, 0))


def _now_line(who: Assignment, case_id: UUID, part: Part) -> str:
    """What stands at the top of the case page: the next step, by when."""
    page = read(at_work(who), case_id, part)
    return page.split('<section class="now')[1].split("</section>")[0]


@pytest.mark.requirement("V-41")
@pytest.mark.parametrize("form", ["PHONE", "VIDEO"])
def test_a_meeting_may_be_held_by_phone_or_video(county, accepted, form) -> None:
    anna = at_work(county.anna)
    draft(anna, accepted, SUMMONS, "check", **typed(county.social, form=form, place="0150-000 00"))
    message = Message.objects.get(kind="SUMMONS")
    send(anna, accepted, SUMMONS, message.pk)
    assert summons_text(message.pk).form == form


@pytest.mark.requirement("V-41")
def test_an_unfinished_summons_is_saved(county, accepted) -> None:
    anna = at_work(county.anna)
    assert draft(anna, accepted, SUMMONS, "save", place="Kanske Linden").status_code == 302
    assert "Kanske Linden" in read(anna, accepted, SUMMONS)
    assert "Kanske Linden" not in read(at_work(county.david), accepted, SUMMONS)


@pytest.mark.requirement("V-04")
def test_there_is_no_summons_before_a_unit_has_accepted(county) -> None:
    case_id, message_id = f.sent_initiative(county)
    anna = at_work(county.anna)
    assert "Kan påbörjas när en enhet har accepterat initiativet." in read(anna, case_id, SUMMONS)
    draft(anna, case_id, SUMMONS, "save", **typed(county.social))
    assert not Message.objects.filter(kind="SUMMONS").exists()
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    assert "Granska och skicka" in read(anna, case_id, SUMMONS)


@pytest.mark.requirement("V-41")
def test_a_second_summons_is_refused_while_one_stands(county, accepted) -> None:
    f.send_a_summons(accepted, county.anna, [county.social])
    page = draft(at_work(county.david), accepted, SUMMONS, "save", **typed(county.social))
    assert "Det är redan skickat." in page.content.decode()
    assert Message.objects.filter(kind="SUMMONS").count() == 1


@pytest.mark.requirement("V-95", "V-41")
def test_a_changed_meeting_is_a_voided_summons_and_a_new_one(county, accepted) -> None:
    first = f.send_a_summons(accepted, county.anna, [county.social])
    anna = at_work(county.anna)
    read(at_work(county.cecilia), accepted, SUMMONS)
    press(anna, "void_message", accepted, first, words="ny tid")
    page = read(anna, accepted, SUMMONS)
    assert "Makulerad" in page
    assert "ny tid" in page
    assert "Granska och skicka" in page
    second = f.send_a_summons(accepted, county.anna, [county.social], text=f.a_meeting(days_ahead=9))
    assert f.facts_of(accepted).sent(SUMMONS).id == second
    assert "ny tid" in read(at_work(county.cecilia), accepted, SUMMONS)


@pytest.mark.requirement("V-04", "V-80")
def test_the_summons_to_evaluation_waits_for_a_locked_plan(county) -> None:
    case_id = f.summoned_case(county)
    page = read(at_work(county.anna), case_id, Part.EVALUATION_SUMMONS)
    assert "Kan påbörjas när planen är låst." in page


@pytest.mark.requirement("V-80", "V-41")
def test_the_summons_to_evaluation_works_as_the_one_to_planning(county) -> None:
    case_id = stages.locked_plan(county)
    anna = at_work(county.anna)
    part = Part.EVALUATION_SUMMONS
    page = read(anna, case_id, part)
    for unit in (county.health_centre, county.social):
        assert f'name="recipient" value="{unit.pk}"' in page
    draft(anna, case_id, part, "check", **typed(county.health_centre, county.social))
    message = Message.objects.get(kind=part)
    assert "Kallelsen är skickad till 2 enheter." in send(anna, case_id, part, message.pk).content.decode()
    press(at_work(county.david), "answer", case_id, message.pk, answer="ACKNOWLEDGED")
    assert Delivery.objects.get(message=message, unit=county.health_centre).answer == Answer.ACKNOWLEDGED
    press(anna, "void_message", case_id, message.pk, words="ny dag")
    assert "Granska och skicka" in read(anna, case_id, part)


@pytest.mark.requirement("V-70", "V-71")
def test_a_new_round_proposes_those_who_were_summoned_before(county) -> None:
    case_id = stages.locked_plan(county)
    start_new_plan(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    anna = at_work(county.anna)
    page = read(anna, case_id, SUMMONS)
    for unit in (county.health_centre, county.social):
        assert f'name="recipient" value="{unit.pk}"' in page
    f.send_a_summons(case_id, county.anna, [county.health_centre], text=f.a_meeting(days_ahead=8))
    facts = f.facts_of(case_id)
    assert facts.sent(SUMMONS).round_number == 2
    assert len([m for m in facts.messages if m.kind == SUMMONS]) == 2
