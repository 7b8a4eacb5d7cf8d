"""Script, quotes and bidirectional controls in every free text of a case: read as they are, and run nowhere."""

from playwright.sync_api import expect

from tests.journeys.guide.implementation import read_pdf, squeezed
from tests.journeys.steps import county as c
from tests.journeys.steps import follow_up, messages, plan
from tests.journeys.steps.accessibility import Reading
from tests.journeys.steps.hostile import MARK, shown, text


def test_nothing_that_is_typed_runs(shared_place, at_desk):
    """`at_desk` fails the test if a page opens a dialog, or the browser reports an error or a breach of the policy."""
    county = shared_place.county
    anna, david = at_desk(shared_place, county.anna), at_desk(shared_place, county.david)
    name = f"Hanna {MARK} Häck <b>"
    messages.begin_case(anna, shared_place.unused_number(), name)
    messages.send_initiative(anna, [c.HEALTH_CENTRE], text("orsak"))
    messages.accept(david, f"{MARK} Häck", text("svar"))
    send_messages(anna, david)
    write_plan(anna)
    report(anna)
    case = anna.page.url.split("/sip/cases/")[1].split("/")[0]
    for desk in (anna, david):
        seen = read_everything(desk, f"/sip/cases/{case}/")
        for place in (
            "orsak",
            "svar",
            "meddelande",
            "övrigt",
            "mål",
            "aktivitet",
            "behov",
            "andra",
            "anteckning",
        ):
            assert shown(place) in seen, place
        assert shown("roll")[:60] in seen
    anna.page.goto(f"/sip/cases/{case}/plan/")
    printed = squeezed(read_pdf(plan.printed(anna)))
    for place in ("mål", "aktivitet", "behov"):
        assert squeezed(shown(place)) in printed, place


def send_messages(anna, david) -> None:
    anna.open_part("Informationsmeddelande")
    anna.page.locator("textarea[name=text]").fill(text("meddelande"))
    messages.check_and_send(anna, "Skicka meddelande till 1 enhet")
    anna.open_part("Kallelse till planering")
    messages.write_summons(anna, messages.a_working_day(), text("plats")[:150])
    anna.fill("Övrigt", text("övrigt"))
    messages.check_and_send(anna, "Skicka kallelse till 1 enhet")


def write_plan(anna) -> None:
    anna.open_part("Mål- och aktivitetsplan")
    anna.press("Skriv planen")
    plan.add_somebody_else(anna, f"{MARK} <i>Lena</i>", text("roll")[:120], "070-174 06 35")
    plan.state_everybody(anna, f"{MARK} Häck", {c.HOME_CARE: anna.name})
    plan.write_goal(anna, text("mål"), responsible=f"{MARK} Häck")
    plan.write_activity(anna, 1, text("aktivitet"), responsible=f"{MARK} Häck")
    plan.write_law(anna, text("behov"), text("andra"), shown=(shown("behov"), shown("andra")))
    anna.press("Signera")
    anna.press("Signera")
    anna.main.get_by_role("link", name="Lås", exact=True).first.click()
    anna.press("Lås")
    anna.sees("Planen är låst.")


def report(anna) -> None:
    anna.open_part(follow_up.PART)
    follow_up.activate(anna)
    row = anna.main.get_by_role("row").filter(has_text=f"{MARK}-aktivitet").first
    row.get_by_label("Klar (klarmarkera)").check()
    row.get_by_label("Anteckning").fill(text("anteckning"))
    row.get_by_role("button", name="Spara").click()
    anna.sees("1 aktivitet är sparad.")


def read_everything(desk, start: str) -> str:
    """The words of every page of the case that links lead to."""
    waiting, read, words = [start], set(), ""
    while waiting:
        address = waiting.pop()
        if address not in read:
            read.add(address)
            desk.page.goto(address)
            words += desk.main.text_content() or ""
            words += " ".join(desk.main.locator("textarea").evaluate_all("all => all.map(one => one.value)"))
            waiting += [
                link for link in Reading(desk.page.content()).links_from(address) if link.startswith(start)
            ]
    return words


def test_what_would_run_is_stopped_and_noticed(shared_place, at_desk):
    """A script that got into the page does not run, and the desk would have complained."""
    anna = at_desk(shared_place, shared_place.county.anna)
    anna.page.goto("/sip/")
    anna.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    expect(anna.main).to_be_visible()
    assert anna.page.evaluate("typeof window.ran") == "undefined"
    assert any("Content Security Policy" in said for said in anna.complaints)
    anna.complaints.clear()
