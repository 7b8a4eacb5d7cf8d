"""Follow-up of a plan: activating, reporting on activities, locking, when the next one is due."""

from playwright.sync_api import Locator, expect

from tests.journeys.steps.desk import Desk

PART = "Uppföljning av plan"


def activity(desk: Desk, text: str) -> Locator:
    return desk.main.get_by_role("row").filter(has_text=text).first


def report(desk: Desk, text: str, status: str, note: str = "") -> None:
    """*Följ upp aktivitet*: how it goes with one activity."""
    row = activity(desk, text)
    row.get_by_label(status).check()
    if note:
        row.get_by_label("Anteckning").fill(note)
    row.get_by_role("button", name="Spara").click()
    desk.sees("1 aktivitet är sparad.")
    if note:
        expect(activity(desk, text)).to_contain_text(note)


def activate(desk: Desk) -> None:
    desk.press("Aktivera uppföljning av plan")
    expect(desk.main.get_by_role("button", name="Spara alla")).to_be_visible()


def lock(desk: Desk) -> None:
    desk.press("Lås")
    desk.sees_heading("Lås uppföljningen")
    desk.press("Lås")
    desk.sees("Uppföljningen är låst.")
