"""The guide's chapters 5.2 and 5.3: follow-up, *Ny plan*, history."""

import re

from playwright.sync_api import expect

from tests.journeys.guide.implementation import ACTIVITIES, ADDED, GOALS, read_pdf, squeezed
from tests.journeys.guide.people import PERSON, Case
from tests.journeys.guide.preparation import MEETING_PLACE
from tests.journeys.steps import county as c
from tests.journeys.steps import follow_up, messages, plan
from tests.journeys.steps.pictures import picture

NEW_GOAL = "Jag vill åka till Lena själv med bussen."
NEW_ACTIVITY = "Resa på prov med arbetsterapeuten."


def decide_when(case: Case) -> None:
    """V-62: the coordinator says when the plan is to be followed up."""
    anna, day = case.anna, messages.a_working_day(20)
    anna.open_case(PERSON)
    anna.open_part(follow_up.PART)
    anna.fill("Nästa uppföljning", day.isoformat())
    anna.press("Spara dagen")
    anna.sees("Dagen för nästa uppföljning är sparad.", f"{day.day} ")
    case.david.open_case(PERSON)
    case.david.open_part(follow_up.PART)
    assert not case.david.can("Spara dagen")


def report_on_all(case: Case) -> None:
    """5.2: each of the four states, reported by four units; only *Klar* closes the activity."""
    anna, cecilia, david, eva = case.participants
    follow_up.activate(anna)
    for desk in (cecilia, david, eva):
        desk.open_list()
        desk.symbol(PERSON, "Uppföljning").click()
    follow_up.report(david, ACTIVITIES[0], "Pågår (delrapportering)", "Går upp och ned en gång om dagen.")
    follow_up.report(cecilia, ACTIVITIES[1], "Ej genomförd", "Hyresvärden har inte svarat.")
    follow_up.report(eva, ACTIVITIES[2], "Klar (klarmarkera)", "Ny lista lämnad.")
    anna.reload()
    follow_up.report(anna, ACTIVITIES[3], "Ej påbörjad")
    picture(anna, "09-uppfoljning")
    expect(follow_up.activity(anna, ACTIVITIES[2]).get_by_role("radio")).to_have_count(0)
    expect(follow_up.activity(anna, ACTIVITIES[0]).get_by_role("radio")).to_have_count(4)
    david.reload()
    assert not david.can("Lås")


def lock_open_and_void(case: Case) -> None:
    """5.2: locked it is green; opened again; voided it is read by its date, and a new one can be activated."""
    anna = case.anna
    follow_up.lock(anna)
    anna.open_list()
    assert anna.symbols(PERSON)["Uppföljning"] in {"Låst", "Klar"}
    anna.symbol(PERSON, "Uppföljning").click()
    anna.press("Öppna")
    follow_up.report(anna, ACTIVITIES[3], "Pågår (delrapportering)", "De har börjat gå ut.")
    follow_up.lock(anna)
    anna.press("Makulera…")
    anna.tick("Fel på datum")
    anna.press("Makulera uppföljningen")
    anna.sees("Uppföljningen är makulerad.")
    anna.main.get_by_text("Tidigare uppföljningar").click()
    gone = anna.main.locator("details.earlier").get_by_role("listitem").filter(has_text="Fel på datum")
    gone.get_by_role("link").first.click()
    anna.sees("Makulerad", "Fel på datum", "De har börjat gå ut.")
    anna.open_part(follow_up.PART)
    follow_up.activate(anna)
    follow_up.report(anna, ACTIVITIES[0], "Klar (klarmarkera)")
    follow_up.lock(anna)


def begin_new_plan(case: Case) -> None:
    """5.3.1: after a confirming question; the old plan holds, and is followed up, until the next lock."""
    david = case.david
    david.open_case(PERSON)
    david.open_part(follow_up.PART)
    david.press("Ny plan")
    david.sees_heading("Påbörja en ny plan?")
    picture(david, "10-ny-plan")
    david.press("Ny plan")
    david.sees("En ny plan är påbörjad. Kalla till planeringen av den.")
    david.open_part(follow_up.PART)
    assert not david.can("Aktivera uppföljning av plan")
    david.open_part("Mål- och aktivitetsplan")
    david.sees("Plan 1 gäller och följs upp tills den nya är låst.")
    david.press("Läs Plan 1")
    david.sees(*GOALS, "Gäller tills den nya planen är låst")


def summon_again(case: Case) -> None:
    """5.3.2: those of the last meeting are proposed."""
    anna = case.anna
    anna.open_case(PERSON)
    anna.open_part("Kallelse till planering")
    assert anna.recipients() >= {c.PSYCHIATRY, c.SOCIAL, c.HEALTH_CENTRE}
    messages.write_summons(anna, messages.a_working_day(6), MEETING_PLACE)
    messages.check_and_send(anna, f"Skicka kallelse till {len(anna.recipients() - {c.INSURANCE})} enheter")
    for receiver in (case.cecilia, case.david, case.eva):
        messages.acknowledge(receiver, PERSON, "Kallelse")


def write_new_plan(case: Case) -> None:
    """5.3.2: it begins with what stood in the old one, unsigned; attendance is filled in anew."""
    eva = case.eva
    eva.open_case(PERSON)
    eva.open_part("Mål- och aktivitetsplan")
    eva.press("Skriv planen")
    eva.sees(*GOALS, *ACTIVITIES)
    case.anna.open_case(PERSON)
    case.anna.open_part("Mål- och aktivitetsplan")
    case.anna.sees("Du ser den när den är signerad.")
    plan.state_everybody(eva, PERSON, {c.HOME_CARE: case.anna.name, c.PSYCHIATRY: eva.name})
    plan.add_goal(eva, NEW_GOAL, responsible=PERSON)
    plan.add_activity(eva, 3, NEW_ACTIVITY, responsible=PERSON)
    plan.confirm_coordinator(eva)
    eva.press("Signera")
    eva.press("Signera")
    eva.sees("Planen är signerad.")


def lock_new_plan(case: Case) -> None:
    anna = case.anna
    anna.reload()
    anna.sees(NEW_GOAL, ADDED)
    anna.main.get_by_role("link", name="Lås", exact=True).first.click()
    anna.press("Lås")
    anna.sees("Planen är låst.")


def read_history(case: Case) -> None:
    """5.3.3: the earlier plan by its date, marked as replaced, and its print says so too."""
    anna = case.anna
    anna.press("Historik")
    picture(anna, "10-historik")
    anna.main.locator("details.earlier").get_by_role("link").first.click()
    anna.sees("Det här är inte planen som ni arbetar med nu", "Ersatt", *GOALS)
    anna.sees_not(NEW_GOAL)
    text = squeezed(read_pdf(plan.printed(anna)))
    assert "ersatt" in text.lower()
    anna.press("Historik")
    compare = anna.main.get_by_role("button", name="Jämför")
    compare.click()
    expect(anna.main).to_contain_text(re.compile("tillagt|struket"))
