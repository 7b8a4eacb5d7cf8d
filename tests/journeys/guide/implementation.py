"""The guide's chapter 5.1: participants, goals, activities, signing, editing by others, locking and printing."""

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.guide.people import PERSON, Case
from tests.journeys.steps import county as c
from tests.journeys.steps import messages, plan
from tests.journeys.steps.pictures import picture

GOALS = ("Jag vill kunna bo kvar hemma och gå ut själv.", "Jag vill förstå mina läkemedel.")
ACTIVITIES = (
    "Träna trappgång två gånger i veckan.",
    "Ledstång på båda sidor av trappan.",
    "Läkemedelsgenomgång med distriktssköterskan.",
    "Promenad med Lena på lördagar.",
)
NEEDS = "Stöd i trappan, träning och en samlad läkemedelslista."
OTHERS = "Dottern Lena handlar mat varje fredag."
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ADDED = "Hemtjänsten påminner varje morgon."


def begin_plan(case: Case) -> None:
    """5.1: any unit that takes part begins it; until it is signed nobody else sees it."""
    david = case.david
    david.open_list()
    david.symbol(PERSON, "Plan").click()
    david.press("Skriv planen")
    david.sees(c.HOME_CARE, c.PSYCHIATRY, c.SOCIAL, c.HEALTH_CENTRE, c.INSURANCE)
    case.anna.open_case(PERSON)
    case.anna.open_part("Mål- och aktivitetsplan")
    case.anna.sees(f"{david.name}, {c.HEALTH_CENTRE}, skriver planen. Du ser den när den är signerad.")


def participants(case: Case) -> None:
    """5.1.1: who attended from each unit, who did not, a unit called by mistake, a representative, an outsider."""
    david = case.david
    plan.attended(david, PERSON)
    for desk, unit in ((case.anna, c.HOME_CARE), (david, c.HEALTH_CENTRE), (case.eva, c.PSYCHIATRY)):
        plan.attended(david, unit, person=desk.name)
    plan.did_not_attend(david, c.SOCIAL)
    plan.remove_participant(david, c.SOCIAL)
    david.press("Ångra")
    expect(plan.participant(david, c.SOCIAL)).to_contain_text("Deltog ej")
    plan.remove_participant(david, c.INSURANCE)
    plan.add_representative(david, case.bertil.name)
    plan.add_somebody_else(david, "Lena Ekdal", "dotter", "070-174 06 35")
    expect(plan.participant(david, "Lena Ekdal")).to_contain_text("Deltog")
    picture(david, "07-deltagare")


def goals(case: Case) -> None:
    """5.1.2 and 5.1.3: headings in the individual's voice; who attended is responsible, or another representative."""
    david, due = case.david, messages.a_working_day(60)
    plan.add_goal(david, GOALS[0], responsible=PERSON, picture_name="07-mal")
    plan.add_goal(david, GOALS[1], responsible=case.david.name)
    plan.add_activity(david, 1, ACTIVITIES[0], responsible=PERSON)
    plan.add_activity(david, 1, ACTIVITIES[1], other=case.cecilia.name, done_on=due.isoformat())
    plan.add_activity(david, 2, ACTIVITIES[2], responsible=case.david.name)
    david.sees("under hela SIP-perioden", f"{due.day} {MONTHS[due.month - 1]}", case.cecilia.name)


def sign(case: Case) -> None:
    """5.1.4: *Spara* and *Signera*; what is missing before lock is told, and signing is possible all the same."""
    david = case.david
    david.press("Spara")
    david.press("Signera")
    david.sees_heading("Granska och signera")
    david.sees("Kan signeras, men saknas innan planen kan låsas", *GOALS, *ACTIVITIES[:3])
    david.press("Signera")
    david.sees("Planen är signerad.")
    for reader in (case.anna, case.cecilia, case.eva):
        reader.open_case(PERSON)
        reader.open_part("Mål- och aktivitetsplan")
        reader.sees(*GOALS)
        assert reader.can("Redigera")
        assert not reader.can("Skriv ut")


def edit_by_others(case: Case) -> None:
    """5.1.4: another unit changes a goal that somebody else wrote, and signs; the signed one is read meanwhile."""
    eva = case.eva
    eva.press("Redigera")
    plan.change_goal(eva, 2, f"{GOALS[1]} {ADDED}")
    plan.add_activity(eva, 2, ACTIVITIES[3], responsible="Lena Ekdal")
    cecilia = case.cecilia
    cecilia.reload()
    cecilia.sees(ADDED, "Version 2, öppnad med Redigera", case.eva.name)
    assert not cecilia.can("Lås")
    cecilia.press("Historik")
    cecilia.main.get_by_role("link", name=re.compile("version 1", re.IGNORECASE)).click()
    cecilia.sees(GOALS[1])
    cecilia.sees_not(ADDED)
    plan.write_law(eva, NEEDS, OTHERS)
    eva.press("Signera")
    eva.press("Signera")
    eva.sees("Planen är signerad.", ADDED, "Version 2")


def lock(case: Case) -> None:
    """5.1.5: only the coordinator; the gaps lead to where they are mended; only a locked plan can be printed."""
    anna, david = case.anna, case.david
    david.open_case(PERSON)
    david.open_part("Mål- och aktivitetsplan")
    assert not david.can("Lås")
    david.sees("Bara samordningsansvarig kan göra det här.", "Planen kan skrivas ut när den är låst.")
    anna.open_list("Att göra")
    anna.symbol(PERSON, "Plan").click()
    anna.main.get_by_role("link", name="Lås", exact=True).first.click()
    anna.sees_heading("Granska och lås")
    anna.sees("Det här händer när du låser", *GOALS, *ACTIVITIES)
    picture(anna, "08-granska-och-las")
    anna.press("Lås")
    anna.sees("Planen är låst.")
    picture(anna, "08-last-plan")
    anna.open_list()
    assert anna.symbols(PERSON)["Plan"] == "Låst"


def print_plan(case: Case) -> None:
    """5.1.6: the PDF holds the whole plan with its signature lines; the browser's own print is not the plan."""
    anna = case.anna
    anna.open_case(PERSON)
    anna.open_part("Mål- och aktivitetsplan")
    text = read_pdf(plan.printed(anna))
    wanted = (PERSON, *GOALS, *ACTIVITIES, NEEDS, OTHERS, ADDED, "Lena Ekdal", "dotter", case.cecilia.name)
    for said in (*wanted, "Version 2", "Underskrift", "Sida 1 av", c.HOME_CARE, "ÖVNING"):
        assert squeezed(said) in squeezed(text), f"not in the print: {said}"
    anna.page.emulate_media(media="print")
    expect(anna.page.get_by_text("Utskrift härifrån är inte den godkända planen.")).to_be_visible()
    for goal in GOALS:
        expect(anna.page.get_by_text(goal).first).not_to_be_visible()
    anna.page.emulate_media(media="screen")


def read_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def squeezed(text: str) -> str:
    """Without spaces, hyphens and places where a word may break: where the paper breaks a line is its own matter."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", text)


def hand_over(case: Case) -> None:
    """V-54, V-57: handing over is recorded, and the region's users are reminded of the code."""
    anna = case.anna
    anna.press("Anteckna överlämning")
    anna.fill("Vilka signerade på papper?", f"{PERSON}\nLena Ekdal")
    anna.press("Spara")
    anna.sees("Överlämningen är antecknad.", "Signerat på papper:")
    case.david.reload()
    expect(case.david.page.get_by_label("Registrera den här koden")).to_have_value("AU124")
    expect(anna.page.get_by_label("Registrera den här koden")).to_have_count(0)


def open_and_lock_again(case: Case) -> None:
    """V-56: opened, it is signed again, to be edited or locked as it is."""
    anna = case.anna
    anna.press("Öppna")
    anna.sees_heading("Öppna planen")
    anna.press("Öppna")
    anna.sees("Planen är öppnad.")
    assert anna.can("Redigera")
    assert not anna.can("Skriv ut")
    anna.main.get_by_role("link", name="Lås", exact=True).first.click()
    anna.press("Lås")
    anna.sees("Planen är låst.")
