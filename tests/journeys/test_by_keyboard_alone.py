"""The core tasks without a mouse: every step is a key, and one always sees where one is."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import county as c
from tests.journeys.steps import follow_up, messages, plan, states
from tests.journeys.steps.county import PASSWORD
from tests.journeys.steps.desk import Desk
from tests.journeys.steps.keyboard import choose, pick, select, skip_to_content, tab_to, tick, write

MEETING = "Vårdcentralen Lärkan, rum 4"


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
    david.sees("Er enhet har accepterat")


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
    david.sees("Er enhet har kvitterat")


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


@pytest.mark.requirement("L-09", "V-22", "V-31")
def test_from_a_number_to_a_sent_initiative(shared_place, at_desk):
    anna = at_desk(shared_place, shared_place.county.anna)
    page, number = anna.page, shared_place.unused_number()
    page.goto("/sip/")
    choose(page, page.get_by_role("link", name="Nytt ärende"))
    write(page, anna.main.get_by_label("Personnummer"), number)
    page.keyboard.press("Enter")
    anna.sees_heading("Är det rätt person?")
    write(page, anna.main.get_by_label("Namn"), "Nina Tangent")
    choose(page, page.get_by_role("button", name="Skapa ärende"))
    anna.sees_heading("Initiativ")
    write(page, page.locator("#unit-search"), "Lärkan")
    found = page.locator("#unit-results").get_by_role("button", name=c.HEALTH_CENTRE)
    expect(found).to_be_visible()
    choose(page, found)
    expect(page.locator("#id_recipients tbody tr")).to_have_count(1)
    write(page, page.get_by_label("Initiativorsak"), "Behov av samordning")
    pick(page, page.get_by_role("group", name="Initiativtagare").get_by_label("Enheten", exact=True))
    consent = page.locator("fieldset.consent")
    pick(page, consent.get_by_label("Den enskilde", exact=True))
    pick(page, consent.get_by_label("Muntligt", exact=True))
    choose(page, page.get_by_role("button", name="Granska och skicka"))
    anna.sees_heading("Granska och skicka: Initiativ")
    choose(page, page.get_by_role("button", name="Skicka initiativ till 1 enhet"))
    anna.sees("Initiativet är skickat till 1 enhet.")


@pytest.mark.requirement("L-09", "V-33")
def test_denying(shared_place, at_desk):
    person = "Nora Tangent"
    states.bring(shared_place, person, *states.ACCEPTED[:1])
    frida = at_desk(shared_place, shared_place.county.frida)
    page = frida.page
    page.goto("/sip/?list=todo")
    choose(page, frida.symbol(person, "Initiativ"))
    choose(page, page.get_by_role("button", name="Neka", exact=True))
    frida.sees_heading("Vem ska få det i stället?")
    write(page, page.locator("#unit-search"), "Psykiatrim")
    found = page.locator("#unit-results").get_by_role("button", name=c.PSYCHIATRY)
    expect(found).to_be_visible()
    choose(page, found)
    frida.sees("Vald enhet", c.PSYCHIATRY)
    choose(page, page.get_by_role("button", name="Neka initiativet"))
    frida.sees("Er enhet har nekat")


@pytest.mark.requirement("L-09", "V-41")
def test_summoning(shared_place, at_desk):
    case_id = states.bring(shared_place, "Tuva Tangent", *states.ACCEPTED)
    anna = at_desk(shared_place, shared_place.county.anna)
    page = anna.page
    page.goto(f"/sip/cases/{case_id}/")
    choose(page, anna.parts.get_by_role("link", name=re.compile("^Kallelse till planering")))
    anna.sees_heading("Kallelse till planering")
    write(page, page.get_by_label("Datum"), messages.a_working_day().isoformat())
    write(page, page.get_by_label("Tid", exact=False).first, "13.00")
    write(page, page.get_by_label("Plats").last, MEETING)
    choose(page, page.get_by_role("button", name="Granska och skicka"))
    anna.sees(MEETING)
    choose(page, page.get_by_role("button", name=re.compile("^Skicka kallelse till")))
    anna.sees("Kallelsen är skickad till")


@pytest.mark.requirement("L-09", "V-50", "V-51", "V-52", "V-53", "V-54", "V-57")
def test_a_plan_from_its_first_goal_to_its_print(shared_place, at_desk):
    person = "Peter Tangent"
    case_id = states.bring(shared_place, person, *states.SUMMONED)
    anna = at_desk(shared_place, shared_place.county.anna)
    page = anna.page
    page.goto(f"/sip/cases/{case_id}/plan/")
    choose(page, page.get_by_role("button", name="Skriv planen"))
    state_attendance(anna, person)
    skip_to_content(page)
    choose(page, page.get_by_role("link", name="Nytt mål"))
    write(page, anna.main.get_by_label("Mål", exact=False).last, "Jag vill gå ut.")
    select(page, anna.main.get_by_label("Ansvarig", exact=True), person)
    choose(page, anna.main.get_by_role("button", name="Spara", exact=True))
    expect(plan.goal(anna, "Jag vill gå ut.")).to_be_visible()
    skip_to_content(page)
    choose(page, page.get_by_role("link", name="Ny aktivitet under mål 1"))
    write(page, anna.main.get_by_label("Aktivitet", exact=False).first, "Promenad varje dag.")
    select(page, anna.main.get_by_label("Ansvarig", exact=True), person)
    choose(page, anna.main.get_by_role("button", name="Spara", exact=True))
    expect(page.locator("table.activities").get_by_text("Promenad varje dag.")).to_be_visible()
    write_law(anna)
    sign_and_lock(anna)
    skip_to_content(page)
    with plan.print_in_a_tab(anna):
        choose(page, page.get_by_role("article").get_by_role("button", name="Skriv ut", exact=True))


def state_attendance(desk: Desk, person: str) -> None:
    """The individual was there, the units were not."""
    page = desk.page
    lines = page.locator("#participants tbody tr")
    skip_to_content(page)
    choose(page, lines.filter(has_text=person).get_by_role("button", name=re.compile("^Deltog (?!ej)")))
    expect(plan.participant(desk, person)).to_contain_text("Deltog")
    unstated = lines.filter(has_text="Inte angivet")
    desk.settle()
    for left in range(unstated.count(), 0, -1):
        expect(unstated).to_have_count(left)
        skip_to_content(page)
        choose(page, unstated.first.get_by_role("button", name=re.compile("^Deltog ej")))
    expect(unstated).to_have_count(0)


def write_law(desk: Desk) -> None:
    page, main = desk.page, desk.main
    skip_to_content(page)
    choose(page, page.get_by_role("link", name="Ändra Enligt lagen"))
    write(page, main.get_by_label("Insatser som behövs"), "Stöd att gå ut.")
    write(page, main.get_by_label("Insatser från andra"), "Inget.")
    select(page, main.get_by_label("Huvudman med övergripande ansvar"), "Ekbackens kommun")
    tick(page, main.get_by_label("är samordningsansvarig från och med mötet"))
    choose(page, main.get_by_role("button", name="Spara", exact=True))
    expect(page.locator("#law")).to_contain_text("Stöd att gå ut.")


def sign_and_lock(desk: Desk) -> None:
    page, main = desk.page, desk.main
    for role, name, heading in (
        ("link", "Signera", "Granska och signera"),
        ("button", "Signera", ""),
        ("link", "Lås", "Granska och lås"),
        ("button", "Lås", ""),
    ):
        skip_to_content(page)
        choose(page, main.get_by_role(role, name=name, exact=True).first)
        if heading:
            desk.sees_heading(heading)
        else:
            desk.sees("Planen är signerad." if name == "Signera" else "Planen är låst.")


@pytest.mark.requirement("L-09", "V-60", "V-61")
def test_following_up(shared_place, at_desk):
    case_id = states.bring(shared_place, "Folke Tangent", *states.LOCKED)
    anna = at_desk(shared_place, shared_place.county.anna)
    page, main = anna.page, anna.main
    page.goto(f"/sip/cases/{case_id}/follow-up/")
    choose(page, main.get_by_role("button", name="Aktivera uppföljning av plan"))
    expect(main.get_by_role("button", name="Spara alla")).to_be_visible()
    skip_to_content(page)
    row = follow_up.activity(anna, "Träna trappgång")
    pick(page, row.get_by_label("Pågår (delrapportering)"))
    write(page, row.get_by_label("Anteckning"), "Går en trappa.")
    choose(page, row.get_by_role("button", name="Spara"))
    anna.sees("1 aktivitet är sparad.", "Går en trappa.")
    skip_to_content(page)
    choose(page, main.get_by_role("link", name="Lås", exact=True))
    anna.sees_heading("Lås uppföljningen")
    choose(page, main.get_by_role("button", name="Lås", exact=True))
    anna.sees("Uppföljningen är låst.")


@pytest.mark.requirement("L-09", "V-80", "V-81")
def test_evaluating_and_ending(shared_place, at_desk):
    person = "Unni Tangent"
    case_id = states.bring(shared_place, person, *states.FOLLOWED_UP)
    anna = at_desk(shared_place, shared_place.county.anna)
    page, main = anna.page, anna.main
    page.goto(f"/sip/cases/{case_id}/evaluation/")
    choose(page, main.get_by_role("button", name="Skriv utvärderingen"))
    state_attendance(anna, person)
    skip_to_content(page)
    write(page, page.locator("textarea[name=text]"), "Målen är nådda.")
    choose(page, main.get_by_role("button", name="Granska och signera"))
    skip_to_content(page)
    choose(page, main.get_by_role("button", name="Signera", exact=True))
    anna.sees("Utvärderingen är signerad.")
    skip_to_content(page)
    choose(page, main.get_by_role("link", name="Lås", exact=True).first)
    choose(page, main.get_by_role("button", name="Lås och avsluta ärendet"))
    anna.sees("Utvärderingen är låst")


@pytest.mark.requirement("L-09", "V-90", "V-95")
def test_a_message_is_sent_acknowledged_and_voided(shared_place, at_desk):
    person = "Mona Tangent"
    case_id = states.bring(shared_place, person, *states.ACCEPTED)
    anna, david = (
        at_desk(shared_place, who) for who in (shared_place.county.anna, shared_place.county.david)
    )
    page, main = anna.page, anna.main
    page.goto(f"/sip/cases/{case_id}/information/")
    skip_to_content(page)
    write(page, page.locator("textarea[name=text]"), "Passar torsdag?")
    choose(page, page.get_by_role("button", name="Granska och skicka"))
    choose(page, main.get_by_role("button", name=re.compile("^Skicka meddelande till")))
    anna.sees("Meddelandet är skickat till")
    david.page.goto(f"/sip/cases/{case_id}/information/")
    choose(david.page, david.main.get_by_role("button", name="Kvittera", exact=True))
    david.sees("Er enhet har kvitterat")
    skip_to_content(page)
    choose(page, main.get_by_role("link", name="Makulera…"))
    pick(page, main.get_by_label(states.REASON))
    choose(page, main.get_by_role("button", name="Makulera", exact=True))
    anna.sees("Makulerad", states.REASON)
