import io
import json
import re
import subprocess
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdf
import pytest
import typst

from samordna.printouts.coverage import FONTS, covered, not_printable, printable
from samordna.printouts.drawing import NotDrawn, draw
from samordna.sip.plan.presenters.paper import TEMPLATE, plan_texts
from samordna.sip.plan.tests.paper_sample import participant, plan

# What Typst draws is the same on both databases.
pytestmark = pytest.mark.once("sqlite")

AT = datetime(2026, 5, 14, 11, 0, tzinfo=UTC)


def made(**changes: Any) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(draw(TEMPLATE, plan_texts({**plan(), **changes}), at=AT)))


def words(reader: pypdf.PdfReader) -> str:
    """All that can be read, on one line: where lines are broken is the page's business."""
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    return text.replace("\u200b", "")


def test_the_print_holds_the_plan() -> None:
    text = words(made())
    for expected in (
        "Samordnad individuell plan", "Karin Åström", "19441210-7262", "Ängsgatan 4", "641 30 Katrineholm",
        "tisdag 12 maj 2026", "Anna Lindqvist", "0150-555 12", "onsdag 19 augusti 2026 klockan 13.00, hemma hos Karin",
        "Insatser som behövs", "Hon vill kunna gå till torget själv igen.", "Vem som ansvarar för vad",
        "Regionen: sårvård",
        "Insatser från andra", "Vem som har det övergripande ansvaret Katrineholms kommun",
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
    first = lines.index("Karin Åström Datum Den som planen gäller")
    assert first < lines.index("Anna Lindqvist Datum enhetschef, Hemtjänsten Norr, Katrineholms kommun")
    assert "Göran Åström Datum son" in lines
    assert "Eva Ek" not in lines


def page_with(reader: pypdf.PdfReader, text: str) -> list[int]:
    return [
        number for number, page in enumerate(reader.pages) if text in " ".join(page.extract_text().split())
    ]


@pytest.mark.requirement("V-55")
def test_two_goals_fit_two_pages_goals_first_and_signatures_together() -> None:
    reader = made()
    assert len(reader.pages) == 2
    first = " ".join(reader.pages[0].extract_text().split())
    for goal in plan()["goals"]:
        assert (
            first.index("Mål och aktiviteter") < first.index(goal["heading"]) < first.index("Undrar du något")
        )
        for activity in goal["activities"]:
            assert activity["text"] in first
    assert "Insatser som behövs" not in first[: first.index("Undrar du något")]
    assert page_with(reader, "Underskrifter") == page_with(reader, "Göran Åström Datum son") == [1]


def activity(text: str, responsible: str) -> dict[str, str | None]:
    return {"text": text, "responsible": responsible, "done_by": None}


@pytest.mark.requirement("V-55")
def test_two_goals_fit_two_pages_also_where_four_units_and_a_relative_take_part() -> None:
    nurse, doctor = (
        "Lena Granvik, distriktssköterska, Hemsjukvården Katrineholm",
        "Eva Holmstig, distriktssköterska, Vårdcentralen Linden",
    )
    first, second = plan()["goals"]
    goals = [
        {**first, "activities": [
            activity("Lägga om såren tisdag och fredag och mäta smärtan varje gång", nurse),
            activity("Se över smärtlindringen till natten", doctor),
        ]},
        {**second, "activities": [
            activity("Laga frukost och kvällsmål tillsammans hemma", "Anna Lindqvist, enhetschef, Hemtjänsten Norr"),
            activity("Vikt och blodprov en gång i månaden", nurse),
        ]},
    ]  # fmt: skip
    those = [
        participant("Karin Åström", "Den enskilde", "", signs=False),
        participant("Anna Lindqvist", "enhetschef", "Hemtjänsten Norr"),
        participant("Susanne Rönnbo", "biståndshandläggare", "Biståndsenheten"),
        participant("Lena Granvik", "distriktssköterska", "Hemsjukvården Katrineholm"),
        participant("Eva Holmstig", "distriktssköterska", "Vårdcentralen Linden"),
        participant("Göran Åström", "son", ""),
    ]
    reader = made(goals=goals, participants=those, signatures=plan()["signatures"][:1])
    assert len(reader.pages) == 2
    assert page_with(reader, "Undrar du något") == [0]
    assert page_with(reader, "Underskrifter") == page_with(reader, "Göran Åström Datum son") == [1]


@pytest.mark.requirement("V-55")
@pytest.mark.parametrize("activities", range(0, 12, 2))
@pytest.mark.parametrize("people", [1, 4, 9])
def test_lines_to_sign_are_never_split_over_pages_or_alone_on_one(activities: int, people: int) -> None:
    goal = plan()["goals"][0]
    many = [{**goal["activities"][0], "text": f"Aktivitet nummer {number}"} for number in range(activities)]
    those = [participant(f"Person {number}", "roll", "enhet") for number in range(people)]
    for given in ({}, {"consent": "", "signatures": []}):
        reader = made(goals=[goal, {**goal, "activities": many}], participants=those, **given)
        signing = [
            number for number, page in enumerate(reader.pages) if "Den som planen" in page.extract_text()
        ]
        assert page_with(reader, "Underskrifter") == signing
        page = " ".join(reader.pages[signing[0]].extract_text().split())
        before, lines = page.split("Underskrifter")
        assert lines.count("Datum") == people + 1
        assert "Samtycke" in before if not given else "Deltagare" in before


@pytest.mark.requirement("V-55")
@pytest.mark.parametrize("before", range(0, 24, 3))
def test_no_activity_is_split_over_two_pages(before: int) -> None:
    """Wherever on the page the list begins."""
    text = "Aktivitet{0} tränar på att gå i trappa varje vecka med stöd av den som är i tjänst Slut{0}."
    one = plan()["goals"][0]["activities"][0]
    many = [{**one, "text": text.format(f"{number:02}")} for number in range(20)]
    reader = made(goals=[{**plan()["goals"][0], "text": "\n".join("Rad" * before), "activities": many}])
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    for number in range(20):
        begins = [place for place, page in enumerate(pages) if f"Aktivitet{number:02}" in page]
        assert begins == [place for place, page in enumerate(pages) if f"Slut{number:02}" in page]


LONG = (
    "specialistundersköterska",
    "Sjukvårdsrehabiliteringsenhetssamordnare",
    "X" * 60,
    "https://teams.example.org/l/meetup-join/19%3ameeting_" + "Zm9vYmFy" * 20,
    "karl.erik.wallin-mogard@vardochomsorgsforvaltningen.exempel.se",
)


def box_of(pdf: bytes) -> list[tuple[float, float, str]]:
    """Where each word begins and ends across the page, by another program than the one that set it."""
    out = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    found = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', out)
    return [(float(begin), float(end), text) for begin, end, text in found]


@pytest.mark.parametrize("word", LONG)
def test_no_word_of_a_table_reaches_into_the_next_column(word: str) -> None:
    people = [participant("Ånn", word, "Zenhet")]
    pdf = draw(TEMPLATE, plan_texts({**plan(), "participants": people, "goals": []}), at=AT)
    words = box_of(pdf)
    roles = next(begin for begin, _end, text in words if text == "Roll")
    units = next(begin for begin, _end, text in words if text == "Enhet")
    # Each line of the cell begins where its heading does; in what order the words come is the other program's business.
    roles_column = [until for begin, until, text in words if abs(begin - roles) < 1 and text != "Roll"]
    assert roles_column
    assert max(roles_column) <= units - 5


@pytest.mark.parametrize("passage", ["أريد أن أمشي (مرتين) مع SIP 2026.", "אני רוצה ללכת (פעמיים) 5 mg."])
def test_a_passage_read_from_the_right_is_set_from_the_right_with_its_marks(passage: str) -> None:
    marked = f"\u200f{passage}\u200e"
    pdf = draw(TEMPLATE, plan_texts({**plan(), "needs": marked, "others": "Svensk text."}), at=AT)
    words = {text: (begin, end) for begin, end, text in box_of(pdf)}
    right = max(end for _begin, end in words.values())
    # The first word stands at the right edge, the Swedish one at the left.
    ends = [
        end
        for text, (_begin, end) in words.items()
        if any("\u0590" <= character <= "\u08ff" for character in text)
    ]
    assert right - max(ends) < 3
    assert words["Svensk"][0] < 100
    assert printable(marked) == marked


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
            "MAKULERAD. Den här planen makulerades den 3 juni 2026 av Bo Ek och gäller inte. Orsak: Fel person.",
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
    assert "Insatser från andra Inget" in text
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
    assert printable("日\U000e0041") == "[U+65E5]\U000e0041"
    # Of somebody's own, newer than Python's tables, a sign that is seen and has no font: told, never left out.
    assert printable("\ue000 \U0001fbff \u0600") == "[U+E000] [U+1FBFF] [U+0600]"
    assert not_printable(["Åsa 日", "日\u200f\ue000"]) == ["日", "\ue000"]
    assert len(covered()) > 7_000
    assert sum(font.stat().st_size for font in FONTS.glob("*.ttf")) < 3_000_000
    assert len(list(FONTS.glob("*LICENCE.txt"))) == 2


@pytest.mark.parametrize(
    "piece", ["ord ", pytest.param("rad\n", marks=pytest.mark.long), "stycke\n\n", "x", "日"]
)
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
    assert draw(TEMPLATE, texts, at=AT) == draw(TEMPLATE, texts, at=AT)
    assert draw(TEMPLATE, texts, at=AT) != draw(TEMPLATE, texts, at=AT + timedelta(days=1))


def test_in_english_when_asked_for() -> None:
    text = words(made(language="en"))
    assert "Coordinated individual plan" in text
    assert "Tuesday 12 May 2026" in text
    assert "Page 1 of" in text


def test_nothing_warns_such_as_a_font_that_is_missing() -> None:
    _pdf, warnings = typst.compile_with_warnings(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(plan_texts(plan()))},
        pdf_standards=["a-2a", "ua-1"],
    )
    assert [warning.message for warning in warnings] == []


def test_a_template_that_cannot_be_set_says_why() -> None:
    with pytest.raises(NotDrawn):
        draw(TEMPLATE, {"plan": {}}, at=AT)
