"""What carries any process says none by name: not in code, not in what is shown (ADR 0034)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

pytestmark = pytest.mark.once("sqlite")

ROOMS = ("casework", "cases", "messaging", "documents")
NAME = re.compile(r"\b(SIP|SPU|sip|spu|discharge)s?\b|sip_|_sip\b")
# Consent is to a SIP, or to information alone: a stored code, and what users choose between. Other modules have other
# grounds, and choose otherwise.
ALLOWED = {
    ("casework/consent/forms.py", "A SIP is made and the units share what is needed for it"),
    ("casework/consent/forms.py", "Information is shared, but no SIP is made yet"),
    ("casework/consent/forms.py", "Leave empty if the consent holds during the whole SIP."),
    ("casework/consent/forms.py", "SIP"),
    ("cases/states.py", "SIP"),
    ("cases/consent.py", "Consent to a SIP is needed for this."),
    # One active case per person and module: the constraint that was broken says which.
    ("cases/commands.py", "The person already has an ongoing SIP."),
    ("cases/commands.py", "The person already has an ongoing discharge planning."),
}


def files(kind: str) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / "samordna" / room).rglob(f"*.{kind}")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


def texts(path: Path) -> Iterator[str]:
    """Every string that is no docstring, and every name that is given."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.arg):
            yield node.arg


def place(path: Path) -> str:
    return str(path.relative_to(ROOT / "samordna"))


def test_no_code_that_carries_any_process_names_one() -> None:
    found = {(place(path), text) for path in files("py") for text in texts(path) if NAME.search(text)}
    assert found - ALLOWED == set()
    assert ALLOWED - found == set()


def test_no_page_that_carries_any_process_names_one() -> None:
    """What stands between the signs of a comment is for developers."""
    shown = {path: re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8")) for path in files("html")}
    assert [place(path) for path, text in shown.items() if NAME.search(text)] == []
