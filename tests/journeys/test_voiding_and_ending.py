"""The guide's chapter 8: each part voided with a reason and made anew; and the other ways in which a case ends."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import county as c
from tests.journeys.steps import follow_up, messages, plan, states
from tests.journeys.steps.pictures import picture

REASON = "Fel på datum"


@pytest.fixture
def case_of(shared_place, at_desk):
    """Brings a case of a person with this name so far, and sits Anna (who coordinates) and David down before it."""

    def bring(name: str, *steps: states.Step):
        case_id = states.bring(shared_place, name, *steps)
        desks = [at_desk(shared_place, getattr(shared_place.county, who)) for who in ("anna", "david")]
        for desk in desks:
            desk.page.goto(f"/sip/cases/{case_id}/")
        return desks

    return bring


@pytest.mark.requirement("V-95", "V-31")
def test_the_initiative_is_voided_and_made_anew(case_of):
    """Only the coordinator can; nothing more is awaited, and it stays readable, struck, with its reason."""
    name = "Vera Initiativ"
    anna, david = case_of(name, *states.ACCEPTED)
    david.open_part("Initiativ")
    assert not david.can("Makulera…")
    anna.open_part("Initiativ")
    anna.press("Makulera…")
    picture(anna, "13-makulera")
    anna.tick(REASON)
    anna.press("Makulera")
    anna.sees("Makulerad", REASON, anna.name)
    david.reload()
    david.sees(REASON)
    anna.add_recipients([c.HEALTH_CENTRE])
    anna.page.get_by_role("group", name="Initiativtagare").get_by_label("Enheten", exact=True).check()
    if anna.page.locator("fieldset.consent").count():
        messages.give_consent(anna)
    messages.check_and_send(anna, "Skicka initiativ till 1 enhet")
    anna.sees("Initiativet är skickat till 1 enhet.")
    messages.accept(david, name)


@pytest.mark.requirement("V-95", "V-41")
def test_the_summons_is_voided_and_made_anew(case_of):
    name = "Valter Kallelse"
    anna, david = case_of(name, *states.ACCEPTED, states.summons_sent)
    anna.open_part("Kallelse till planering")
    messages.void(anna, reason=REASON)
    anna.sees(REASON)
    david.open_list("Att göra")
    expect(david.row(name)).to_have_count(0)
    messages.write_summons(anna, messages.a_working_day(8))
    anna.press("Granska och skicka")
    anna.main.get_by_role("button", name="Skicka kallelse till").click()
    messages.acknowledge(david, name, "Kallelse")


@pytest.mark.requirement("V-95", "V-56", "V-61")
def test_the_plan_is_voided_with_its_follow_up(case_of):
    """Both can be read from the top of the page, and a new plan can be begun."""
    name = "Vilma Plan"
    anna, david = case_of(name, *states.FOLLOWED_UP)
    anna.open_part("Mål- och aktivitetsplan")
    messages.void(anna, reason=REASON)
    anna.sees("Planen är makulerad.")
    anna.main.get_by_text("1 tidigare plan").click()
    anna.main.locator("details.earlier").get_by_role("link").first.click()
    anna.sees("Makulerad", REASON, "Jag vill kunna bo kvar hemma")
    anna.open_part(follow_up.PART)
    anna.main.get_by_text("Tidigare uppföljningar").click()
    anna.main.locator("details.earlier").get_by_role("link").first.click()
    anna.sees("Makulerad", "Så går det.")
    david.open_part("Mål- och aktivitetsplan")
    david.press("Skriv planen")
    david.sees("Deltagare")


@pytest.mark.requirement("V-95", "V-81")
def test_the_evaluation_is_voided_and_the_case_goes_on(case_of):
    name = "Verner Utvärdering"
    anna, _david = case_of(
        name, *states.FOLLOWED_UP, states.evaluation_begun, states.evaluation_signed, states.evaluation_locked
    )
    anna.open_part("Utvärdering av plan")
    messages.void(anna, "Makulera utvärderingen", REASON)
    anna.sees("Utvärderingen är makulerad, och ärendet fortsätter.")
    anna.open_list()
    expect(anna.row(name)).to_be_visible()
    anna.symbol(name, "Utvärdering").click()
    anna.press("Skriv utvärderingen")
    anna.sees("Deltagare")


@pytest.mark.requirement("V-95", "V-90")
def test_an_information_message_is_voided(case_of):
    anna, david = case_of("Viola Meddelande", *states.ACCEPTED, states.information_sent)
    anna.open_part("Informationsmeddelande")
    messages.void(anna, reason=REASON)
    anna.sees("Makulerad", REASON)
    david.open_part("Informationsmeddelande")
    david.sees(REASON)
    assert not david.can("Kvittera")


@pytest.mark.requirement("V-95")
def test_what_nobody_has_opened_is_taken_back(case_of):
    """Afterwards the receivers do not see that there was anything; once opened it is too late."""
    name = "Vanja Tillbaka"
    anna, david = case_of(name, states.initiative_sent)
    anna.open_part("Initiativ")
    anna.reload()
    anna.sees("En enhet har öppnat meddelandet, så det går inte att ta tillbaka.")
    other, _david = case_of("Vendela Tillbaka", *states.ACCEPTED)
    other.open_part("Informationsmeddelande")
    other.page.locator("textarea[name=text]").fill("Skickat av misstag")
    other.press("Granska och skicka")
    other.main.get_by_role("button", name="Skicka meddelande till").click()
    other.press("Ta tillbaka")
    other.sees("Det är tillbakataget. Ingen hade öppnat det.")
    david.open_case("Vendela Tillbaka")
    david.open_part("Informationsmeddelande")
    david.sees_not("Skickat av misstag")


@pytest.mark.requirement("V-82", "V-81")
def test_a_case_is_ended_without_a_meeting(case_of):
    """The summons is skipped; who took part in the decision and a comment stand in the evaluation."""
    name = "Viking Avslut"
    anna, david = case_of(name, *states.FOLLOWED_UP)
    anna.open_part("Utvärdering av plan")
    anna.press("Skriv utvärderingen")
    anna.sees("Avslut utan möte")
    plan.state_everybody(anna, name, {c.HOME_CARE: anna.name})
    anna.page.locator("textarea[name=text]").fill("Målen är nådda, den enskilde vill avsluta.")
    anna.press("Granska och signera")
    anna.press("Signera")
    anna.main.get_by_role("link", name="Lås", exact=True).first.click()
    anna.press("Lås och avsluta ärendet")
    david.open_list("Avslutade")
    expect(david.row(name)).to_be_visible()


@pytest.mark.requirement("V-83")
def test_the_coordinator_ends_a_case_at_any_time(case_of):
    name = "Volrath Avslut"
    anna, david = case_of(name, *states.ACCEPTED)
    anna.press("Avsluta ärendet")
    anna.tick("Personen har flyttat")
    anna.press("Avsluta ärendet", within=anna.main)
    anna.sees("Ärendet är avslutat")
    david.open_list()
    expect(david.row(name)).to_have_count(0)


@pytest.mark.requirement("V-25")
def test_a_unit_is_added_and_removed_and_has_a_handler(case_of, shared_place, at_desk):
    name = "Vida Enhet"
    anna, david = case_of(name, *states.ACCEPTED)
    david.press("Enheter i ärendet")
    david.main.get_by_label("Vem bevakar ärendet?").select_option(label=f"{david.name}, distriktssköterska")
    david.press("Spara handläggare")
    david.page.goto("/sip/?mine=1")
    expect(david.row(name)).to_be_visible()
    anna.press("Enheter i ärendet")
    anna.press(f"Ta bort {c.SOCIAL}")
    anna.press("Ta bort enheten")
    anna.sees("Borttagen")
    cecilia = at_desk(shared_place, shared_place.county.cecilia)
    cecilia.open_list()
    expect(cecilia.row(name)).to_have_count(0)


def test_a_protected_person_is_shown_to_who_takes_the_case_on(case_of, shared_place, at_desk):
    name = "Vega Skyddad"
    case_id = states.bring(shared_place, name, states.initiative_sent, states.protected)
    david = at_desk(shared_place, shared_place.county.david)
    david.open_list()
    expect(david.row(name)).to_have_count(0)
    david.page.goto(f"/sip/cases/{case_id}/")
    david.sees("skyddad identitet")
    david.sees_not(name)
    picture(david, "15-ta-hand-om")
    david.press("Ta hand om ärendet")
    expect(david.page.get_by_role("region", name="Ärendeinformation")).to_contain_text(name)


def test_who_administers_sees_the_units_users(shared_place, at_desk):
    anna = at_desk(shared_place, shared_place.county.anna)
    anna.page.goto("/administer/users/")
    anna.sees("Anna Ekroth", "Bertil Ekroth")
    picture(anna, "16-administrera")
