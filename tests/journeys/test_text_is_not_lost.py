"""What somebody has typed is there again: after a dead tab, an ended session, a conflict, a lock, a change of unit."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect

from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages
from tests.journeys.steps import county as c
from tests.journeys.steps import messages, plan, states
from tests.journeys.steps.county import PASSWORD
from tests.journeys.steps.pictures import picture

GOAL = "Jag vill kunna bo kvar hemma"
MINE, THEIRS = "Jag vill kunna bo kvar hemma med katten", "Jag vill kunna bo kvar hemma och odla"


def goal_box(desk):
    return desk.page.locator("form[data-draft-url] textarea[name=text]")


def open_goal(desk, case_id: UUID) -> None:
    desk.page.goto(f"/sip/cases/{case_id}/plan/")
    desk.press("Ändra mål 1")


def wait_until_kept(desk) -> None:
    expect(desk.page.locator("[data-saved]")).to_contain_text(re.compile(r"Sparat \d\d\.\d\d"))


@contextmanager
def hindered(page: Page, address: str) -> Iterator[None]:
    """What is sent there during the block reaches the server after it. At least one thing must be."""
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route(address, hold)
    with page.expect_request(address):
        yield
    for route in late:
        route.continue_()
    page.unroute(address)


@pytest.fixture
def opened_plan(shared_place) -> UUID:
    """Signed once and opened with *Redigera* by Anna, so that everybody who takes part writes in it."""
    return states.bring(shared_place, "Tilde Text", *states.SIGNED, states.EDIT_PLAN)


@pytest.mark.requirement("L-07")
def test_the_tab_dies_while_one_types(opened_plan, shared_place, at_desk):
    anna = at_desk(shared_place, shared_place.county.anna)
    open_goal(anna, opened_plan)
    goal_box(anna).fill(MINE)
    wait_until_kept(anna)
    anna.page.close()
    anna.page = anna.context.new_page()
    open_goal(anna, opened_plan)
    expect(goal_box(anna)).to_have_value(MINE)
    anna.press("Spara")
    expect(plan.goal(anna, MINE)).to_be_visible()


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(
    ("status", "tries", "told"),
    [
        (503, [False, True], "försöker igen"),
        (403, [False], "Kopiera det du skrev"),
        (422, [False], "Texten är för lång"),
    ],
    ids=["the server is away", "it refuses", "it says why"],
)
def test_what_could_not_be_kept_is_tried_again_by_itself_unless_refused(
    opened_plan, shared_place, at_desk, status, tries, told
):
    """A page left open neither keeps its session alive nor fills the log with what is refused each time."""
    anna = at_desk(shared_place, shared_place.county.anna, own=True)
    page = anna.page
    asked: list[bool] = []

    def answer(route: Route) -> None:
        asked.append("x-passive" in route.request.headers)
        route.fulfill(status=status, body='{"error": "Texten är för lång"}')

    page.route("**/drafts/**", answer)
    page.clock.install()
    page.goto(f"/sip/cases/{opened_plan}/plan/goals/new/")
    page.locator("form[data-draft-url] textarea[name=text]").fill(MINE)
    page.clock.run_for(2_500)
    expect(page.locator("[data-saved]")).to_contain_text(told)
    page.clock.run_for(10_500)
    expect(page.locator("[data-saved]")).to_contain_text(told)
    assert asked == tries
    # The browser's own words about the answers that were asked for.
    anna.complaints.clear()


def test_what_is_thrown_away_does_not_come_back(opened_plan, shared_place, at_desk):
    """Leaving the field for the button keeps the text once more; however late that arrives, the text is gone."""
    anna = at_desk(shared_place, shared_place.county.anna)
    open_goal(anna, opened_plan)
    goal_box(anna).fill(MINE)
    wait_until_kept(anna)
    open_goal(anna, opened_plan)
    with hindered(anna.page, "**/drafts/**"):
        goal_box(anna).fill(THEIRS)
        anna.press("Släng det jag skrev")
    anna.sees_heading("Mål- och aktivitetsplan")
    open_goal(anna, opened_plan)
    expect(goal_box(anna)).to_have_value(GOAL)


@pytest.mark.requirement("L-07")
def test_the_session_ends_while_one_types(opened_plan, shared_place, at_desk):
    """The form is sent without a session: login is asked for, and the text is there to be copied afterwards."""
    anna = at_desk(shared_place, shared_place.county.anna, own=True)
    open_goal(anna, opened_plan)
    anna.context.clear_cookies(name="sessionid")
    goal_box(anna).fill(MINE)
    anna.press("Spara")
    anna.sees("Logga in")
    anna.page.get_by_label("Användarnamn").fill(anna.username)
    anna.page.get_by_label("Lösenord").fill(PASSWORD)
    anna.press("Logga in")
    anna.page.goto("/kept-text/")
    expect(anna.main).to_contain_text(MINE)
    anna.press("Släng")
    expect(anna.main).not_to_contain_text(MINE)


@pytest.mark.requirement("V-53")
def test_two_change_one_goal(opened_plan, shared_place, at_desk):
    """Who saves last sees both texts beside each other, none of them chosen, and what she chooses stands."""
    anna, david = (
        at_desk(shared_place, who) for who in (shared_place.county.anna, shared_place.county.david)
    )
    open_goal(anna, opened_plan)
    open_goal(david, opened_plan)
    goal_box(david).fill(THEIRS)
    david.press("Spara")
    goal_box(anna).fill(MINE)
    anna.press("Spara")
    anna.sees("med katten", "och odla", david.name, "Min", "Deras")
    expect(anna.main.get_by_role("radio", checked=True)).to_have_count(0)
    picture(anna, "07-konflikt")
    anna.press("Spara det jag har valt")
    anna.sees("Välj vad som ska stå.")
    anna.main.get_by_label("Båda efter varandra", exact=True).first.check()
    anna.press("Spara det jag har valt")
    anna.sees("med katten", "och odla")


@pytest.mark.requirement("V-53")
def test_two_change_two_goals(opened_plan, shared_place, at_desk):
    anna, david = (
        at_desk(shared_place, who) for who in (shared_place.county.anna, shared_place.county.david)
    )
    open_goal(anna, opened_plan)
    david.page.goto(f"/sip/cases/{opened_plan}/plan/")
    plan.change_goal(david, 2, "Rätt medicin varje dag")
    goal_box(anna).fill(MINE)
    anna.press("Spara")
    anna.sees(MINE, "Rätt medicin varje dag")


def test_a_double_click_sends_once(shared_place, at_desk):
    person = "Disa Dubbel"
    case_id = states.bring(shared_place, person, *states.ACCEPTED)
    anna = at_desk(shared_place, shared_place.county.anna)
    anna.page.goto(f"/sip/cases/{case_id}/information/")
    anna.page.locator("textarea[name=text]").fill("Passar torsdag?")
    anna.press("Granska och skicka")
    anna.main.get_by_role("button", name=re.compile("^Skicka meddelande till")).dblclick()
    anna.sees("Meddelandet är skickat till")
    with shared_place.inside():
        sent = [message for message in f.facts_of(case_id).messages if message.kind == Part.INFORMATION]
    assert len(sent) == 1


@pytest.mark.requirement("V-54")
def test_the_plan_is_locked_while_one_types(opened_plan, shared_place, at_desk):
    """It cannot be saved; the text stands on the page, and is found again when the plan is open."""
    david = at_desk(shared_place, shared_place.county.david)
    open_goal(david, opened_plan)
    with shared_place.inside() as county:
        stages.sign_plan(opened_plan, county.anna)
        stages.lock_plan(opened_plan, county.anna)
    goal_box(david).fill(MINE)
    david.press("Spara")
    david.sees("Det går inte att ändra nu")
    expect(david.page.get_by_label("Din text, att kopiera").first).to_have_value(re.compile("med katten"))


@pytest.mark.requirement("L-07")
def test_the_unit_is_changed_in_another_tab(shared_place, at_desk):
    """A form from a tab of the other unit is not taken for this one; the text stays, and so does the case."""
    eva = at_desk(shared_place, shared_place.county.eva, fresh=True)
    number = shared_place.unused_number()
    messages.begin_case(eva, number, "Enar Enhet")
    eva.page.get_by_label("Initiativorsak").fill("Skrivet på mottagningen")
    other = eva.context.new_page()
    other.goto("/choose-unit/")
    other.get_by_role("button", name=f"Arbeta på {c.HOSPITAL}").click()
    eva.press("Spara")
    expect(eva.page.locator("body")).to_contain_text("Skrivet på mottagningen")
    expect(eva.page.locator("body")).to_contain_text(c.PSYCHIATRY)
