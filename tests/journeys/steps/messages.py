"""Initiative, summons and information messages: written, checked, sent, answered, sent on, voided."""

from collections.abc import Sequence
from datetime import date, timedelta

from playwright.sync_api import expect

from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from tests.journeys.steps.desk import Desk


def begin_case(desk: Desk, number: str, name: str) -> None:
    """*Nytt ärende*, number, confirmed, *Skapa ärende*; a name is asked for when the person is new."""
    ask_for(desk, number)
    desk.sees_heading("Är det rätt person?")
    if name:
        desk.fill("Namn", name)
    desk.press("Skapa ärende")
    desk.sees_heading("Initiativ")


def ask_for(desk: Desk, number: str) -> None:
    desk.open_list()
    desk.press("Nytt ärende")
    desk.fill("Personnummer", number)
    desk.press("Fortsätt")


def write_initiative(desk: Desk, units: Sequence[str], reason: str) -> None:
    desk.add_recipients(units)
    desk.page.get_by_label("Initiativorsak").fill(reason)
    desk.page.get_by_role("group", name="Initiativtagare").get_by_label("Enheten", exact=True).check()
    give_consent(desk)


def give_consent(desk: Desk) -> None:
    """*Samtyckesval*: the individual, by word of mouth, to a SIP."""
    consent = desk.page.locator("fieldset.consent")
    consent.get_by_label("Den enskilde", exact=True).check()
    consent.get_by_label("Muntligt", exact=True).check()


def check_and_send(desk: Desk, send: str) -> None:
    """*Granska och skicka*, then the button that says what is sent to how many."""
    desk.press("Granska och skicka")
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("Granska och skicka")
    desk.press(send)


def send_initiative(desk: Desk, units: Sequence[str], reason: str) -> None:
    write_initiative(desk, units, reason)
    check_and_send(desk, f"Skicka initiativ till {len(units)} {'enheter' if len(units) > 1 else 'enhet'}")
    desk.sees("Initiativet är skickat till")


def accept(desk: Desk, person: str, comment: str = "") -> None:
    """From the red symbol in the overview."""
    desk.open_list("Att göra")
    desk.symbol(person, "Initiativ").click()
    if comment:
        desk.fill("Kommentar", comment)
    desk.press("Acceptera")
    desk.sees("Er enhet har accepterat")


def deny(desk: Desk, person: str, unit: str, comment: str) -> None:
    """Up to the page that asks who should have it instead, with the unit found in the address book."""
    desk.open_list("Att göra")
    desk.symbol(person, "Initiativ").click()
    desk.press("Neka")
    desk.sees_heading("Vem ska få det i stället?")
    desk.find_unit(unit, unit[:10])
    desk.sees("Vald enhet", unit)
    desk.fill("Kommentar", comment)


def a_working_day(ahead: int = 5) -> date:
    return add_working_days(clock.today(clock.now()), ahead)


def a_day_off() -> date:
    day = clock.today(clock.now()) + timedelta(days=7)
    return day + timedelta(days=6 - day.weekday())


def write_summons(desk: Desk, day: date, place: str = "Vårdcentralen Lärkan, rum 4") -> None:
    desk.page.get_by_label("Datum").fill(day.isoformat())
    desk.page.get_by_label("Tid", exact=False).first.fill("13.00")
    desk.page.get_by_label("Plats").last.fill(place)


def acknowledge(desk: Desk, person: str, part: str) -> None:
    """From the red symbol in the overview."""
    desk.open_list("Att göra")
    desk.symbol(person, part).click()
    desk.press("Kvittera")
    desk.sees("Er enhet har kvitterat")


def void(desk: Desk, act: str = "Makulera", reason: str = "På den enskildes begäran") -> None:
    """*Makulera…*, then the reason, on the page that is open."""
    desk.press("Makulera…")
    desk.tick(reason)
    desk.press(act)
