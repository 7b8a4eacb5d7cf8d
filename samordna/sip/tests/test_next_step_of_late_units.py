"""A unit that accepts after the summons was sent is not forgotten (V-25, V-34, V-41)."""

import pytest
from django.urls import reverse

from samordna.cases.models import UnitCase
from samordna.messaging.states import Answer
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, press, read

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("V-34", "V-41", "V-50", "V-90")
def test_a_unit_that_accepts_after_the_summons_is_called_too() -> None:
    county = f.county()
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.social, county.psychiatry)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    f.answer(case_id, message_id, county.eva, Answer.ACCEPTED)
    summons = f.send_a_summons(case_id, county.anna, [county.health_centre])
    listed = UnitCase.objects.filter(case_id=case_id, unit=county.home_care)
    assert listed.get().next_step["code"] != "call_too", "psychiatry was left out by who called"
    f.answer(case_id, message_id, county.cecilia, Answer.ACCEPTED)
    assert listed.get().next_step["code"] == "call_too"
    anna = at_work(county.anna)
    page = read(anna, case_id, Part.SUMMONS)
    assert f"Kalla även {county.social.name}" in page
    chosen = f'name="recipient" value="{county.social.pk}"'
    assert chosen in anna.get(reverse("sip:add_recipients", args=[case_id, summons])).content.decode()
    assert chosen in read(anna, case_id, Part.INFORMATION)
    press(
        anna,
        "add_recipients",
        case_id,
        summons,
        recipient=county.social.pk,
        acknowledge=county.social.pk,
        send="1",
    )
    assert listed.get().next_step["code"] != "call_too"


@pytest.mark.requirement("V-50")
def test_a_unit_that_was_not_called_in_time_stands_in_the_plan() -> None:
    county = f.county()
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.social)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    f.send_a_summons(case_id, county.anna, [county.health_centre])
    f.answer(case_id, message_id, county.cecilia, Answer.ACCEPTED)
    s.begin_plan(case_id, county.anna)
    plan = read(at_work(county.anna), case_id, Part.PLAN).partition("<article")[2]
    assert county.social.name in plan
