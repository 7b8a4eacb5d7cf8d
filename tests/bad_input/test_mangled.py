"""Forms that no page of ours would post: missing, doubled and senseless fields, and fields of other tables."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.bad_input.conftest import undone
from tests.bad_input.postings import Opened, Posting, opened
from tests.bad_input.stored import cells, changed, rows
from tests.bad_input.table import BY_NAME, POSTINGS, each
from tests.bad_input.world import World
from tests.support.size import LONG

SENSELESS = ("9" * 30, "-1", "x\x00'\"<", "٣")
OURS = {"csrfmiddlewaretoken", "form_key", "assignment", "assignment_unit"}
# A field of the form that its page only shows once somebody has been looked for.
UNSHOWN = {"other"}


def _names(form: Opened) -> list[str]:
    return sorted(
        {control.name for control in form.form.controls if control.name and control.name not in OURS}
    )


def _named(postings: tuple[Posting, ...]) -> str:
    return postings[0].name if len(postings) == 1 else "some of all"


def _fault(form: Opened, data: dict[str, Any], what: str) -> Iterator[str]:
    with undone():
        status = form.post(data).status_code
        if status >= 500:
            yield f"{what}: {status}"
        else:
            connection.check_constraints()


@each
def test_a_form_with_mangled_fields_is_answered(world: World, posting: Posting) -> None:
    """What is hidden, then what is typed, with all that is senseless in it; at full size field by field.

    With no field at all every route is posted to by everybody in the table of authorisation.
    """
    form, wrong = opened(world, posting), []
    names = _names(form)
    hidden = [name for name in names if name not in form.typed]
    halves = [half for half in (hidden, sorted(form.typed & set(names))) if half]
    for some in [[name] for name in names] if LONG else halves:
        for turn in range(len(SENSELESS)) if LONG else (len(posting.name) % len(SENSELESS),):
            senseless = [*SENSELESS[turn:], *SENSELESS[:turn]]
            mangled = {name: [*form.filled.get(name, ()), *senseless] for name in some}
            wrong += _fault(form, {**form.filled, **mangled}, f"{some} {senseless[-1]}")
    for name in names if LONG else ():
        without = {key: values for key, values in form.filled.items() if key != name}
        wrong += _fault(form, without, f"without {name}")
    wrong += _fault(
        form, {name: values for name, values in form.filled.items() if name in form.has("hidden")}, "hidden"
    )
    wrong += _fault(
        form, {name: values for name, values in form.filled.items() if name in form.typed}, "typed"
    )
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["initiative draft", "summons", "person", "participant by hand", "answer"])
def test_a_number_that_no_database_keeps_is_answered(world: World, name: str) -> None:
    """Hidden as well, where somebody else was faster and what was typed is kept with it."""
    form, wrong = opened(world, BY_NAME[name]), []
    for field in ("version", "message_id", "suggested_unit", "recipient"):
        for number in (2**31, 2**63, 10**30):
            wrong += _fault(form, form.with_values(**{field: number}), f"{field} {number}")
    assert not wrong, "\n".join(wrong)


# Lone surrogates cannot be sent by any browser.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


# By chance some forms; at full size each of them, in a run of its own.
@pytest.mark.parametrize("postings", [(one,) for one in POSTINGS] if LONG else [POSTINGS], ids=_named)
def test_any_words_in_any_field_are_answered(world: World, postings: tuple[Posting, ...]) -> None:
    wrong: list[str] = []

    @settings(
        max_examples=200 if LONG else 40,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def post(data: st.DataObject) -> None:
        form = opened(world, data.draw(st.sampled_from(postings)))
        names = st.sampled_from(_names(form) or ["text"])
        fields = data.draw(st.dictionaries(names, st.lists(WORDS, max_size=2), min_size=1))
        wrong.extend(_fault(form, {**form.filled, **fields}, f"{form.posting.name} {fields}"))

    post()
    assert not wrong, "\n".join(wrong)


# One value a kind of column, each easy to find again.
MARK, MARKED_NUMBER, MARKED_DATE, MARKED_ID = "massmark", 987_654_321, "1999-09-09", str(UUID(int=0xFEED))
MARKED = re.compile("|".join((MARK, str(MARKED_NUMBER), MARKED_DATE, MARKED_ID, UUID(MARKED_ID).hex)))


@cache
def _every_field() -> dict[str, str]:
    found = {}
    for model in apps.get_models():
        for column in model._meta.get_fields():
            if isinstance(column, models.Field):
                found[column.name] = found[column.attname] = _mark(column)
    return found


def _mark(column: models.Field) -> str:
    if isinstance(column, models.DateField):
        return MARKED_DATE
    if isinstance(column, models.UUIDField):
        return MARKED_ID
    if isinstance(column, models.BooleanField):
        return "on"
    if isinstance(column, models.IntegerField | models.ForeignKey | models.AutoField):
        return str(MARKED_NUMBER)
    return MARK


@cache
def _boolean_columns() -> set[tuple[str, str]]:
    return {
        (model._meta.db_table, column.column)
        for model in apps.get_models()
        for column in model._meta.local_concrete_fields
        if isinstance(column, models.BooleanField)
    }


def _truths(among: set[str]) -> dict[tuple[str, str], list[Any]]:
    """Every boolean that is stored, table by table: what an `on` could have turned."""
    found: dict[tuple[str, str], list[Any]] = {}
    for table in among:
        columns, lines = rows(table)
        for number, column in enumerate(columns):
            if (table, column) in _boolean_columns():
                found[table, column] = sorted((line[number] for line in lines), key=str)
    return found


@each
@pytest.mark.requirement("L-02")
def test_fields_that_a_form_does_not_have_are_not_read(world: World, posting: Posting) -> None:
    """Every column of every table is posted along; what is stored is what the form alone stores.

    A table that has not changed holds none of it.
    """
    form = opened(world, posting)
    known = {control.name for control in form.form.controls} | set(form.filled)
    extra = {name: value for name, value in _every_field().items() if name not in known | UNSHOWN}
    with undone():
        plain = form.post().status_code
        expected = set(changed(form.before))
        truths = _truths(expected)
    with undone():
        assert form.post({**extra, **form.filled}).status_code == plain
        assert set(changed(form.before)) == expected
        assert _truths(expected) == truths
        assert not [(table, column) for table, column, value in cells(expected) if MARKED.search(str(value))]


def test_unsaved_typing_is_kept_as_it_was_but_for_what_no_database_takes(world: World) -> None:
    """The typing of every page, with a zero character and far too much of it, is answered with a sentence."""
    client, wrong = world.browser("anna"), []
    for form, text in (
        ("sip:plan:x", "a\x00b\u202ec"),
        ("x" * 5000, "a"),
        ("sip:plan:x", "Ö" * 2_000_000),
        ("\x00", "\x00"),
    ):
        with undone():
            status = client.post(reverse("drafts:save"), {"draft_form": form, "text": text}).status_code
            wrong += [f"{form[:20]}: {status}"] if status not in {200, 400, 413, 422} else []
    assert not wrong


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\u202e", "%", "_" * 3, "'; --", "9" * 5000, "\ud83d\ude00" * 3]
)
def test_any_words_can_be_looked_for(world: World, text: str) -> None:
    client, admin = world.browser("anna"), world.browser("administrator")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    asked = [
        client.post(reverse("overview:search"), {"q": text}),
        client.get(
            reverse("organisations:search"), {"q": text, "add": text, "exclude": text, "municipality": text}
        ),
        client.post(reverse("sip:coordinator", args=[world.cases["accepted"]]), {"act": "search", "q": text}),
        client.post(reverse("sip:plan_people", args=[world.cases["open"]]), {"q": text}),
        client.get(reverse("organisations:address_book"), {"q": text, "page": text}),
        client.get(reverse("overview:sip"), {"filter": text, "page": text, "sort": text}),
        client.get(reverse("overview:changes"), {"since": text, "filter": text}),
        client.get(reverse("sip:compare", args=[world.cases["locked"]]), {"older": text, "newer": text}),
        client.get(reverse("sip:part", args=[world.cases["open"], "plan"]), {"undo": text}),
        admin.post(reverse("assignments:users"), {"q": text}),
        admin.get(reverse("assignments:users"), {"page": text}),
    ]
    assert all(answer.status_code < 500 for answer in asked), [answer.status_code for answer in asked]
