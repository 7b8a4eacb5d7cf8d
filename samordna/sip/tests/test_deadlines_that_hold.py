"""A date that was told is not moved by beginning, nor is one told that cannot be met (V-13, V-62)."""

from datetime import datetime, time, timedelta
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from samordna.cases.models import UnitCase
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.models import Delivery
from samordna.messaging.states import Answer
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, press, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


def due(case_id: UUID, county: f.County) -> datetime | None:
    return UnitCase.objects.get(case_id=case_id, unit=county.home_care).overdue_from


@pytest.mark.requirement("V-62")
def test_to_activate_a_follow_up_does_not_move_its_day(county: f.County) -> None:
    case_id = s.locked_plan(county)
    s.print_plan(case_id, county.anna)
    day = add_working_days(clock.today(clock.now()), 2)
    anna = at_work(county.anna)
    press(anna, "follow_up_schedule", case_id, due_on=day.isoformat())
    told = due(case_id, county)
    press(anna, "follow_up_activate", case_id)
    assert told == due(case_id, county) == clock.at_local(day, time(16, 0))


@pytest.mark.requirement("V-95", "V-13")
@pytest.mark.parametrize("part", [Part.INITIATIVE, Part.SUMMONS])
def test_to_begin_a_new_one_with_the_voided_does_not_move_the_date(county: f.County, part: Part) -> None:
    case_id, message_id = f.sent_initiative(county)
    if part == Part.SUMMONS:
        f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
        message_id = f.send_a_summons(case_id, county.anna, [county.health_centre])
    anna = at_work(county.anna)
    press(anna, "void_message", case_id, message_id, words="Fel datum")
    told = due(case_id, county)
    press(anna, "message_anew", case_id, message_id)
    assert "Utkast" in read(anna, case_id, part)
    assert told is not None
    assert told == due(case_id, county)


@pytest.mark.requirement("V-13", "V-95")
def test_a_plan_that_is_voided_after_its_meeting_is_not_late_at_once(county: f.County) -> None:
    case_id = s.locked_plan(county)
    with time_machine.travel(clock.now() + timedelta(days=30), tick=True):
        anna = at_work(county.anna)
        press(anna, "void_plan", case_id, words="Fel person")
        told = due(case_id, county)
        assert told is not None
        assert told > clock.now()
        assert "försenat" not in read(anna, case_id, Part.PLAN)


@pytest.mark.requirement("V-13", "V-41")
def test_a_summons_is_acknowledged_before_its_meeting(county: f.County) -> None:
    case_id = f.accepted_case(county)
    soon = f.a_meeting(days_ahead=1, starts=time(7, 30), ends=None)
    message_id = f.send_a_summons(case_id, county.anna, [county.health_centre], text=soon)
    begins = clock.at_local(soon.meets_on, time(7, 30))
    assert Delivery.objects.get(message_id=message_id).due_at == begins
    more = {"recipient": county.social.pk, "acknowledge": county.social.pk, "send": "1"}
    press(at_work(county.anna), "add_recipients", case_id, message_id, **more)
    assert Delivery.objects.get(message_id=message_id, unit=county.social).due_at == begins
    listed = at_work(county.david).get(reverse("overview:sip")).content.decode()
    assert "07.30" in listed


@pytest.mark.requirement("V-13", "V-54")
def test_nobody_is_to_lock_a_plan_before_its_meeting(county: f.County) -> None:
    case_id = s.signed_plan(county)
    meeting = f.facts_of(case_id).meeting_of(Part.SUMMONS)
    told = due(case_id, county)
    assert told == clock.at_local(add_working_days(meeting.meets_on, 2), time(16, 0))
    page = read(at_work(county.anna), case_id, Part.PLAN)
    assert clock.shown_date(clock.local(told).date(), at=clock.now()) in page
