"""Names of sixty letters without a blank, and text read from the right: nothing scrolls sideways at 320 pixels."""

import pytest

from samordna.accounts.models import User
from samordna.organisations.models import Organisation
from samordna.sip.states import Part
from tests.journeys.steps import states
from tests.journeys.steps.accessibility import SIDEWAYS

pytestmark = [pytest.mark.requirement("L-09")]
PERSON, USER, UNIT = ("Ö" + letter * 58 + "å" for letter in "bmw")
PARTS = ("initiative", "summons", "information", "plan", "follow-up", "evaluation")
PAGES = ("units", "person", "consent", "history", "end", "coordinator", "handover", "lock", "sign", "law")
AROUND = ("/sip/", "/administer/me/", "/administer/address-book/", "/choose-unit/", "/administer/users/")


@pytest.fixture
def long_names(shared_place):
    """Anna and her unit are called so while the test lasts."""
    anna = shared_place.county.anna
    called(shared_place, anna, UNIT, USER)
    yield
    called(shared_place, anna, anna.unit.name, anna.user.name)


def called(place, who, unit: str, user: str) -> None:
    with place.inside():
        Organisation.objects.filter(pk=who.unit_id).update(name=unit)
        User.objects.filter(pk=who.user_id).update(name=user)


@pytest.mark.usefixtures("long_names")
def test_pages_hold_at_320_pixels_with_names_of_sixty_letters(shared_place, at_desk):
    anna = shared_place.county.anna
    case_id = states.bring(shared_place, PERSON, *states.FOLLOWED_UP)
    desk = at_desk(shared_place, anna, viewport={"width": 320, "height": 640})
    addresses = [*AROUND, *(f"/sip/cases/{case_id}/{name}/" for name in (*PARTS, *PAGES))]
    wide = {}
    for address in addresses:
        desk.page.goto(address)
        if found := desk.page.evaluate(SIDEWAYS):
            wide[address.replace(str(case_id), "*")] = found
    assert wide == {}


LINK = "https://teams.example.org/l/meetup-join/19%3ameeting_" + "Zm9vYmFy" * 14


def test_a_link_of_a_message_breaks_on_a_wide_screen_voided_or_not(shared_place, at_desk):
    send = states.informed(LINK)
    steps = (*states.ACCEPTED, send, states.void_latest(Part.INFORMATION), send)
    case_id = states.bring(shared_place, "Karl-Erik Wallin", *steps)
    desk = at_desk(shared_place, shared_place.county.anna, viewport={"width": 1440, "height": 900})
    desk.page.goto(f"/sip/cases/{case_id}/information/")
    assert LINK in desk.main.text_content()
    assert desk.page.evaluate(SIDEWAYS) == []


def test_text_read_from_the_right_begins_at_the_right(shared_place, at_desk):
    case_id = states.bring(shared_place, "\u0645\u0631\u064a\u0645 \u062d\u0633\u0646", *states.ACCEPTED)
    desk = at_desk(shared_place, shared_place.county.anna, viewport={"width": 320, "height": 640})
    desk.page.goto(f"/sip/cases/{case_id}/initiative/")
    name = desk.page.locator(".who-name bdi")
    assert name.evaluate("one => getComputedStyle(one).direction") == "rtl"
    # What stands after the name keeps its place.
    assert name.evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"
    assert desk.page.locator("h1").first.evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"
