"""Every step that can be computed has a sentence, in both languages."""

import ast
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from samordna import sip
from samordna.cases.states import StepStatus
from samordna.cases.worklist import NextStep
from samordna.casework.file.presenters.next_step import _WORDINGS as COMMON
from samordna.casework.file.presenters.next_step import COORDINATOR_LOST, sentence
from samordna.sip.process import AS_OTHERS_SAY, SIP, TOLD_TO_OTHERS
from samordna.sip.sentences import SENTENCES
from samordna.sip.states import Part

HOUSE = Path(sip.__file__).parents[1]
BOTH = frozenset({Part.PLAN, Part.EVALUATION})
# The modules in which codes are given. SBAR and the follow-up have steps of their own; of the rows' only what
# `ELSEWHERE` names is put together.
PARTS = {
    "casework/file/steps/messages.py": frozenset(SIP.messages),
    "casework/file/steps/consent.py": frozenset(),
    "casework/file/steps/joining.py": frozenset(),
    "casework/file/steps/rows.py": frozenset(),
    "casework/file/steps/view.py": frozenset(),
    "sip/evaluation/steps.py": BOTH,
    "sip/follow_up/steps.py": BOTH,
    "sip/plan/steps.py": BOTH,
    "sip/sbar/steps.py": BOTH,
    "sip/steps.py": BOTH,
    "sip/information/steps.py": frozenset(),
    "sip/initiative/steps.py": frozenset(),
    "sip/summons/steps.py": frozenset(),
}
# What the coordinator does next, told to the others; and what only rows of earlier versions hold.
WORDINGS = {**COMMON, **SENTENCES}
ELSEWHERE = {COORDINATOR_LOST, "await_coordinator"} | {f"await_{code}" for code in TOLD_TO_OTHERS}
AT = datetime(2026, 5, 13, 7, 31, tzinfo=UTC)
# Calls whose arguments hold a code, and functions that return one.
MAKERS = {"task", "waiting", "quiet", "NextStep", "draft_or_task"}


def texts(node: ast.AST, parts: frozenset[Part]) -> Iterator[str]:
    """The codes that an expression can give: as they stand, or with each part in the place of a name."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.JoinedStr):
            pieces = [piece.value if isinstance(piece, ast.Constant) else None for piece in inner.values]
            yield from (
                "".join(part.lower() if piece is None else piece for piece in pieces) for part in parts
            )


def constants(node: ast.AST) -> Iterator[str]:
    inside_f = {
        id(piece) for inner in ast.walk(node) if isinstance(inner, ast.JoinedStr) for piece in inner.values
    }
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and id(inner) not in inside_f:
            yield inner.value


def given(node: ast.AST) -> Iterator[ast.AST]:
    """The expressions that are a code: what a call makes a step of, is chosen before that, or has a name."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS:
        yield from (*node.args, *(word.value for word in node.keywords if word.arg == "code"))
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        name = node.targets[0].id
        if name == "code" or (name.isupper() and isinstance(node.value, ast.Constant)):
            yield node.value


def returned(node: ast.AST) -> Iterator[ast.AST]:
    """What a function that returns a text returns."""
    if isinstance(node, ast.FunctionDef) and getattr(node.returns, "id", "") == "str":
        yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.Return))


def codes() -> set[str]:
    found = {status.lower() for status in StepStatus}
    for path, parts in PARTS.items():
        for node in ast.walk(ast.parse((HOUSE / path).read_text(encoding="utf-8"))):
            for value in given(node):
                found.update(texts(value, parts), constants(value))
            for value in returned(node):
                found.update(constants(value))
    return found


CODES = codes() - {""}


def test_the_codes_are_found_where_they_are_made() -> None:
    assert {
        "answer_summons",
        "await_lock_plan",
        "print_plan",
        "nothing_now",
        "case_voided",
        "locked",
    } <= CODES
    assert len(CODES) > 50


def test_every_sentence_can_be_said() -> None:
    assert set(WORDINGS) - CODES - ELSEWHERE == set()
    assert set(WORDINGS) >= ELSEWHERE


def test_what_is_told_to_the_others_is_a_step_that_there_is() -> None:
    assert set(AS_OTHERS_SAY) <= CODES
    assert CODES | set(AS_OTHERS_SAY.values()) >= TOLD_TO_OTHERS


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_step_has_a_sentence_in_both_languages(code: str) -> None:
    step = NextStep(
        code,
        "PLAN",
        unit="Hemtjänsten Norr",
        who="Eva Holm",
        count=1,
        total=4,
        at=(AT + timedelta(days=1)).isoformat(),
    )
    said = {}
    for language in ("sv", "en"):
        with translation.override(language):
            for moment in (AT, AT + timedelta(days=2)):
                text = sentence(SIP, step, at=moment)
                assert text.text
                assert "%(" not in text.text + text.more
                said[language] = text.text
    assert said["sv"] != said["en"]


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_sentence_can_do_without_names(code: str) -> None:
    text = sentence(SIP, NextStep(code), at=AT)
    assert not text.more.endswith((" ", ":"))


@pytest.mark.parametrize(
    ("step", "text", "more"),
    [
        (
            NextStep("answer_summons", "SUMMONS", unit="Vårdcentralen Linden"),
            "Kvittera kallelse till planering",
            "Från Vårdcentralen Linden",
        ),
        (
            NextStep("answer_summons", "SUMMONS", unit="Linden", at=(AT - timedelta(days=1)).isoformat()),
            "Kvittera kallelse till planering",
            "Från Linden i går 09.31",
        ),
        (
            NextStep("await_summons", "SUMMONS", unit="Rehab Väster", count=3, total=4),
            "3 av 4 har kvitterat kallelsen",
            "Väntar på Rehab Väster",
        ),
        (
            NextStep("await_initiative", "INITIATIVE", unit="A, B", count=0, total=5),
            "0 av 5 har svarat på initiativet",
            "Väntar på A, B och 3 till",
        ),
        (
            NextStep("handle_denial", "INITIATIVE", unit="Socialpsykiatrin", who="IFO Vuxen"),
            "Skicka vidare till IFO Vuxen",
            "Nekat av Socialpsykiatrin",
        ),
        (
            NextStep("handle_denial", "INITIATIVE", unit="Socialpsykiatrin"),
            "Bestäm vem som ska få initiativet i stället",
            "Nekat av Socialpsykiatrin",
        ),
        (NextStep("write_plan", "PLAN", at=AT.isoformat()), "Skriv planen", ""),
        (
            NextStep("write_plan", "PLAN", at=(AT + timedelta(days=3)).isoformat()),
            "Planeringsmöte lör 16 maj 09.31",
            "Sedan skrivs planen",
        ),
        (
            NextStep("await_write_plan", "PLAN", who="Eva Holm", at=(AT + timedelta(days=3)).isoformat()),
            "Planeringsmöte lör 16 maj 09.31",
            "Sedan skrivs planen",
        ),
        (NextStep("finish_draft", "SUMMONS"), "Skicka utkastet", "Kallelse till planering"),
    ],
)
def test_sentences_say_what_whom_and_when(step: NextStep, text: str, more: str) -> None:
    said = sentence(SIP, step, at=AT)
    assert (said.text, said.more) == (text, more)
    assert NextStep(**asdict(step)) == step
