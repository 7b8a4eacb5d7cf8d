"""Contrast of the colours as they stand in the style sheets (WCAG 1.4.3, 1.4.11): text 4.5, borders and marks 3.

axe does not measure borders. A region that changes region.css runs this test.
"""

import re

import pytest
from django.contrib.staticfiles import finders

WHITE = "#ffffff"
TEXT = [
    ("ink", "paper"), ("ink", "desk"), ("ink", "tint"), ("ink", "row"), ("ink", "act-tint"), ("ink", "new"),
    ("ink-2", "paper"), ("ink-2", "desk"), ("ink-2", "tint"), ("ink-2", "row"), ("ink-2", "act-tint"),
    ("ink-3", "paper"), ("ink-3", "desk"), ("ink-3", "act-tint"),
    ("act", "paper"), ("act", "desk"), ("act", "act-tint"), ("act", "row"), ("act", "todo-tint"),
    ("act", "done-tint"), ("act", "late-tint"), ("act-ink", "act"), ("act-ink", "act-dark"),
    ("brand-ink", "brand"), ("brand-ink-2", "brand"), ("brand-ink", "brand-field"), ("brand-ink-2", "brand-field"),
    ("todo", "paper"), ("todo", "todo-tint"), ("paper", "todo"), ("act-ink", "ink"),
    ("ink", "todo-tint"), ("ink", "waiting-tint"), ("ink", "done-tint"), ("ink", "late-tint"),
    ("waiting", "waiting-tint"), ("done", "paper"), ("late", "paper"), ("late", "late-tint"), ("late", "act-tint"),
    ("denied", "denied-tint"), ("quiet", "paper"), ("quiet", "desk"),
    ("exercise-ink", "exercise"), ("exercise-ink", "exercise-2"),
]  # fmt: skip
MARKS = [
    ("edge", "paper"), ("edge", "desk"), ("act", "paper"), ("brand-edge", "brand"),
    ("todo", "paper"), ("todo", "act-tint"), ("waiting", "paper"), ("waiting", "act-tint"), ("done", "act-tint"),
    ("denied", "paper"), ("denied", "act-tint"), ("late", "paper"), ("quiet-2", "paper"), ("quiet-2", "row"),
    ("quiet-2", "act-tint"), ("quiet-2", "desk"), ("quiet", "act-tint"),
    # The ring of focus: its black against pages, its yellow against the dark bar and against its own black.
    ("focus", "paper"), ("focus", "desk"), ("focus-2", "brand"), ("focus-2", "focus"),
]  # fmt: skip


def colours():
    found = {}
    for sheet in ("web/samordna.css", "web/region.css"):
        with open(finders.find(sheet), encoding="utf-8") as file:
            found.update(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{3,6})\b", file.read()))
    return found


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.requirement("L-09")
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(front, back):
    named = colours()
    assert contrast(named[front], named[back]) >= 4.5


@pytest.mark.requirement("L-09")
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_borders_and_marks_can_be_seen(front, back):
    named = colours()
    assert contrast(named[front], named[back]) >= 3


def test_the_measure_itself():
    assert contrast("#000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("file", "most"), [("web/samordna.css", 60_000), ("web/samordna.js", 12_000)])
def test_what_every_visitor_loads_stays_small(file, most):
    with open(finders.find(file), "rb") as content:
        assert len(content.read()) <= most
