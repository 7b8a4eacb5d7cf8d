"""Comparing two versions, word by word, and merging by field: pure."""

import pytest

from samordna.casework.documents.presenters.compare import ADDED, STRUCK, pieces
from samordna.casework.documents.rules.merging import chosen_text, merge
from samordna.sip.plan.presenters.compare import compare
from samordna.sip.plan.rules import gaps

WRITTEN = {"by": "Anna", "unit": "Norr", "at": "2026-11-20T10:00:00+00:00"}
NOBODY = {"lineage": None, "name": ""}


def content(**changes: object) -> dict:
    return {
        "number": 1,
        "met_on": "2026-11-18",
        "needs": "Hjälp",
        "others_do": "Inget",
        "principal": {"id": 1, "name": "Kommunen"},
        "coordinator": {"name": "Anna", "unit_name": "Norr", "phone": "", "confirmed": True},
        "participants": [],
        "goals": [],
        "law_written": WRITTEN,
        **changes,
    }


def goal(lineage: str = "a", text: str = "Bo kvar", **changes: object) -> dict:
    return {
        "lineage": lineage,
        "heading": "Viktigt",
        "text": text,
        "responsible": {"lineage": None, "name": "Karl"},
        "written": {**WRITTEN, "by": "David"},
        "activities": [],
        **changes,
    }


def activity(**changes: object) -> dict:
    return {
        "lineage": "x",
        "text": "Träna",
        "responsible": NOBODY,
        "done_on": None,
        "written": WRITTEN,
        **changes,
    }


def test_words_are_added_and_struck_one_by_one() -> None:
    found = pieces("bo kvar i huset", "bo kvar i lägenheten")
    assert [(piece.kind, piece.text) for piece in found if piece.kind != "same"] == [
        (STRUCK, "huset"),
        (ADDED, "lägenheten"),
    ]


def test_very_long_texts_are_compared_as_wholes() -> None:
    found = pieces("a " * 3000, "b " * 3000)
    assert [piece.kind for piece in found] == [STRUCK, ADDED]


def test_every_part_of_the_plan_is_compared() -> None:
    older = content(goals=[goal(activities=[activity()]), goal("b", "Borttaget")])
    newer = content(
        needs="Mer hjälp",
        goals=[goal(text="Bo kvar hemma", activities=[activity(done_on="2027-01-15")]), goal("c", "Nytt")],
    )
    sections = compare(older, newer)
    shown = [
        (change.label, [p.kind for p in change.pieces]) for section in sections for change in section.changes
    ]
    assert len(sections) == 4
    assert any(kinds == [STRUCK] for _label, kinds in shown)
    assert any(kinds == [ADDED] for _label, kinds in shown)
    assert {change.by for section in sections for change in section.changes} == {"Anna", "David", ""}
    assert compare(older, older) == []


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "stands", "disputed"),
    [
        ("a", "a", "b", "b", ()),
        ("a", "b", "a", "b", ()),
        ("a", "b", "b", "b", ()),
        ("a", "b", "c", "b", ("text",)),
        (None, "b", "c", "b", ("text",)),
        (None, "b", "b", "b", ()),
    ],
)
def test_only_what_both_changed_is_disputed(
    base: str | None, mine: str, theirs: str, stands: str, disputed: tuple[str, ...]
) -> None:
    merged = merge(None if base is None else {"text": base}, {"text": mine}, {"text": theirs})
    assert (merged.values["text"], merged.disputed) == (stands, disputed)


def test_both_after_each_other_leaves_empty_texts_out() -> None:
    assert chosen_text("both", "mitt", "", "") == "mitt"
    assert chosen_text("both", "mitt", "deras", "") == "deras\n\nmitt"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ["no_goal"]),
        (
            {"needs": "", "goals": [goal(activities=[activity(responsible={"lineage": None, "name": "X"})])]},
            ["needs"],
        ),
        ({"principal": None, "others_do": ""}, ["no_goal", "others_do", "principal"]),
        ({"goals": [goal(responsible=NOBODY)]}, ["goal_responsible", "no_activity"]),
        ({"goals": [goal(activities=[activity()])]}, ["activity_responsible"]),
    ],
)
def test_gaps(changes: dict, codes: list[str]) -> None:
    assert [gap.code for gap in gaps(content(**changes))] == codes
