"""The plan: who attended, goals, activities, what the law wants, the print."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, expect

from tests.journeys.steps.desk import Desk
from tests.journeys.steps.pictures import picture

PDF = "application/pdf"


def participant(desk: Desk, name: str) -> Locator:
    return desk.page.locator("#participants tbody tr").filter(has_text=name).first


def attended(desk: Desk, name: str, person: str = "") -> None:
    """*Deltog*; for a unit the one who was there is picked from its users and confirmed."""
    desk.press("Deltog", within=participant(desk, name), exact=False)
    if person:
        desk.main.get_by_label(person).check()
        desk.press("Bekräfta")
    expect(participant(desk, name)).to_contain_text(person or "Deltog")


def did_not_attend(desk: Desk, name: str) -> None:
    desk.press("Deltog ej", within=participant(desk, name), exact=False)
    expect(participant(desk, name)).to_contain_text("Deltog ej")


def remove_participant(desk: Desk, name: str) -> None:
    desk.press("Ta bort", within=participant(desk, name), exact=False)
    desk.sees("Deltagaren är borttagen.")


def add_representative(desk: Desk, name: str) -> None:
    """*Lägg till deltagare*, a name, *Sök*, *Välj*, *Bekräfta*."""
    desk.press("Lägg till deltagare")
    desk.fill("Namn", name)
    desk.page.locator("#found").get_by_label(name).check()
    desk.press("Bekräfta")
    expect(participant(desk, name)).to_be_visible()


def add_somebody_else(desk: Desk, name: str, role: str, contact: str) -> None:
    """Three fields for who is not a user."""
    desk.press("Lägg till deltagare")
    by_hand = desk.page.get_by_role("region", name="Någon annan")
    by_hand.get_by_label("Namn").fill(name)
    by_hand.get_by_label("Roll eller relation").fill(role)
    by_hand.get_by_label("Kontakt").fill(contact)
    by_hand.get_by_role("button", name="Lägg till").click()
    expect(participant(desk, name)).to_contain_text(contact)


def add_goal(desk: Desk, text: str, *, responsible: str, picture_name: str = "") -> None:
    write_goal(desk, text, responsible=responsible, picture_name=picture_name)
    expect(goal(desk, text)).to_be_visible()


def write_goal(desk: Desk, text: str, *, responsible: str, picture_name: str = "") -> None:
    """*Nytt mål*, without looking for it afterwards."""
    desk.press("Nytt mål")
    desk.main.get_by_label("Mål", exact=False).last.fill(text)
    choose_responsible(desk, responsible)
    if picture_name:
        picture(desk, picture_name)
    desk.press("Spara")
    expect(desk.page.locator("#goals")).to_be_visible()


def change_goal(desk: Desk, number: int, text: str) -> None:
    desk.press(f"Ändra mål {number}")
    desk.main.get_by_label("Mål", exact=False).last.fill(text)
    desk.press("Spara")
    expect(goal(desk, text)).to_be_visible()


def goal(desk: Desk, text: str) -> Locator:
    return desk.page.get_by_role("heading", name=text)


def add_activity(
    desk: Desk, number: int, text: str, *, responsible: str = "", other: str = "", done_on: str = ""
) -> None:
    """*Ny aktivitet* under the goal with this number. `other` is found with *Välj annan*."""
    write_activity(desk, number, text, responsible=responsible, other=other, done_on=done_on)
    expect(desk.page.locator("table.activities").get_by_text(text)).to_be_visible()


def write_activity(
    desk: Desk, number: int, text: str, *, responsible: str = "", other: str = "", done_on: str = ""
) -> None:
    """The same, without looking for it afterwards."""
    desk.press(f"Ny aktivitet under mål {number}")
    desk.main.get_by_label("Aktivitet", exact=False).first.fill(text)
    if responsible:
        choose_responsible(desk, responsible)
    if other:
        desk.main.get_by_text("Välj annan", exact=True).click()
        desk.fill("Namn på verksamhetsföreträdare", other)
        desk.page.locator("#found").get_by_label(other).check()
    if done_on:
        desk.fill("Klardatum", done_on)
    desk.press("Spara")
    expect(desk.page.locator("table.activities").first).to_be_visible()


def choose_responsible(desk: Desk, name: str) -> None:
    box = desk.main.get_by_label("Ansvarig", exact=True)
    label = box.locator("option").filter(has_text=name).first.text_content()
    box.select_option(label=label)


def write_law(desk: Desk, needs: str, others: str, shown: tuple[str, ...] = ()) -> None:
    """What the law wants beside goals, and who coordinates from the meeting on."""
    desk.press("Ändra Enligt lagen")
    desk.fill("Insatser som behövs", needs)
    desk.fill("Insatser från andra", others)
    desk.main.get_by_label("Huvudman med övergripande ansvar").select_option(index=1)
    desk.main.get_by_label("är samordningsansvarig från och med mötet").check()
    desk.press("Spara")
    expect(desk.page.locator("#law")).to_contain_text((shown or (needs,))[0])


@contextmanager
def print_in_a_tab(desk: Desk) -> Iterator[None]:
    """What is done inside opens a tab, which is answered with the print, or waits until it has been made.

    The answer is waited for and not a viewer: a browser without a window has none and takes the file as a download.
    """
    context = desk.context
    with (
        context.expect_page() as opened,
        context.expect_event("response", lambda answer: "/print/" in answer.url and answer.ok) as answered,
    ):
        yield
    if answered.value.headers["content-type"] != PDF:
        expect(opened.value.get_by_role("heading", name="Planen är klar att skriva ut")).to_be_visible()
    opened.value.close()


def printed(desk: Desk) -> bytes:
    """*Skriv ut*: the file that a tab of its own is answered with, asked for until the worker has made it."""
    form = desk.main.locator("form[action*='/print/']").first
    address = form.get_attribute("action") or ""
    with print_in_a_tab(desk):
        desk.press("Skriv ut")
    fields = form.locator("input").evaluate_all(
        "all => Object.fromEntries(all.map(one => [one.name, one.value]))"
    )
    answer = desk.context.request.post(address, form=fields, headers={"Referer": desk.page.url})
    assert answer.headers["content-type"] == PDF, answer.text()[:500]
    return answer.body()


def state_everybody(desk: Desk, person: str, represented: dict[str, str]) -> None:
    """The individual and those written by name attended, and these units' persons; the others did not."""
    attended(desk, person)
    for unit, who in represented.items():
        attended(desk, unit, person=who)
    desk.settle()
    unstated = desk.page.locator("#participants tbody tr").filter(has_text="Inte angivet")
    for left in range(unstated.count(), 0, -1):
        expect(unstated).to_have_count(left)
        desk.press("Deltog ej", within=unstated.first, exact=False)
    expect(unstated).to_have_count(0)


def confirm_coordinator(desk: Desk) -> None:
    """Who coordinates is asked for at each new plan."""
    desk.press("Ändra Enligt lagen")
    desk.main.get_by_label("är samordningsansvarig från och med mötet").check()
    desk.press("Spara")
