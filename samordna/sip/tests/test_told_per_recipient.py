"""Deadlines and states are told of each recipient, and an act is offered to whom it is allowed."""

import re
from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory
from samordna.cases.models import UnitCase
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.states import Answer
from samordna.organisations.models import Setting
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests.message_pages import CONSENT, at_work, check, draft, press, read, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


def _slower(county: f.County, name: str) -> None:
    """Social services answer within five working days, the others within one."""
    days = {"kind": "working_days", "amount": 5, "hour": "16:00"}
    Setting.objects.create(department=county.social.parent, key="deadlines", value={name: days})


def _a_monday_morning():
    day = clock.today(clock.now()) + timedelta(days=7)
    monday = add_working_days(day - timedelta(days=day.weekday()), 0)
    return clock.at_local(monday, time(9, 0))


def _plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


@pytest.mark.requirement("V-13", "K-08")
@pytest.mark.parametrize(
    ("part", "name"),
    [(Part.INITIATIVE, "initiative"), (Part.SUMMONS, "summons_planning"), (Part.INFORMATION, "information")],
)
def test_each_recipients_own_deadline_is_told(county, part, name) -> None:
    _slower(county, name)
    with time_machine.travel(_a_monday_morning(), tick=False):
        case_id = f.new_case(county.anna) if part == Part.INITIATIVE else f.accepted_case(county)
        anna, ids = at_work(county.anna), [county.health_centre.pk, county.social.pk]
        typed = (
            {"reason": "Behov", "initiator": "UNIT", **CONSENT}
            if part == Part.INITIATIVE
            else {"text": "Hej"}
        )
        if part == Part.SUMMONS:
            meets = f.a_meeting().meets_on
            typed = {
                "meets_on": f"{meets:%Y-%m-%d}",
                "starts": "13.00",
                "ends": "",
                "form": "PLACE",
                "place": "Linden, rum 4",
                "other": "",
            }
        draft(anna, case_id, part, "check", recipient=ids, acknowledge=ids, **typed)
        message = f.facts_of(case_id).draft_at(part, county.home_care.pk)
        page = _plain(send(anna, case_id, part, message.id).content.decode())
        said = f"{county.health_centre.name} senast i morgon 16.00, {county.social.name} senast mån"
        assert said in page
        # The banner says that the time is the first one's, and so does the list.
        if part == Part.INITIATIVE:
            assert "den första senast i morgon 16.00" in page
            assert "den första senast i morgon 16.00" in anna.get(reverse("overview:sip")).content.decode()
        mine = _plain(read(at_work(county.cecilia), case_id, part))
        assert "den första" not in mine
        assert "senast mån" in mine


@pytest.mark.requirement("V-13")
def test_a_deadline_that_all_share_is_told_once(county) -> None:
    case_id = f.new_case(county.anna)
    f.send_an_initiative(case_id, county.anna, [county.health_centre, county.social])
    assert "den första" not in read(at_work(county.anna), case_id, Part.INITIATIVE)


def _offers_byt(who: Assignment, case_id: object) -> bool:
    page = read(at_work(who), case_id, Part.INITIATIVE)
    return re.search(r'class="fact-act" href="([^"]*)">Byt<', page) is not None


@pytest.mark.requirement("V-24")
def test_byt_is_offered_to_whom_it_is_allowed(county) -> None:
    case_id = f.accepted_case(county)
    assert [_offers_byt(who, case_id) for who in (county.anna, county.bertil, county.david)] == [
        True,
        False,
        False,
    ]
    SystemRoleGrantFactory(
        user=county.bertil.user, role=SystemRole.SUPERUSER, organisation=county.home_care.parent
    )
    assert not _offers_byt(county.bertil, case_id)
    Assignment.objects.filter(pk=county.anna.pk).update(ends_on=clock.today(clock.now()) - timedelta(days=1))
    assert _offers_byt(county.bertil, case_id)
    assert not _offers_byt(county.david, case_id)


@pytest.mark.requirement("V-34", "V-41")
def test_a_unit_that_it_was_sent_on_to_is_named_when_the_summons_leaves_it_out(county) -> None:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    f.answer(case_id, message_id, county.cecilia, Answer.DENIED, suggested_unit_id=county.psychiatry.pk)
    delivery = f.facts_of(case_id).message(message_id).unmet[0]
    anna, to = at_work(county.anna), county.psychiatry.pk
    press(
        anna,
        "send_on",
        case_id,
        message_id,
        delivery.id,
        recipient=to,
        acknowledge=to,
        send="1",
        consent_shown="1",
        **CONSENT,
    )
    named = f"Kallas inte, eftersom initiativet inte är besvarat än: {county.psychiatry.name}."
    assert named in read(anna, case_id, Part.SUMMONS)
    typed = {
        "meets_on": f"{f.a_meeting().meets_on:%Y-%m-%d}",
        "starts": "13.00",
        "form": "PLACE",
        "place": "Linden",
    }
    chosen = [county.health_centre.pk]
    draft(anna, case_id, Part.SUMMONS, "check", recipient=chosen, acknowledge=chosen, **typed)
    assert named in check(anna, case_id, Part.SUMMONS).content.decode()
    f.answer(case_id, message_id, county.eva, Answer.ACCEPTED)
    assert named not in check(anna, case_id, Part.SUMMONS).content.decode()


def _units(client: Client, case_id: object) -> str:
    return _plain(client.get(reverse("sip:units", args=[case_id])).content.decode())


@pytest.mark.requirement("V-42", "V-25")
def test_units_outside_the_system_stand_among_the_units_of_the_case(county) -> None:
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.insurance)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    anna = at_work(county.anna)
    assert f"{county.insurance.name} Utanför systemet: har inte fått veta än" in _units(anna, case_id)
    delivery = next(d for d in f.facts_of(case_id).message(message_id).standing if d.external)
    told = {"how": "PHONE", "told_on": "i dag", "told_time": "", "answer": "ACCEPTED"}
    press(anna, "external", case_id, message_id, delivery.id, **told)
    assert f"{county.insurance.name} Utanför systemet: accepterat" in _units(at_work(county.david), case_id)
    assert not UnitCase.objects.filter(unit=county.insurance).exists()
