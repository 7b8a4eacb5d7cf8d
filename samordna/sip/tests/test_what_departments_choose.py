"""What a department chooses is heeded where its users work, and nowhere else: each setting that it is offered."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.urls import reverse

from samordna.accounts.models import User
from samordna.assignments.models import Assignment
from samordna.kernel import clock
from samordna.organisations.commands import change_setting
from samordna.organisations.settings_catalogue import ENTRIES
from samordna.sip.plan.commands.plan import edit_plan
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work, read

pytestmark = pytest.mark.django_db


def _edited(county: f.County) -> UUID:
    """A plan that is open for anybody who takes part."""
    case_id = s.signed_plan(county)
    edit_plan(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    return case_id


def _opened(county: f.County, who: Assignment, name: str, *ids: object) -> str:
    return at_work(who).get(reverse(f"sip:{name}", args=ids)).content.decode()


def _initiative(county: f.County, who: Assignment) -> str:
    return read(at_work(who), f.new_case(who), Part.INITIATIVE)


def _voiding(county: f.County, who: Assignment) -> str:
    return _opened(county, who, "void_message", *f.sent_initiative(county, county.social, by=who))


@dataclass(frozen=True)
class Choice:
    """`page` is where it is heeded, by showing `said`."""

    value: object
    page: Callable[[f.County, Assignment], str]
    said: str


_CODE = {"code": "ZZ123", "after": ["PLAN"], "principal_kinds": ["REGION", "MUNICIPALITY"]}
CHOICES = {
    "goal_headings": Choice(
        ["Egen rubrik"], lambda county, who: _opened(county, who, "goal_new", _edited(county)), "Egen rubrik"
    ),
    "procedure_codes": Choice(
        [_CODE], lambda county, who: read(at_work(who), s.locked_plan(county), Part.PLAN), 'value="ZZ123"'
    ),
    "routing_advice": Choice(
        {"REGION": "Ring växeln", "MUNICIPALITY": "Ring växeln"}, _initiative, "Ring växeln"
    ),
    "void_reasons": Choice(["Egen orsak"], _voiding, "Egen orsak"),
    "ask_password_when_signing": Choice(
        True, lambda county, who: _opened(county, who, "sign", _edited(county)), 'name="password"'
    ),
}
# The deadline of each receiving department, and whom to turn to, which stands on every page.
ELSEWHERE = {
    "deadlines": "samordna/sip/initiative/tests/test_initiative.py::test_each_department_has_its_own_deadline",
    "support_chain": "samordna/organisations/tests/test_support.py",
}


def test_every_choice_that_a_department_is_offered_is_proved() -> None:
    offered = {key for key, entry in ENTRIES.items() if not entry.county_only}
    assert offered == CHOICES.keys() | ELSEWHERE.keys()


@pytest.mark.requirement("K-19", "V-30", "V-51", "V-57", "V-95")
@pytest.mark.parametrize("key", CHOICES)
def test_what_a_department_chooses_is_heeded_where_its_users_work(key: str) -> None:
    county, choice = f.county(), CHOICES[key]
    primary = county.health_centre.department
    change_setting(actor=None, key=key, department_id=primary.pk, value=choice.value, at=clock.now())
    assert choice.said in choice.page(county, county.david)
    assert choice.said not in choice.page(county, county.anna)
    change_setting(actor=None, key=key, department_id=None, value=choice.value, at=clock.now())
    assert choice.said in choice.page(county, county.anna)


@pytest.mark.requirement("K-19")
@pytest.mark.parametrize("county_asks", [False, True])
def test_one_click_signs_and_after_a_login_by_card_nothing_is_asked_again(county_asks: bool) -> None:
    county = f.county()
    change_setting(
        actor=None, key="ask_password_when_signing", department_id=None, value=county_asks, at=clock.now()
    )
    evaluation, plan = s.open_evaluation(county), _edited(county)
    s.write_evaluation(evaluation, county.anna)
    assert User.objects.get(pk=county.anna.user_id).has_usable_password()
    for method, asks in (("password", county_asks), ("card", False)):
        anna = at_work(county.anna)
        session = anna.session
        session["login_method"] = method
        session.save()
        for name, case_id in (("sign", plan), ("evaluation_sign", evaluation)):
            page = anna.get(reverse(f"sip:{name}", args=[case_id])).content.decode()
            assert 'name="seen"' in page
            assert ('name="password"' in page) is asks, (method, name)
