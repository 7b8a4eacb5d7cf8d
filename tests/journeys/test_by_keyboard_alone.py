"""The core tasks without a mouse: every step is a key, and one always sees where one is."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import states
from tests.journeys.steps.county import PASSWORD
from tests.journeys.steps.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.long]
MOST_STOPS = 80


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the thing has the focus, and see that the focus shows."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            shown = target.evaluate(
                "one => { const style = getComputedStyle(one);"
                " return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none' }"
            )
            assert shown, target.evaluate("one => one.outerHTML")
            return
    raise AssertionError(f"not reached in {MOST_STOPS} stops: {target}")


def choose(page: Page, target: Locator) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")


def log_in(desk: Desk) -> None:
    page = desk.page
    page.goto("/login/")
    tab_to(page, page.get_by_label("Användarnamn"))
    page.keyboard.type(desk.username.lower())
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    desk.sees_heading("SIP Översikt")


@pytest.mark.requirement("L-09", "V-33", "V-20")
def test_accepting_an_initiative(shared_place, at_desk):
    person = "Tage Tangent"
    states.bring(shared_place, person, *states.ACCEPTED[:1])
    david = at_desk(shared_place, shared_place.county.david, log_in=False)
    log_in(david)
    page = david.page
    choose(page, page.get_by_role("link", name="Hoppa till listan till vänster"))
    choose(page, page.get_by_role("navigation", name="Listor").get_by_role("link", name="Att göra"))
    choose(page, david.symbol(person, "Initiativ"))
    tab_to(page, page.get_by_label("Kommentar"))
    page.keyboard.type("Vi kommer.")
    choose(page, page.get_by_role("button", name="Acceptera", exact=True))
    david.sees("Din enhet har accepterat")


@pytest.mark.requirement("L-09", "V-41")
def test_acknowledging_a_summons(shared_place, at_desk):
    person = "Tora Tangent"
    states.bring(shared_place, person, *states.ACCEPTED, states.summons_sent)
    david = at_desk(shared_place, shared_place.county.david, log_in=False)
    log_in(david)
    page = david.page
    page.goto("/sip/?list=todo")
    choose(page, david.symbol(person, "Kallelse"))
    choose(page, page.get_by_role("button", name="Kvittera", exact=True))
    david.sees("Din enhet har kvitterat")


@pytest.mark.requirement("L-09")
def test_arrows_in_the_list_and_the_way_to_the_search(shared_place, at_desk):
    for name in ("Pia Pil", "Per Pil"):
        states.bring(shared_place, name, *states.ACCEPTED[:1])
    anna = at_desk(shared_place, shared_place.county.anna)
    page = anna.page
    page.goto("/sip/")
    rows = page.locator("table.worklist tbody tr")
    rows.nth(0).get_by_role("link").first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).get_by_role("link").first).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("Pia Pil")
    page.keyboard.press("Enter")
    anna.sees("ärende", "Pia Pil")


@pytest.mark.requirement("L-09", "V-22")
def test_beginning_a_case(shared_place, at_desk):
    anna = at_desk(shared_place, shared_place.county.anna)
    page, number = anna.page, shared_place.unused_number()
    page.goto("/sip/")
    choose(page, page.get_by_role("link", name="Nytt ärende"))
    tab_to(page, anna.main.get_by_label("Personnummer"))
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    anna.sees_heading("Är det rätt person?")
    tab_to(page, anna.main.get_by_label("Namn"))
    page.keyboard.type("Nina Tangent")
    choose(page, page.get_by_role("button", name="Skapa ärende"))
    anna.sees_heading("Initiativ")
    tab_to(page, page.locator("#unit-search"))
    page.keyboard.type("Lärkan")
    found = page.locator("#unit-results").get_by_role("button", name="Vårdcentralen Lärkan")
    expect(found).to_be_visible()
    choose(page, found)
    expect(page.locator("#id_recipients tbody tr")).to_have_count(1)
