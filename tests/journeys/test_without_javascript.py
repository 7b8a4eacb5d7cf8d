"""The core tasks in a browser that runs no scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.guide.implementation import read_pdf, squeezed
from tests.journeys.steps import county as c
from tests.journeys.steps import follow_up, messages, plan, states

pytestmark = [pytest.mark.requirement("L-09")]


@pytest.fixture
def plainly(shared_place, at_desk):
    """Desks without scripts."""
    return lambda who, **options: at_desk(
        shared_place, getattr(shared_place.county, who), java_script_enabled=False, **options
    )


def find_unit(desk, name: str) -> None:
    """Without scripts the button searches."""
    desk.page.locator("#unit-search").fill(name)
    desk.page.locator(".search-row button[name=find]").click()
    desk.page.locator("#unit-results").get_by_role("row").filter(has_text=name).get_by_role("button").click()


def check_and_send(desk) -> None:
    """To those whom the page proposes."""
    desk.press("Granska och skicka")
    desk.main.get_by_role("button", name=re.compile("^Skicka (kallelse|meddelande) till")).click()


@pytest.mark.requirement("V-31", "V-33")
def test_from_a_number_to_an_accepted_initiative(shared_place, plainly):
    anna, david, name = plainly("anna"), plainly("david"), "Ulla Utan"
    messages.begin_case(anna, shared_place.unused_number(), name)
    find_unit(anna, c.HEALTH_CENTRE)
    anna.page.get_by_label("Initiativorsak").fill("Behov av samordning")
    anna.page.get_by_role("group", name="Initiativtagare").get_by_label("Enheten", exact=True).check()
    messages.give_consent(anna)
    messages.check_and_send(anna, "Skicka initiativ till 1 enhet")
    anna.sees("Initiativet är skickat till 1 enhet.")
    messages.accept(david, name, "Vi kommer.")
    anna.open_list()
    assert anna.symbols(name)["Initiativ"] == "Klar"


@pytest.mark.requirement("V-33")
def test_denying(shared_place, plainly):
    name = "Nils Utan"
    states.bring(shared_place, name, *states.ACCEPTED[:1])
    frida = plainly("frida")
    frida.open_list("Att göra")
    frida.symbol(name, "Initiativ").click()
    frida.press("Neka")
    find_unit(frida, c.PSYCHIATRY)
    frida.sees("Vald enhet", c.PSYCHIATRY)
    frida.press("Neka initiativet")
    frida.sees("Er enhet har nekat")


@pytest.mark.requirement("V-41")
def test_summoning_and_acknowledging(shared_place, plainly):
    name = "Kalle Utan"
    case_id = states.bring(shared_place, name, *states.ACCEPTED)
    anna, david = plainly("anna"), plainly("david")
    anna.page.goto(f"/sip/cases/{case_id}/summons/")
    messages.write_summons(anna, messages.a_working_day())
    check_and_send(anna)
    anna.sees("Kallelsen är skickad till")
    messages.acknowledge(david, name, "Kallelse")


@pytest.mark.requirement("V-90", "V-95")
def test_a_message_is_sent_acknowledged_and_voided(shared_place, plainly):
    name = "Moa Utan"
    case_id = states.bring(shared_place, name, *states.ACCEPTED)
    anna, david = plainly("anna"), plainly("david")
    anna.page.goto(f"/sip/cases/{case_id}/information/")
    anna.page.locator("textarea[name=text]").fill("Passar torsdag?")
    check_and_send(anna)
    anna.sees("Meddelandet är skickat till")
    messages.acknowledge(david, name, "Meddelande")
    anna.reload()
    messages.void(anna, reason=states.REASON)
    anna.sees("Makulerad", states.REASON)


@pytest.mark.requirement("V-50", "V-52", "V-53", "V-54", "V-57", "V-60")
def test_from_a_plan_to_a_follow_up(shared_place, plainly):
    name = "Pelle Utan"
    case_id = states.bring(shared_place, name, *states.SUMMONED)
    anna = plainly("anna")
    anna.page.goto(f"/sip/cases/{case_id}/plan/")
    anna.press("Skriv planen")
    plan.state_everybody(anna, name, {c.HOME_CARE: anna.name})
    plan.add_goal(anna, "Jag vill gå ut.", responsible=name)
    plan.add_activity(anna, 1, "Promenad varje dag.", responsible=name)
    plan.write_law(anna, "Stöd att gå ut.", "Inget.")
    anna.press("Signera")
    anna.press("Signera")
    anna.main.get_by_role("link", name="Lås", exact=True).first.click()
    anna.press("Lås")
    anna.sees("Planen är låst.")
    assert squeezed("Jag vill gå ut.") in squeezed(read_pdf(plan.printed(anna)))
    anna.open_part(follow_up.PART)
    follow_up.activate(anna)
    follow_up.report(anna, "Promenad", "Klar (klarmarkera)")
    follow_up.lock(anna)


@pytest.mark.requirement("V-80", "V-81")
def test_evaluating_and_ending(shared_place, plainly):
    name = "Edit Utan"
    case_id = states.bring(shared_place, name, *states.FOLLOWED_UP)
    anna, david = plainly("anna"), plainly("david")
    anna.page.goto(f"/sip/cases/{case_id}/evaluation-summons/")
    messages.write_summons(anna, messages.a_working_day())
    check_and_send(anna)
    messages.acknowledge(david, name, "Kallelse till utvärdering")
    anna.page.goto(f"/sip/cases/{case_id}/evaluation/")
    anna.press("Skriv utvärderingen")
    plan.state_everybody(anna, name, {c.HOME_CARE: anna.name})
    anna.page.locator("textarea[name=text]").fill("Målen är nådda.")
    anna.press("Granska och signera")
    anna.press("Signera")
    anna.sees("Utvärderingen är signerad.")
    anna.main.get_by_role("link", name="Lås", exact=True).first.click()
    anna.press("Lås och avsluta ärendet")
    anna.sees("Utvärderingen är låst")


@pytest.mark.requirement("K-22", "V-20")
def test_lists_search_and_logging_out(shared_place, plainly):
    name = "Sara Utan"
    states.bring(shared_place, name, *states.ACCEPTED[:1])
    anna = plainly("anna", fresh=True)
    anna.open_list("Att göra")
    expect(anna.row(name)).to_be_visible()
    anna.page.locator("#find").fill(name)
    anna.page.get_by_role("search").get_by_role("button").click()
    anna.sees("ärende hittades", name)
    anna.page.locator("details.menu summary").click()
    anna.page.get_by_role("button", name=re.compile("Logga ut")).click()
    anna.sees("Du är utloggad.")
