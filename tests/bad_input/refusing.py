"""What must be true of every refused posting."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse

from tests.bad_input.conftest import undone
from tests.bad_input.pages import Page
from tests.bad_input.postings import Opened
from tests.bad_input.stored import acts_logged, changed

# Django's own words, and words that no error may have (the guide to language in the design).
NOT_OURS = (
    "This field",
    "Enter a",
    "Select a",
    "Ensure this",
    "valid choice",
    "Ogiltig",
    "Tyvärr",
    "Något gick fel",
)
# Where the words about a field that has no input of its own are bound.
SPOKEN_AT = {"recipient": ("recipient", "q")}
# A button beside a list: its page is shown again with the reason above it.
TOLD_ON_THE_PAGE = {"handler"}
_REFUSALS = frozenset({200, 400, 409})
# What a browser fills in by itself.
_OURS = {"csrfmiddlewaretoken", "form_key", "assignment", "assignment_unit", "draft_form", "draft_base"}


def faults(
    form: Opened, data: Mapping[str, Any], *fields: str, kept: bool = True, lost: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Post what must be refused, undo it, and tell what was not as it should be.

    Each of `fields` must be told of its error. All that was typed is kept, unless `kept` is false, but what stands in
    the fields that may be lost.
    """
    with undone():
        answer = form.post(data)
        yield from _faults(form, answer, fields)
        if kept and answer.status_code in _REFUSALS:
            lines = {name: values for name, values in data.items() if name not in lost}
            yield from (f"{name} is not kept" for name in _lost(form, Page(answer.content.decode()), lines))
        if answer.status_code < 500:
            for table in changed(form.before):
                yield f"{table} has changed"
            if acts_logged() != form.logged:
                yield "the log tells of an act"


def _faults(form: Opened, answer: HttpResponse, fields: tuple[str, ...]) -> Iterator[str]:
    if answer.status_code == 302 and form.posting.name in TOLD_ON_THE_PAGE:
        if "notice-error" not in form.client.get(answer.headers["Location"]).content.decode():
            yield "nothing is said"
        return
    if answer.status_code not in _REFUSALS:
        yield f"answered {answer.status_code}"
        return
    page = Page(answer.content.decode())
    if not page.title.startswith("Fel: "):
        yield f"the title does not say Fel: {page.title}"
    for field in fields:
        errors = [words for name in SPOKEN_AT.get(field, (field,)) for words in page.errors_at(name)]
        if not errors:
            yield f"no words at {field}"
        yield from (f"{words} in {errors}" for words in NOT_OURS for error in errors if words in error)


def _lost(form: Opened, page: Page, data: Mapping[str, Any]) -> Iterator[str]:
    standing = {" ".join(value.split()) for value in page.values()}
    text = " ".join(page.text.split())
    for name in form.typed:
        for value in data.get(name, ()):
            flat = " ".join(str(value).split())
            if flat and flat not in standing and flat not in text:
                yield name
