import io
import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdf
import pytest
import typst

from samordna.printouts.coverage import FONTS, covered, printable
from samordna.printouts.drawing import TEMPLATES, NotDrawn, draw
from samordna.printouts.presenters import plan_texts
from samordna.printouts.tests.sample import participant, plan

AT = datetime(2026, 5, 14, 11, 0, tzinfo=UTC)


def made(**changes: Any) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(draw("plan", plan_texts({**plan(), **changes}), at=AT)))


def words(reader: pypdf.PdfReader) -> str:
    """All that can be read, on one line: where lines are broken is the page's business."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_print_holds_the_plan() -> None:
    text = words(made())
    for expected in (
        "Samordnad individuell plan", "Karin Åström", "19441210-7262", "Ängsgatan 4", "641 30 Katrineholm",
        "tisdag 12 maj 2026", "Anna Lindqvist", "0150-555 12", "onsdag 19 augusti 2026 klockan 13.00, hemma hos Karin",
        "Det här behövs", "Hon vill kunna gå till torget själv igen.", "Vem som ansvarar för vad", "Regionen: sårvård",
        "Det här gör andra", "Vem som har det övergripande ansvaret Katrineholms kommun",
        "Jag vill kunna gå till torget själv", "Jag vill att såret läker", "Ansvarig: Östen Björk",
        "Prova ut en rollator som går att fälla ihop", "29 maj 2026", "Under hela SIP-perioden",
        "Försäkringskassan Nej", "Karin har samtyckt muntligt", "SIP 2026-00012-K", "Version 2, låst 14 maj 2026",
        "Låst 14 maj 2026 klockan 13.00 av Anna Lindqvist, enhetschef, Hemtjänsten Norr",
    ):  # fmt: skip
        assert expected in text


def test_everybody_who_signs_has_a_line_and_the_individual_is_first() -> None:
    text = words(made())
    lines = text[text.index("Underskrifter") :]
    assert lines.count("Datum") == 4
    first = lines.index("Karin Åström Den som planen gäller Datum")
    assert first < lines.index("Anna Lindqvist enhetschef, Hemtjänsten Norr, Katrineholms kommun Datum")
    assert "Göran Åström son Datum" in lines
    assert "Eva Ek" not in lines


def test_each_page_says_which_of_how_many() -> None:
    reader = made()
    pages = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        text = " ".join(page.extract_text().split())
        assert f"Sida {number} av {pages}" in text
        assert "SIP 2026-00012-K" in text
        assert "Version 2" in text


def test_it_is_tagged_accessible_and_archivable() -> None:
    reader = made()
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2<" in metadata
    assert "<pdfaid:conformance>A<" in metadata
    assert "<pdfuaid:part>1<" in metadata
    assert reader.metadata.title == "Samordnad individuell plan SIP 2026-00012-K"


@pytest.mark.requirement("L-04")
def test_a_protected_persons_address_is_never_set() -> None:
    text = words(made(person={**plan()["person"], "protected": True}))
    assert "Skyddade personuppgifter" in text
    assert "Karin Åström" in text
    assert "Ängsgatan" not in text
    assert "0150-555 01" not in text


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("replaced", "ERSATT. Den här planen ersattes den 3 juni 2026. En nyare plan gäller."),
        (
            "voided",
            "MAKULERAD. Den här planen makulerades den 3 juni 2026 och gäller inte. Av: Bo Ek. Skäl: Fel person.",
        ),
    ],
)
def test_a_plan_that_is_not_valid_says_so_on_every_page(kind: str, expected: str) -> None:
    by = "Bo Ek" if kind == "voided" else ""
    reason = "Fel person." if kind == "voided" else ""
    reader = made(
        mark={"kind": kind, "at": "2026-06-02T22:30:00+00:00", "by": by, "reason": reason}, practice=False
    )
    assert expected in words(reader)
    assert all(expected.split(".")[0] in page.extract_text() for page in reader.pages)
    assert "ÖVNING" not in words(reader)
    assert "Det här är din plan" not in words(reader)


def test_an_exercise_says_so_on_every_page() -> None:
    assert all("ÖVNING" in page.extract_text() for page in made().pages)


def test_empty_parts_are_left_out_or_said_to_be_nothing() -> None:
    text = words(
        made(needs="", others="", goals=[], next_followup=None, consent="", signatures=[], participants=[])
    )
    assert "Det här gör andra Inget" in text
    assert "Nästa uppföljning Inte bestämd" in text
    assert "Samtycke" not in text
    assert "Signerad i Samordna" not in text


@pytest.mark.parametrize(
    "typed",
    [
        '#panic("x") #read("/etc/passwd") = Rubrik *fet* _kursiv_ $x$ @ref <label> \\ // slut',
        "<script>alert(1)</script> &amp; \"citat\" 'enkelt' `kod` ~ --- ... [ ] { }",
    ],
)
def test_what_was_typed_is_never_read_as_markup(typed: str) -> None:
    text = words(made(needs=typed, goals=[{**deepcopy(plan()["goals"][0]), "heading": typed}]))
    assert text.count(typed) == 2


def test_characters_that_no_font_draws_are_printed_as_their_numbers() -> None:
    text = words(
        made(
            needs="日本 Ünal Łukasz Øystein Ðorđe Ayşe محمد שלום ሰላም ܫܠܡܐ สวัสดี Привет ✓ → 👩\u200d👧 \U000e0041"
        )
    )
    assert "[U+65E5][U+672C] Ünal Łukasz Øystein Ðorđe Ayşe" in text
    assert "Привет ✓ →" in text
    assert "[U+1F469]" in text


def test_which_characters_are_covered() -> None:
    assert (
        printable("Åsa Östlund é ñ ß œ “citat” – … € § ½ ° • ☐")
        == "Åsa Östlund é ñ ß œ “citat” – … € § ½ ° • ☐"
    )
    assert printable("a\u030a") == "å"
    assert printable("日\U000e0041") == "[U+65E5]"
    assert len(covered()) > 7_000
    assert sum(font.stat().st_size for font in FONTS.glob("*.ttf")) < 3_000_000
    assert len(list(FONTS.glob("*LICENCE.txt"))) == 2


@pytest.mark.parametrize("piece", ["ord ", "rad\n", "stycke\n\n", "x", "日"])
def test_two_hundred_thousand_characters_are_printed(piece: str) -> None:
    long = (piece * (200_000 // len(piece)))[: 200_000 if piece != "日" else 20_000]
    reader = made(needs=long)
    assert len(reader.pages) > 20
    assert "Göran Åström" in reader.pages[-1].extract_text()


def test_many_goals_and_participants_repeat_the_heads_of_their_tables() -> None:
    goal = plan()["goals"][0]
    many = [{**goal["activities"][0], "text": f"Aktivitet nummer {number}"} for number in range(80)]
    people = [participant(f"Person {number}", "roll", "enhet") for number in range(60)]
    reader = made(goals=[{**goal, "activities": many}], participants=people)
    text = words(reader)
    assert text.count("Klardatum") >= 3
    assert text.count("Datum") == 61


def test_the_same_data_give_the_same_bytes() -> None:
    texts = plan_texts(plan())
    assert draw("plan", texts, at=AT) == draw("plan", texts, at=AT)
    assert draw("plan", texts, at=AT) != draw("plan", texts, at=AT + timedelta(days=1))


def test_in_english_when_asked_for() -> None:
    text = words(made(language="en"))
    assert "Coordinated individual plan" in text
    assert "Tuesday 12 May 2026" in text
    assert "Page 1 of" in text


def test_nothing_warns_such_as_a_font_that_is_missing() -> None:
    _pdf, warnings = typst.compile_with_warnings(
        str(TEMPLATES / "plan.typ"),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(plan_texts(plan()))},
        pdf_standards=["a-2a", "ua-1"],
    )
    assert [warning.message for warning in warnings] == []


def test_a_template_that_cannot_be_set_says_why() -> None:
    with pytest.raises(NotDrawn):
        draw("plan", {"plan": {}}, at=AT)
