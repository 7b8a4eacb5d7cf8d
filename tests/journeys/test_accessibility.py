"""axe-core finds nothing on any page, in any state, for anybody; nothing scrolls sideways at 320 pixels."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from samordna.organisations.models import Setting
from samordna.sip.tests import stages
from tests.journeys.steps import county as c
from tests.journeys.steps import messages, states
from tests.journeys.steps.accessibility import Examination, breaches
from tests.journeys.steps.county import Place, system_manager
from tests.journeys.steps.desk import Desk

pytestmark = [pytest.mark.requirement("L-09")]
MEND = "Rätta det här innan du går vidare"
# Alike in every state of a case: walked once for each who looks.
ALIKE = ("person/", "consent/", "coordinator/", "end/", "units/")
# Anna coordinates; David received everything; Frida was asked and denied. Who sees the same as another is left out.
LOOKS = {
    "anna": tuple(states.EVERY_STATE),
    "david": (
        "Sänt",
        "Initiativet makulerat",
        "Kallat",
        "Kallelsen makulerad",
        "Planen påbörjad",
        "Planen öppen",
        "Planen låst",
        "Följs upp",
        "Uppföljd",
        "Kallat till utvärdering",
        "Utvärderas",
        "Avslutat",
        "Skyddat",
    ),
    "frida": ("Sänt", "Nekat", "Initiativet makulerat"),
}


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """The places of all elements that were looked at: once a run."""
    return set()


@pytest.mark.parametrize(
    "who",
    ["anna", pytest.param("david", marks=pytest.mark.long), pytest.param("frida", marks=pytest.mark.long)],
)
def test_every_page_of_a_case_in_every_state(
    who: str, shared_place: Place, at_desk: Callable[..., Desk], seen: set[str]
) -> None:
    """Most pages are the coordinator's; the others' are looked at in the long run."""
    examination, page = Examination(seen), at_desk(shared_place, getattr(shared_place.county, who)).page
    walked: set[str] = set()
    for state in LOOKS[who]:
        case_id = states.bring(shared_place, f"Prov {state} {who}", *states.EVERY_STATE[state])
        start = f"/sip/cases/{case_id}/"
        skip = tuple(start + part for part in ALIKE if part in walked)
        walked |= {kind.split("/")[0] + "/" for kind in examination.walk(page, start, start, skip=skip)}
    examination.open_fewest()
    assert examination.found == {}


@pytest.fixture
def with_sbar(shared_place: Place) -> Iterator[None]:
    """The county uses SBAR while the test lasts."""
    with shared_place.inside():
        stages.switch_sbar_on()
    yield
    with shared_place.inside():
        Setting.objects.filter(key="sbar_enabled").delete()


@pytest.mark.usefixtures("with_sbar")
def test_sbar(shared_place: Place, at_desk: Callable[..., Desk], seen: set[str]) -> None:
    examination = Examination(seen)
    desks = [at_desk(shared_place, who) for who in (shared_place.county.anna, shared_place.county.david)]
    for state, steps in states.SBAR_STATES.items():
        start = f"/sip/cases/{states.bring(shared_place, f'Prov {state}', *steps)}/sbar/"
        for desk in desks:
            examination.walk(desk.page, start, start)
    examination.open_fewest()
    assert examination.found == {}


@pytest.mark.parametrize("language", ["Svenska", pytest.param("English", marks=pytest.mark.long)])
def test_lists_and_administration(
    language: str, shared_place: Place, at_desk: Callable[..., Desk], seen: set[str]
) -> None:
    states.bring(shared_place, f"Lina Lista {language}", *states.FOLLOWED_UP)
    # Of the same shape in both languages; as wide as its words.
    examination = Examination(seen if language == "Svenska" else set())
    anna = at_desk(shared_place, shared_place.county.anna, fresh=language == "English")
    if language == "English":
        anna.page.goto("/sip/")
        anna.page.locator("details.menu summary").click()
        anna.page.get_by_role("button", name="English").click()
    examination.walk(anna.page, "/sip/", "/sip/?")
    examination.walk(anna.page, "/administer/me/", "/administer/")
    examination.open_fewest()
    for address in ("/choose-unit/", "/sip/new/", "/sip/search/", "/sip/without-coordinator/", "/password/"):
        anna.page.goto(address)
        examination.look(anna.page, f"{language}: {address}")
    assert examination.found == {}


def test_what_is_common_to_the_county(
    shared_place: Place, at_desk: Callable[..., Desk], seen: set[str]
) -> None:
    """The tree, the address book, settings and the practice folder, for who may change them."""
    with shared_place.inside() as county:
        manager = system_manager(county)
    page, examination = at_desk(shared_place, manager).page, Examination(seen)
    # What is exported is a file and no page.
    skip = ("/administer/address-book/export/",)
    walked = examination.walk(page, "/administer/me/", "/administer/", skip=skip)
    examination.open_fewest()
    assert {"organisation/", "organisation/*/", "address-book/import/", "settings/"} <= walked
    for address in ("/administer/", "/notifications/folder/", "/kept-text/"):
        page.goto(address)
        examination.look(page, address)
    assert examination.found == {}


def test_before_login(shared_place: Place, at_desk: Callable[..., Desk], seen: set[str]) -> None:
    desk, examination = at_desk(shared_place, shared_place.county.anna, log_in=False), Examination(seen)
    for address in ("/", "/login/", "/finns-inte"):
        desk.page.goto(address)
        examination.look(desk.page, address)
    desk.page.goto("/login/")
    desk.press("Logga in")
    examination.look(desk.page, "an empty login")
    for attempt in range(1, settings.AXES_FAILURE_LIMIT + 1):
        expect(desk.page.get_by_label("Lösenord")).to_have_value("")
        desk.page.get_by_label("Användarnamn").fill("FINNSINTE")
        desk.page.get_by_label("Lösenord").fill("fel")
        desk.press("Logga in")
        if attempt == 1:
            desk.sees("Användarnamnet eller lösenordet stämmer inte")
            examination.look(desk.page, "a wrong password")
    desk.sees_heading("Inloggningen är spärrad en stund")
    examination.look(desk.page, "too many wrong passwords")
    assert examination.found == {}


def test_pages_that_answer_what_was_done(
    shared_place: Place, at_desk: Callable[..., Desk], seen: set[str]
) -> None:
    """Errors, the question before a denial, the check before sending, what is not found, what is confirmed."""
    person = "Petra Prov Svar"
    case_id = states.bring(shared_place, person, *states.ACCEPTED[:1])
    examination, county = Examination(seen), shared_place.county
    david, anna = at_desk(shared_place, county.david), at_desk(shared_place, county.anna)

    def look(desk: Desk, sees: str) -> None:
        desk.sees(sees)
        examination.look(desk.page, sees)

    david.page.goto(f"/sip/cases/{case_id}/initiative/")
    david.press("Neka")
    look(david, "Vem ska få det i stället?")
    david.press("Neka initiativet")
    look(david, MEND)
    david.find_unit(c.PSYCHIATRY, "Psykiatrim")
    look(david, "Vald enhet")
    david.page.goto(f"/sip/cases/{case_id}/initiative/")
    david.press("Acceptera")
    look(david, "Er enhet har accepterat")
    messages.ask_for(anna, "19850214-01")
    look(anna, MEND)
    messages.ask_for(anna, shared_place.unused_number())
    look(anna, "Är det rätt person?")
    anna.press("Skapa ärende")
    look(anna, MEND)
    anna.page.goto(f"/sip/cases/{case_id}/summons/")
    anna.press("Granska och skicka")
    look(anna, MEND)
    messages.write_summons(anna, messages.a_day_off())
    anna.press("Granska och skicka")
    look(anna, "Mötet ska vara den dagen")
    messages.write_summons(anna, messages.a_working_day())
    anna.press("Granska och skicka")
    look(anna, "Granska och skicka: Kallelse till planering")
    anna.page.goto("/sip/cases/00000000-0000-4000-8000-000000000000/")
    examination.look(anna.page, "not found")
    assert examination.found == {}


def test_axe_sees_what_is_wrong(shared_place: Place, at_desk: Callable[..., Desk]) -> None:
    """Else an empty list would prove nothing."""
    desk = at_desk(shared_place, shared_place.county.anna)
    desk.page.goto("/sip/")
    desk.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/x\"><a href=\"/\"></a>')"
    )
    found = "".join(breaches(desk.page))
    assert "image-alt" in found
    assert "link-name" in found
    desk.complaints.clear()


@pytest.mark.parametrize("address", ["/sip/", "/choose-unit/", "/administer/address-book/"])
def test_focus_is_seen_and_goes_in_order(
    address: str, shared_place: Place, at_desk: Callable[..., Desk]
) -> None:
    """Every stop of the Tab key draws an outline of at least two pixels, and the first one leads past the menu."""
    page = at_desk(shared_place, shared_place.county.anna).page
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    for _stop in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        expect_focus_to_be_seen(page)


def test_a_new_case_begins_in_its_only_field(shared_place: Place, at_desk: Callable[..., Desk]) -> None:
    page = at_desk(shared_place, shared_place.county.anna).page
    page.goto("/sip/new/")
    expect(page.locator("main input[name='identifier']")).to_be_focused()
    expect_focus_to_be_seen(page)


def expect_focus_to_be_seen(page: Page) -> None:
    style = page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth), s.boxShadow]; })()"
    )
    assert (style[0] != "none" and style[1] >= 2) or style[2] != "none", page.evaluate(
        "document.activeElement.outerHTML.slice(0, 200)"
    )
