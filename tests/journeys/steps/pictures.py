"""Pictures of the steps for the manual: taken when SAMORDNA_PICTURES=1, else the journey just goes on."""

import os
from pathlib import Path

from tests.journeys.steps.desk import Desk

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "manual" / "pictures"
WANTED = os.environ.get("SAMORDNA_PICTURES", "") == "1"
# A page may be longer than what one wants to look at in a manual.
LONGEST = 1500


def picture(desk: Desk, name: str) -> None:
    """The page as it stands, 1280 pixels wide, as docs/manual/pictures/<name>.png."""
    if WANTED:
        take(desk, FOLDER / f"{name}.png")


def take(desk: Desk, path: Path) -> None:
    page = desk.page
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    size = page.evaluate("({width: innerWidth, height: document.documentElement.scrollHeight})")
    clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], LONGEST)}
    page.screenshot(path=path, full_page=True, clip=clip, animations="disabled")
