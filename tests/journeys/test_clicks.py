"""How many clicks the main tasks take, counted from the overview that login leads to."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import expect

from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.plan.commands.goals import Responsible
from samordna.sip.plan.queries import participants_of
from samordna.sip.tests import factories as f
from samordna.sip.tests import plans, stages
from tests.journeys.steps import county as c
from tests.journeys.steps import messages, plan, states
from tests.journeys.steps.desk import Desk

# Each press of the pointer in the tab, over all its pages. What is written by keyboard is no click.
_COUNTING = """if (!window.counting) {
  window.counting = true;
  addEventListener("pointerdown", () => { sessionStorage.presses = Number(sessionStorage.presses || 0) + 1; }, true);
}"""


@pytest.fixture
def counted(shared_place, at_desk) -> Callable[[str], Desk]:
    """A user in the overview, whose presses are counted from here on."""

    def sit_down(who: str) -> Desk:
        desk: Desk = at_desk(shared_place, getattr(shared_place.county, who))
        desk.context.add_init_script(_COUNTING)
        desk.page.goto("/sip/")
        desk.page.evaluate("sessionStorage.presses = 0")
        return desk

    return sit_down


def clicks(desk: Desk) -> int:
    return int(desk.page.evaluate("Number(sessionStorage.presses || 0)"))


@pytest.mark.requirement("V-22", "V-30", "V-31")
def test_an_initiative_to_three_units_takes_nine(shared_place, counted):
    anna = counted("anna")
    anna.press("Nytt ärende")
    # The cursor stands in the only field of each page, so that nothing has to be pointed at first.
    anna.page.keyboard.type(shared_place.unused_number())
    anna.press("Fortsätt")
    anna.sees_heading("Är det rätt person?")
    anna.page.keyboard.type("Klara Få Klick")
    anna.press("Skapa ärende")
    anna.add_recipients([c.HEALTH_CENTRE, c.SOCIAL, c.HOSPITAL])
    anna.tick("Muntligt")
    messages.check_and_send(anna, "Skicka initiativ till 3 enheter")
    anna.sees("Initiativet är skickat till 3 enheter.")
    assert clicks(anna) == 9


@pytest.mark.requirement("V-33", "V-41")
@pytest.mark.parametrize(
    ("steps", "part", "act"),
    [
        (states.ACCEPTED[:1], "Initiativ", "Acceptera"),
        ((*states.ACCEPTED, states.summons_sent), "Kallelse", "Kvittera"),
    ],
    ids=["initiative", "summons"],
)
def test_answering_takes_two(shared_place, counted, steps, part, act):
    name = f"Kalle {act}"
    states.bring(shared_place, name, *steps)
    david = counted("david")
    david.symbol(name, part).click()
    david.press(act)
    david.sees("Er enhet har")
    assert clicks(david) == 2


@pytest.mark.requirement("V-33")
def test_denying_with_a_comment_takes_three(shared_place, counted):
    states.bring(shared_place, "Nina Få Klick", *states.ACCEPTED[:1])
    frida = counted("frida")
    frida.symbol("Nina Få Klick", "Initiativ").click()
    frida.fill("Kommentar", "Utskriven.")
    frida.press("Neka")
    expect(frida.main.get_by_label("Kommentar")).to_have_value("Utskriven.")
    frida.fill("utanför systemet", "Folkhälsocentrum, 08-465 004 00")
    frida.press("Neka initiativet")
    frida.sees("Er enhet har nekat")
    assert clicks(frida) == 3


@pytest.mark.requirement("V-41")
def test_calling_a_meeting_with_the_recipients_of_the_initiative_takes_three(shared_place, counted):
    states.bring(shared_place, "Mats Få Klick", *states.ACCEPTED)
    anna = counted("anna")
    anna.symbol("Mats Få Klick", "Kallelse").click()
    messages.write_summons(anna, messages.a_working_day())
    messages.check_and_send(anna, "Skicka kallelse till 2 enheter")
    anna.sees("Kallelsen är skickad till 2 enheter.")
    assert clicks(anna) == 3


@pytest.mark.requirement("V-54", "V-55")
def test_locking_and_printing_takes_four(shared_place, counted):
    states.bring(shared_place, "Lars Få Klick", *states.SIGNED)
    anna = counted("anna")
    anna.symbol("Lars Få Klick", "Plan").click()
    anna.press("Lås")
    anna.sees_heading("Granska och lås")
    anna.press("Lås")
    anna.sees("Planen är låst.")
    with plan.print_in_a_tab(anna):
        anna.press("Skriv ut")
    assert clicks(anna) == 4


def five_activities_followed_up(county: f.County, case_id: UUID) -> None:
    """A locked plan with two activities more than usual, and its follow-up activated."""
    stages.fill_plan(case_id, county.anna)
    edition = plans.open_edition(case_id).id
    individual = Responsible(lineage=participants_of(edition)[0].lineage)
    goal = plans.open_rows(case_id).standing_goals[0].lineage
    for text in ("Promenad", "Dosett"):
        plans.an_activity(case_id, county.anna, goal, text, individual)
    stages.sign_plan(case_id, county.anna)
    stages.lock_plan(case_id, county.anna)
    stages.activate(case_id, county.anna)


@pytest.mark.requirement("V-60")
def test_following_up_five_activities_takes_seven(shared_place, counted):
    name = "Fia Få Klick"
    case_id = states.bring(
        shared_place, name, *states.SUMMONED, states.plan_begun, five_activities_followed_up
    )
    anna = counted("anna")
    anna.symbol(name, "Uppföljning").click()
    rows = anna.page.locator("table.follow-up tbody tr")
    expect(rows).to_have_count(5)
    for number in range(5):
        rows.nth(number).get_by_label("Klar (klarmarkera)").check()
    anna.press("Spara alla")
    anna.sees("5 aktiviteter är sparade.")
    assert clicks(anna) == 7
    with shared_place.inside():
        assert {line.status for line in stages.reports(case_id)} == {ReportStatus.DONE}
