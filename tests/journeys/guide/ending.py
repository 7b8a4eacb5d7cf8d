"""The guide's chapter 6: summons to evaluation, evaluation, the case ended, and a new SIP for the same person."""

from playwright.sync_api import expect

from tests.journeys.guide.people import PERSON, Case
from tests.journeys.guide.preparation import MEETING_PLACE
from tests.journeys.steps import county as c
from tests.journeys.steps import messages, plan
from tests.journeys.steps.pictures import picture

EVALUATION = "Målen är nådda. Karl-Erik går i trappan och ut själv."


def summon_to_evaluation(case: Case) -> None:
    """6.1: as the summons to planning."""
    anna = case.anna
    anna.open_case(PERSON)
    anna.open_part("Kallelse till utvärdering")
    assert anna.recipients() >= {c.PSYCHIATRY, c.SOCIAL, c.HEALTH_CENTRE}
    messages.write_summons(anna, messages.a_working_day(7), MEETING_PLACE)
    messages.check_and_send(anna, f"Skicka kallelse till {len(anna.recipients() - {c.INSURANCE})} enheter")
    for receiver in (case.cecilia, case.david, case.eva):
        messages.acknowledge(receiver, PERSON, "Kallelse till utvärdering")


def evaluate(case: Case) -> None:
    """6.2: the plan's participants are there, others too; the text must be written before it is signed."""
    david = case.david
    david.open_list()
    david.symbol(PERSON, "Utvärdering").click()
    david.press("Skriv utvärderingen")
    david.sees(PERSON, c.HOME_CARE, c.PSYCHIATRY, "Lena Ekdal")
    plan.state_everybody(david, PERSON, {c.HOME_CARE: case.anna.name, c.HEALTH_CENTRE: david.name})
    david.press("Granska och signera")
    david.sees("Texten saknas. Den måste skrivas innan du signerar.")
    assert not david.can("Signera")
    david.press("Skriv utvärderingen")
    david.page.locator("textarea[name=text]").fill(EVALUATION)
    picture(david, "11-utvardering")
    david.press("Spara")
    david.press("Granska och signera")
    david.sees(EVALUATION)
    david.press("Signera")
    david.sees("Utvärderingen är signerad.")
    assert not david.can("Lås")


def lock_and_end(case: Case) -> None:
    """6.2, 6.3: the coordinator locks; the case ends for all and can still be read."""
    anna = case.anna
    anna.open_list("Att göra")
    anna.symbol(PERSON, "Utvärdering").click()
    anna.sees(EVALUATION)
    anna.main.get_by_role("link", name="Lås", exact=True).first.click()
    anna.press("Lås och avsluta ärendet")
    anna.sees("Utvärderingen är låst")
    for desk in case.participants:
        desk.open_list()
        expect(desk.row(PERSON)).to_have_count(0)
        desk.open_list("Avslutade")
        assert desk.symbols(PERSON)["Utvärdering"] in {"Låst", "Klar"}
        desk.row(PERSON).get_by_role("rowheader").get_by_role("link").click()
        desk.sees("Ärendet är avslutat")


def begin_anew(case: Case) -> None:
    """6.3: only one SIP is active, so now a new one can be begun, by another unit."""
    messages.ask_for(case.david, case.number)
    case.david.sees_heading("Är det rätt person?")
    case.david.sees(PERSON)
    case.david.press("Skapa ärende")
    case.david.sees_heading("Initiativ")


def log_out(case: Case) -> None:
    """K-22: *Logga ut* in the menu."""
    for desk in (case.anna, case.eva):
        desk.page.locator("details.menu summary").click()
        desk.page.get_by_role("button", name="Logga ut").click()
        desk.sees("Du är utloggad.")
        desk.page.goto("/sip/")
        desk.sees_heading("Logga in")
