"""What carries any process says none by name: not in code, not in what is shown (ADR 0034)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
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
    ("cases/consent.py", "SIP"),
    ("casework/file/presenters/frame.py", "SIP"),
    ("casework/messages/rules/messages.py", "SIP"),
    ("casework/process.py", "SIP"),
    ("cases/consent.py", "Consent to a SIP is needed for this."),
    # One active case per person and module: the constraint that was broken says which.
    ("cases/commands.py", "SIP"),
    ("cases/commands.py", "SPU"),
    ("cases/commands.py", "The person already has an ongoing SIP."),
    ("cases/commands.py", "The person already has an ongoing discharge planning."),
}

PART = re.compile(
    r"(?<![a-z])(initiatives?|summons(es)?|summoned|plans?|follow[-_ ]?ups?|evaluat(ions?|ed)|sbar)(?![a-z])",
    re.I,
)
PART_SWEDISH = re.compile(r"\b(initiativ|kallelse|planen|uppföljning|utvärder|sbar)", re.I)
# What still says a part of the SIP: to be shortened, never lengthened without a reason beside it.
ALLOWED_PARTS = {
    # A stored code; its words are the SIP's.
    ("cases/states.py", "EVALUATED"),
    # Where the contacts of a protected person may stand: a choice of the room people.
    ("casework/case/forms/protection.py", "Contacts in the plan"),
    ("casework/case/forms/protection.py", "PLANS"),
    ("casework/case/views/person.py", "plans_sealed"),
    # Codes of refusals that are out never change.
    ("casework/meetings/rules.py", "summons.date_missing"),
    ("casework/meetings/rules.py", "summons.date_past"),
    ("casework/meetings/rules.py", "summons.day_off"),
    ("casework/meetings/rules.py", "summons.ends_before_start"),
    ("casework/meetings/rules.py", "summons.place_missing"),
    ("casework/meetings/rules.py", "summons.time_missing"),
    ("casework/meetings/rules.py", "summons.time_past"),
    ("casework/messages/rules/messages.py", "message.earlier_plan"),
    # Said of any message that is accepted or denied, and of any that belongs to a round.
    ("casework/messages/rules/messages.py", "EARLIER_PLAN"),
    ("casework/messages/rules/messages.py", "It belongs to an earlier plan."),
    ("casework/messages/rules/messages.py", "Accept or deny the initiative."),
    ("casework/messages/rules/messages.py", "Write who should have the initiative instead."),
    (
        "casework/messages/rules/messages.py",
        "Write who should have the initiative instead: choose a unit, or name an operation.",
    ),
}
ALLOWED_PARTS_ON_PAGES = {
    ("casework/templates/casework/identity/side.html", "plan"),
}
# Steps after a denial, in words of all processes: another one says its own under the same code.
ALLOWED_IN_SWEDISH = {
    "A denial: decide who should have it",
    "The sender decides who should have it instead",
}


def files(kind: str) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / "samordna" / room).rglob(f"*.{kind}")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


NAMES: dict[type[ast.AST], str] = {
    ast.FunctionDef: "name",
    ast.ClassDef: "name",
    ast.arg: "arg",
    ast.keyword: "arg",
    ast.Name: "id",
    ast.Attribute: "attr",
    ast.alias: "name",
}


def texts(path: Path) -> Iterator[str]:
    """Every string that is no docstring, and every name."""
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
        name = next((getattr(node, field) for kind, field in NAMES.items() if isinstance(node, kind)), None)
        if name:
            yield name


def place(path: Path) -> str:
    return str(path.relative_to(ROOT / "samordna"))


def test_no_code_that_carries_any_process_names_one() -> None:
    found = {(place(path), text) for path in files("py") for text in texts(path) if NAME.search(text)}
    assert found - ALLOWED == set()
    assert ALLOWED - found == set()


def test_no_code_that_carries_any_process_names_a_part_of_one() -> None:
    found = {(place(path), text) for path in files("py") for text in texts(path) if PART.search(text)}
    assert found - ALLOWED_PARTS == set()
    assert ALLOWED_PARTS - found == set()


def shown(path: Path) -> str:
    """What stands between the signs of a comment is for developers."""
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"))


def test_no_page_that_carries_any_process_names_one() -> None:
    assert [place(path) for path in files("html") if NAME.search(shown(path))] == []


def test_no_page_that_carries_any_process_names_a_part_of_one() -> None:
    found = {
        (place(path), match[0].lower()) for path in files("html") for match in PART.finditer(shown(path))
    }
    assert found - ALLOWED_PARTS_ON_PAGES == set()
    assert ALLOWED_PARTS_ON_PAGES - found == set()


def test_no_address_of_a_page_that_carries_any_process_has_a_part_written_out() -> None:
    written_out = re.compile(r"""case_url +["']\w+["'][^%]*["']""")
    assert [place(path) for path in files("html") if written_out.search(shown(path))] == []


def test_no_swedish_names_a_process_or_a_part_that_the_english_does_not() -> None:
    found = set()
    for entry in (entry for path in files("po") for entry in polib.pofile(str(path))):
        english = f"{entry.msgid} {entry.msgid_plural}"
        swedish = " ".join([entry.msgstr, *entry.msgstr_plural.values()])
        named = NAME.search(swedish) and not NAME.search(english)
        if named or (PART_SWEDISH.search(swedish) and not PART.search(english)):
            found.add(entry.msgid)
    assert found == ALLOWED_IN_SWEDISH
