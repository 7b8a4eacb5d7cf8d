"""The guide's chapters 3 and 4: logging in, the overview, the initiative, its answers, the summons."""

from playwright.sync_api import expect

from tests.journeys.guide.people import PERSON, REASON, Case
from tests.journeys.steps import county as c
from tests.journeys.steps import messages
from tests.journeys.steps.pictures import picture

MEETING_PLACE = "Vårdcentralen Lärkan, rum 4"


def log_in(case: Case) -> None:
    """3.3: the user name may be typed in small letters; who works at two units chooses one."""
    anna, eva = case.anna, case.eva
    anna.page.goto("/")
    anna.press("Logga in med användarnamn och lösenord")
    picture(anna, "01-logga-in")
    anna.log_in(anna.username.lower())
    anna.sees_heading("SIP Översikt")
    eva.page.goto("/login/")
    eva.page.get_by_label("Användarnamn").fill(eva.username)
    eva.page.get_by_label("Lösenord").fill(c.PASSWORD)
    eva.press("Logga in")
    eva.sees_heading("Välj enhet")
    picture(eva, "01-valj-enhet")
    eva.press(f"Arbeta på {c.PSYCHIATRY}")
    eva.sees_heading("SIP Översikt")
    for desk in (case.bertil, case.cecilia, case.david, case.frida):
        desk.log_in()
    expect(case.cecilia.page.get_by_role("link", name="Nytt ärende")).to_have_count(0)


def begin(case: Case) -> None:
    """4.1: *Nytt ärende*, the number, the person confirmed, *Skapa ärende*."""
    anna = case.anna
    wrong = case.number[:-1] + str((int(case.number[-1]) + 1) % 10)
    messages.ask_for(anna, wrong)
    anna.sees("Rätta det här innan du går vidare", "Den sista siffran stämmer inte")
    anna.fill("Personnummer", case.number)
    anna.press("Fortsätt")
    anna.sees_heading("Är det rätt person?")
    anna.fill("Namn", PERSON)
    picture(anna, "03-bekrafta")
    anna.press("Skapa ärende")
    anna.sees_heading("Initiativ")
    bar = anna.page.get_by_role("region", name="Ärendeinformation")
    shown = f"{case.number[:8]}-{case.number[8:]}"
    for told in (PERSON, shown, anna.name):
        expect(bar).to_contain_text(told)
    for phase in ("Förberedelsefas", "Genomförandefas", "Avslutsfas", "Allmänt"):
        expect(anna.parts.get_by_role("heading", name=phase, exact=True)).to_be_visible()


def ask_elsewhere(case: Case) -> None:
    """4.2: whoever asks for the person learns which unit has the SIP and how to reach it, and nothing more."""
    messages.ask_for(case.david, case.number)
    case.david.sees("Det finns redan en pågående SIP", c.HOME_CARE, "0150-570 00", "Frågan är loggad.")
    case.david.sees_not(PERSON, case.anna.name)


def change_coordinator(case: Case) -> None:
    """4.2: *Byt*, a name, *Sök*, *Bekräfta*; the new one can do the same."""
    for here, other in ((case.anna, case.bertil), (case.bertil, case.anna)):
        here.open_case(PERSON)
        here.press("Byt")
        here.fill("Namn", other.name.split()[0])
        here.main.get_by_role("button", name="Sök").click()
        here.main.get_by_label(other.name).check()
        here.press("Bekräfta")
        expect(here.page.get_by_role("region", name="Ärendeinformation")).to_contain_text(other.name)


def send_initiative(case: Case) -> None:
    """4.3: three recipients who all must acknowledge; *Spara*, then *Skicka*; the sender's symbol is blue."""
    anna = case.anna
    anna.open_case(PERSON)
    anna.sees("Skicka aldrig personnummer med e-post.")
    messages.write_initiative(anna, [c.HEALTH_CENTRE, c.SOCIAL, c.HOSPITAL], REASON)
    anna.sees("Alla enheter som får ett initiativ ska kvittera det.")
    anna.press("Spara")
    anna.open_list("Utkast")
    assert anna.symbols(PERSON)["Initiativ"] == "Utkast"
    anna.symbol(PERSON, "Initiativ").click()
    assert anna.recipients() == {c.HOSPITAL, c.SOCIAL, c.HEALTH_CENTRE}
    picture(anna, "04-mottagare")
    anna.press("Granska och skicka")
    anna.sees(REASON, c.HEALTH_CENTRE, c.SOCIAL, c.HOSPITAL, "Muntligt")
    picture(anna, "04-granska")
    anna.press("Skicka initiativ till 3 enheter")
    anna.sees("Initiativet är skickat till 3 enheter.")
    picture(anna, "04-skickat")
    anna.open_list()
    assert anna.symbols(PERSON)["Initiativ"] == "Väntar på andra"
    expect(anna.page.get_by_role("region", name="Symbolförklaringar")).to_contain_text("Att göra")
    for receiver in (case.cecilia, case.david, case.frida):
        receiver.open_list("Att göra")
        assert receiver.symbols(PERSON)["Initiativ"] == "Att göra"


def answer_initiative(case: Case) -> None:
    """4.4: two accept; one denies and names another unit, which the sender sends on to in one step."""
    cecilia, david, eva, frida = case.cecilia, case.david, case.eva, case.frida
    david.open_list("Att göra")
    david.symbol(PERSON, "Initiativ").click()
    david.sees(REASON, "Acceptera om enheten har en känd pågående relevant kontakt")
    picture(david, "05-svara")
    messages.accept(david, PERSON, "Distriktssköterskan kommer till mötet.")
    david.open_list()
    assert david.symbols(PERSON)["Initiativ"] == "Klar"
    messages.deny(frida, PERSON, c.PSYCHIATRY, "Utskriven. Kontakten finns på mottagningen.")
    picture(frida, "05-neka")
    frida.press("Neka initiativet")
    frida.sees("Er enhet har nekat", c.PSYCHIATRY)
    david.open_case(PERSON)
    david.open_part("Initiativ")
    david.sees(f"Bör gå till {c.PSYCHIATRY} i stället", case.frida.name)
    send_on(case)
    messages.accept(eva, PERSON)
    messages.accept(cecilia, PERSON)
    case.anna.open_list()
    assert case.anna.symbols(PERSON)["Initiativ"] == "Klar"
    picture(case.anna, "02-oversikten")
    case.anna.row(PERSON).get_by_role("rowheader").get_by_role("link").click()
    picture(case.anna, "03-arendet")
    frida.open_list()
    expect(frida.row(PERSON)).to_have_count(0)
    frida.open_list("Avslutade")
    assert set(frida.symbols(PERSON)) == {"Initiativ"}


def send_on(case: Case) -> None:
    anna = case.anna
    anna.open_list("Att göra")
    anna.symbol(PERSON, "Initiativ").click()
    anna.sees(f"{c.HOSPITAL} har nekat och anger {c.PSYCHIATRY}.")
    anna.press(f"Skicka vidare till {c.PSYCHIATRY}")
    anna.sees("Det finns inget giltigt samtycke för enheten.")
    messages.give_consent(anna)
    anna.press("Skicka")
    anna.sees(c.PSYCHIATRY, "Inte öppnat")


def discuss_a_time(case: Case) -> None:
    """7: an information message to those who got the initiative; one only for knowledge; acknowledged."""
    david = case.david
    david.open_case(PERSON)
    david.open_part("Informationsmeddelande")
    assert c.HOME_CARE in david.recipients()
    david.main.get_by_label(f"Ska kvittera: {c.SOCIAL}").uncheck()
    david.page.locator("textarea[name=text]").fill("Passar torsdag klockan 13 för ett möte?")
    messages.check_and_send(david, "Skicka meddelande till 3 enheter")
    for reader in (case.anna, case.eva):
        reader.open_list("Att göra")
        reader.symbol(PERSON, "Meddelande").click()
        reader.sees("Passar torsdag klockan 13")
        reader.press("Kvittera")
    case.cecilia.open_case(PERSON)
    case.cecilia.open_part("Informationsmeddelande")
    assert not case.cecilia.can("Kvittera")
    david.open_list()
    assert david.symbols(PERSON)["Meddelande"] == "Klar"
    david.symbol(PERSON, "Meddelande").click()
    david.sees("2 av 2 har kvitterat")
    picture(david, "12-meddelanden")


def summon(case: Case) -> None:
    """4.6: recipients as in the initiative, one outside the system added; *Datum*, *Tid* and *Plats* must be there."""
    anna = case.anna
    anna.open_list()
    anna.symbol(PERSON, "Kallelse").click()
    anna.sees_heading("Kallelse till planering")
    assert anna.recipients() == {c.PSYCHIATRY, c.SOCIAL, c.HEALTH_CENTRE}
    anna.press("Granska och skicka")
    anna.sees("Rätta det här innan du går vidare", "Datum", "Tid", "Plats")
    anna.add_recipients([c.INSURANCE])
    messages.write_summons(anna, messages.a_working_day(), MEETING_PLACE)
    anna.fill("Övrigt", "Dottern Lena Ekdal kallas med brev.")
    anna.press("Spara")
    picture(anna, "06-kallelse")
    anna.press("Granska och skicka")
    anna.sees(MEETING_PLACE, f"Det finns inget giltigt samtycke för {c.INSURANCE}.")
    messages.give_consent(anna)
    anna.press("Skicka kallelse till 3 enheter")
    anna.sees("Kallelsen är skickad till 3 enheter.")
    for receiver, sees in ((case.cecilia, "Att göra"), (case.david, "Att göra"), (case.eva, "Att göra")):
        receiver.open_list()
        assert receiver.symbols(PERSON)["Kallelse"] == sees
        messages.acknowledge(receiver, PERSON, "Kallelse")
    tell_the_authority(case)
    show_consents(case)
    anna.open_list()
    assert anna.symbols(PERSON)["Kallelse"] == "Klar"


def tell_the_authority(case: Case) -> None:
    """V-42: told by letter, and it answers by phone."""
    anna = case.anna
    anna.open_case(PERSON)
    anna.open_part("Kallelse till planering")
    anna.press("Anteckna hur enheten fick veta", exact=False)
    anna.tick("Med brev")
    anna.fill("Datum", "i dag")
    anna.tick("Har kvitterat")
    anna.press("Anteckna")
    anna.sees("Meddelad med brev")


def show_consents(case: Case) -> None:
    anna = case.anna
    anna.press("Samtycke")
    anna.sees(c.INSURANCE, c.PSYCHIATRY, c.SOCIAL, "Muntligt")
    picture(anna, "14-samtycke")
