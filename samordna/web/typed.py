"""What a user had typed in a form that could not be taken, by the labels of its fields, to be read and copied."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samordna.web.requests import typed_fields

# What is left to judge by the value alone: that of an input which stands in a template and in no form of ours, a button
# or something hidden. An id, a key, a choice or a tick tells nobody anything. What people type in has a field, and the
# field decides (`_said`); so nothing typed is taken for a code.
_CODE = re.compile(r"[A-Z_]+(:\S*)?|[0-9a-f]{8}[0-9a-f-]{24,28}|[0-9]+|on|true|false|")
# What a form posts beside what somebody fills in.
_BESIDE = ("base_", "draft_", "chosen_")
# What was put together on the page of a conflict, kept beside what was typed in the field itself.
_EDITED = "edited_"


def typed_by_label(request: HttpRequest) -> list[tuple[str, str]]:
    """Pairs of label and text, in the language of the page: only what a user can have filled in, and has changed.

    A label is that of the room's form that fits the posted fields best. A field that no form names is shown
    unless it holds a code.
    """
    room = request.resolver_match.namespace if request.resolver_match else ""
    return labelled(typed_fields(request), room)


def labelled(typed: Sequence[tuple[str, str]], room: str) -> list[tuple[str, str]]:
    """The same of pairs of a field's name and what stood in it, posted to that room."""
    forms_here = _best_first(room, {_last(name) for name, _value in typed})
    values = dict(typed)
    found = []
    for name, value in typed:
        last = _last(name)
        field = next((one.base_fields[last] for one in forms_here if last in one.base_fields), None)
        said = _said(field, value)
        if said and not last.startswith(_BESIDE) and values.get(_base(name)) != value:
            found.append((str(field.label) if field is not None and field.label else _("Text"), said))
    return found


def _base(name: str) -> str:
    """The hidden field that holds what the text began from."""
    prefix, dash, last = name.rpartition("-")
    return f"{prefix}{dash}base_{last}"


def _said(field: forms.Field | None, value: str) -> str:
    """What stood in the field as the user read it; nothing of hidden fields, ticks and codes."""
    if field is None:
        return "" if _CODE.fullmatch(value.strip()) else value
    if field.widget.is_hidden or isinstance(field, forms.BooleanField):
        return ""
    if isinstance(field, forms.ChoiceField):
        choices = {str(key): str(text) for key, text in _choices(field)}
        return choices.get(value, "")
    return value


def _choices(field: forms.ChoiceField) -> Iterator[tuple[Any, Any]]:
    choices: Any = field.choices
    for key, text in choices:
        if isinstance(text, list | tuple):
            yield from text
        else:
            yield key, text


def _best_first(room: str, names: set[str]) -> list[type[Any]]:
    ours = [one for one in _forms(forms.BaseForm) if one.__module__.startswith("samordna.")]
    return sorted(
        ours,
        key=lambda one: (
            f".{room}." not in f".{one.__module__}.",
            -len(names & one.base_fields.keys()),
            one.__name__,
        ),
    )


def _forms(above: type[forms.BaseForm]) -> Iterator[type[Any]]:
    for one in above.__subclasses__():
        if hasattr(one, "base_fields"):
            yield one
        yield from _forms(one)


def _last(name: str) -> str:
    """A field's own name, without the prefix of the line or part that it stands in."""
    return name.rpartition("-")[2].removeprefix(_EDITED)
