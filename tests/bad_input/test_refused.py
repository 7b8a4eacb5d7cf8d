"""Forms with something in them that cannot be: refused at the field, in Swedish, and nothing is lost or stored."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from typing import Any

import pytest

from tests.bad_input.postings import DATES, NUMBERS, TIMES, Opened, Posting, opened
from tests.bad_input.refusing import faults
from tests.bad_input.table import BY_NAME, ON_BOTH, day_off, each, today
from tests.bad_input.world import World
from tests.support.size import LONG

TOO_LONG = "Ö" * 200_000


UNREADABLE = {
    DATES: ("32/13", "2026-02-30", "i förrgår kväll", "9999-12-31", "1" * 40),
    TIMES: ("25.00", "halv två i natt", "13.00.00.00"),
    NUMBERS: ("19121212-1213", "19800231-2380", "abc", "1" * 500, "202399"),
    frozenset({"phone"}): ("ring växeln", "1", "9" * 200),
    frozenset({"email"}): ("anna@", "anna example.se", "a" * 300 + "@example.se"),
}
# So that a form with far too long words in all of these is still read.
AT_ONCE = 5
NOT_OFFERED = ("ANNAT", "99999999999999999999999", "1 OR 1=1\x00")


@dataclass(frozen=True)
class Bad:
    """A field with something in it that cannot be; None: it is left out."""

    field: str
    value: str | None
    kept: bool = True

    def within(self, data: Mapping[str, Any]) -> dict[str, Any]:
        if self.value is not None:
            return {**data, self.field: [self.value]}
        return {name: values for name, values in data.items() if name not in {self.field, "acknowledge"}}


@each
def test_what_cannot_be_is_refused_at_its_field_and_everything_typed_is_kept(
    world: World, posting: Posting
) -> None:
    """Empty, unreadable, far too long, not among the choices: in all fields at once, and each is told."""
    form, wrong = opened(world, posting), []
    hidden = set(form.has("hidden")) - {"recipient"}
    for field in hidden.intersection(posting.required):
        wrong += [f"without {field}: {fault}" for fault in faults(form, Bad(field, None).within(form.filled))]
    for together in zip_longest(*_by_field(form, hidden)):
        bad = [one for one in together if one]
        for number in range(0, len(bad), AT_ONCE):
            wrong += _not_told(form, bad[number : number + AT_ONCE])
    assert not wrong, "\n".join(wrong)


def _not_told(form: Opened, together: list[Bad]) -> Iterator[str]:
    """Where one error hides another each field is posted by itself."""
    data = dict(form.filled)
    for one in together:
        data = one.within(data)
    lost = frozenset(one.field for one in together if not one.kept)
    if any(faults(form, data, *(one.field for one in together), lost=lost)):
        for one in together:
            found = faults(form, one.within(form.filled), one.field, kept=one.kept)
            yield from (f"{one.field} {str(one.value)[:20]}: {fault}" for fault in found)


def _by_field(form: Opened, hidden: set[str]) -> list[list[Bad]]:
    """Of each field all that cannot stand in it."""
    found: dict[str, list[Bad]] = {}
    for one in (*_empty(form, hidden), *_unreadable(form), *_too_long(form), *_not_offered(form)):
        found.setdefault(one.field, []).append(one)
    return list(found.values())


def test_each_kind_of_field_stands_in_a_form_that_is_tried_on_both_databases(world: World) -> None:
    forms = [opened(world, BY_NAME[name]) for name in ON_BOTH]
    kinds = {control.kind for form in forms for control in form.form.controls}
    assert kinds >= {"text", "textarea", "select", "radio", "checkbox", "hidden"}
    names = {name for form in forms for name in form.form.names()}
    assert [sorted(kind) for kind in UNREADABLE if not kind & names] == []


def _empty(form: Opened, hidden: set[str]) -> Iterator[Bad]:
    for field in form.posting.required:
        if field not in hidden:
            yield Bad(field, None)
        if field in form.has("text", "textarea"):
            yield Bad(field, " \n\u202e\t ")


def _unreadable(form: Opened) -> Iterator[Bad]:
    for names, values in UNREADABLE.items():
        for field in sorted(names & set(form.form.names())):
            yield from (Bad(field, value) for value in _some(values, form, 2))


def _too_long(form: Opened) -> Iterator[Bad]:
    yield from (Bad(field, TOO_LONG) for field in form.texts)


def _not_offered(form: Opened) -> Iterator[Bad]:
    for field in form.has("select", "radio"):
        yield from (Bad(field, value, kept=False) for value in _some(NOT_OFFERED, form, 1))


def _some(values: tuple[str, ...], form: Opened, count: int) -> list[str]:
    """So many of them, others in the next form, so that each is tried in some; at full size all of them in all."""
    turn = list(BY_NAME).index(form.posting.name)
    return list(values) if LONG else [values[(turn + number) % len(values)] for number in range(count)]


def _yesterday() -> str:
    return (today() - timedelta(days=1)).isoformat()


def _tomorrow() -> str:
    return (today() + timedelta(days=1)).isoformat()


def _past_day() -> str:
    return (today() - timedelta(days=200)).isoformat()


Change = Callable[[World], dict[str, Any]]
# Form, what is changed in it, and the field that is told.
MEANINGLESS: dict[str, tuple[str, Change, str]] = {
    "a meeting yesterday": ("summons", lambda w: {"meets_on": _yesterday()}, "meets_on"),
    "a meeting on a Sunday": ("summons", lambda w: {"meets_on": day_off()}, "meets_on"),
    "a meeting on New Year's Day": (
        "summons",
        lambda w: {"meets_on": f"{today().year + 1}-01-01"},
        "meets_on",
    ),
    "a meeting at an hour that has passed": (
        "summons",
        lambda w: {"meets_on": today().isoformat(), "starts": "00.00", "ends": "23.59"},
        "starts",
    ),
    "a meeting that ends before it starts": (
        "summons",
        lambda w: {"starts": "14.00", "ends": "13.59"},
        "ends",
    ),
    "a meeting that ends when it starts": ("summons", lambda w: {"starts": "14.00", "ends": "14.00"}, "ends"),
    "a follow-up yesterday": ("next follow-up", lambda w: {"due_on": _yesterday()}, "due_on"),
    "a follow-up on a Sunday": ("next follow-up", lambda w: {"due_on": day_off()}, "due_on"),
    "a plan handed over tomorrow": ("handover", lambda w: {"handed_on": _tomorrow()}, "handed_on"),
    "a unit told tomorrow": ("outside", lambda w: {"told_on": _tomorrow()}, "told_on"),
    "consent until yesterday": ("consent", lambda w: {"until_on": _yesterday()}, "until_on"),
    "consent of a representative without name": (
        "consent",
        lambda w: {"giver": "LEGAL_REPRESENTATIVE"},
        "giver_name",
    ),
    "no consent and no reason": ("consent", lambda w: {"giver": "CANNOT_CONSENT"}, "cannot_consent_reason"),
    "a unit that is not in the case": ("consent", lambda w: {"units": [w.county.hospital.pk]}, "units"),
    "an interpreter without language": (
        "person",
        lambda w: {"interpreter_language": ""},
        "interpreter_language",
    ),
    "another relation without words": (
        "relative",
        lambda w: {"relation": "OTHER", "relation_text": ""},
        "relation_text",
    ),
    "work that ends before it begins": ("assignment", lambda w: {"ends_on": _past_day()}, "ends_on"),
    "a role that ends before it begins": ("role", lambda w: {"ends_on": _past_day()}, "ends_on"),
    "a user name that is taken": (
        "new user",
        lambda w: {"username": w.people["anna"].user.username},
        "username",
    ),
    "a user name with a blank": ("new user", lambda w: {"username": "NY PE"}, "username"),
    "an HSA-id that is none": ("new place", lambda w: {"hsa_id": "hej"}, "hsa_id"),
    "a number that is somebody else's": (
        "link number",
        lambda w: {"identifier": "20260101K001"},
        "identifier",
    ),
    "an end without known reason": ("end", lambda w: {"reason": "EVALUATED"}, "reason"),
    "a coordinator at a unit outside": (
        "coordinator",
        lambda w: {"colleague": w.people["frida"].pk},
        "colleague",
    ),
    "a coordinator without the right": (
        "coordinator",
        lambda w: {"colleague": w.people["administrator"].pk},
        "colleague",
    ),
    "a coordinator who does not exist": ("coordinator", lambda w: {"colleague": "999999999"}, "colleague"),
    "a representative from another unit": (
        "participant",
        lambda w: {"person": w.people["frida"].pk},
        "person",
    ),
}


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("what", MEANINGLESS)
@pytest.mark.requirement("V-41", "V-62", "L-03", "V-24")
def test_what_means_nothing_is_refused_at_its_field(world: World, what: str) -> None:
    name, change, field = MEANINGLESS[what]
    form = opened(world, BY_NAME[name])
    wrong = list(
        faults(
            form,
            form.with_values(**change(world)),
            field,
            kept=field not in {"units", "colleague", "person", "reason"},
        )
    )
    assert not wrong, "\n".join(wrong)


OTHER_MESSAGES = ("summons", "information", "add recipients", "send on")
RECIPIENTS: dict[str, Callable[[World], list[Any]]] = {
    "the own unit": lambda w: [w.county.home_care.pk],
    "a unit twice": lambda w: [w.county.hospital.pk, w.county.hospital.pk],
    "a closed unit": lambda w: [w.closed.pk],
    "a department": lambda w: [w.county.home_care.department_id],
    "a unit that does not exist": lambda w: [999_999_999],
    "a number as long as a street": lambda w: ["9" * 60],
    "words": lambda w: ["Vårdcentralen"],
}


@pytest.mark.parametrize("what", RECIPIENTS)
@pytest.mark.parametrize(
    "name",
    [
        "initiative",
        *(pytest.param(name, marks=pytest.mark.once("sqlite")) for name in OTHER_MESSAGES),
    ],
)
@pytest.mark.requirement("V-25", "V-33")
def test_recipients_that_cannot_be_are_refused(world: World, name: str, what: str) -> None:
    form = opened(world, BY_NAME[name])
    # Whom the page proposed is not among these recipients, so nothing is ticked for them either.
    wrong = list(
        faults(form, form.with_values(recipient=RECIPIENTS[what](world), acknowledge=[]), "recipient")
    )
    assert not wrong, "\n".join(wrong)
