"""What a user had typed in a form that could not be taken, by the labels of its fields, to be read and copied."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.translation import gettext as _

from samordna.web.requests import typed_fields

# What is left to judge by the value alone: that of an input which stands in a template and in no form of ours, a button
# or something hidden. An id, a key, a choice or a tick tells nobody anything. What people type in has a field, and the
# field decides (`_said`); so nothing typed is taken for a code.
_CODE = re.compile(r"[A-Z_]+(:\S*)?|[0-9a-f]{8}[0-9a-f-]{24,28}|[0-9]+|on|true|false|")
# The buttons of our forms; a field of the same name goes before.
_BUTTONS = frozenset(
    {"act", "add_unit", "answer", "both", "check", "correct", "deny", "discard", "end", "enter", "find", "forget_unit",
     "import", "inherit", "keep", "remove_unit", "review", "save", "send", "theirs"}
)  # fmt: skip
# What a form posts beside what somebody fills in.
_BESIDE = ("base_", "draft_", "chosen_")
# What was put together on the page of a conflict, kept beside what was typed in the field itself.
_EDITED = "edited_"


Fields = Mapping[str, forms.Field]
View = TypeVar("View", bound=Callable[..., HttpResponse])


def named_by(fields: Callable[..., Fields]) -> Callable[[View], View]:
    """For a view whose form has fields or choices that its class does not know.

    `fields` is given the request and what stands in the address, and gives the fields by their names, as of now.
    """

    def decorate(view: View) -> View:
        view.typed_fields = fields  # type: ignore[attr-defined]
        return view

    return decorate


def typed_by_label(request: HttpRequest) -> list[tuple[str, str]]:
    """Pairs of label and text, in the language of the page: only what a user can have filled in, and has changed.

    A label is that of the page's own form where it says so, else of the room's form that fits the posted fields best. A
    field that no form names is shown unless it holds a code, or is a button.
    """
    return labelled(request, typed_fields(request), request.resolver_match)


def labelled(
    request: HttpRequest, typed: Sequence[tuple[str, str]], to: ResolverMatch | None
) -> list[tuple[str, str]]:
    """The same of pairs of a field's name and what stood in it, posted to that address."""
    best, own = (
        _best_first(to.namespace if to else "", {_last(name) for name, _value in typed}),
        _own(request, to),
    )
    values = dict(typed)
    found = []
    for name, value in typed:
        last = _last(name)
        field = own.get(last) or next(
            (one.base_fields[last] for one in best if last in one.base_fields), None
        )
        said = "" if field is None and last in _BUTTONS else _said(field, value)
        if said and not last.startswith(_BESIDE) and values.get(_base(name)) != value:
            found.append((str(field.label) if field is not None and field.label else _("Text"), said))
    return found


def _own(request: HttpRequest, to: ResolverMatch | None) -> Fields:
    """The fields that the page names itself; none when the page is not for the user any more."""
    fields = getattr(to.func, "typed_fields", None) if to else None
    try:
        return fields(request, **to.kwargs) if fields and to else {}
    except Http404:
        return {}


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
