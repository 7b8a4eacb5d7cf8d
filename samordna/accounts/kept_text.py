"""What a form held when its session was over: kept, and given back to the same person after login (L-07, K-21).

It goes straight to the room `drafts`: the session's user is still known, or (after logging out in another tab) the
browser is known to be that of the person whose assignment the form was opened with. Of a stranger nothing is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from samordna.drafts.commands import save_unsaved
from samordna.drafts.queries import Unsaved, unsaved_of, unsaved_size
from samordna.drafts.rules import LONGEST_FORM_KEY, save_refusal
from samordna.kernel.actor import Actor
from samordna.kernel.text import clean_text

# A browser that is known, but not logged in, adds to no more than this: a few of the longest forms, or many short ones.
MOST_FORMS = 100
MOST_CHARACTERS_IN_ALL = 1_000_000
# A form whose page does not look for unsaved typing by itself is kept under its address, and shown on a page of ours.
BY_ADDRESS = "kept:"

_NOT_TYPED = frozenset(
    {
        "csrfmiddlewaretoken",
        "assignment",
        "assignment_unit",
        "form_key",
        "next",
        "language",
        "draft_form",
        "draft_base",
    }
)


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A posted form. `form` is the name by which its page finds it again, else the address it was sent to."""

    form: str
    base_version: int | None
    fields: Mapping[str, list[str]]
    assignment_id: int | None


def posted_form(request: HttpRequest) -> KeptForm | None:
    """What was typed in the posted form; None when nothing was, or more than can be kept.

    Passwords and tokens are never kept.
    """
    fields = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in _NOT_TYPED and "password" not in name.lower()
    }
    named = clean_text(request.POST.get("draft_form", "")[:LONGEST_FORM_KEY])
    form = (named or f"{BY_ADDRESS}{request.path}")[:LONGEST_FORM_KEY]
    typed = any(value.strip() for values in fields.values() for value in values)
    if not typed or save_refusal(form, fields) is not None:
        return None
    return KeptForm(
        form=form,
        base_version=_number(request.POST.get("draft_base")),
        fields=fields,
        assignment_id=_number(request.POST.get("assignment")),
    )


def keep_for(actor: Actor, kept: KeptForm, at: datetime) -> None:
    """Put the text where its page offers it to the same user at the same unit."""
    save_unsaved(actor=actor, form=kept.form, base_version=kept.base_version, fields=kept.fields, at=at)


def keep_for_absent(actor: Actor, kept: KeptForm, at: datetime) -> bool:
    """The same for somebody not logged in, whose browser is known; False when very much is kept already."""
    forms, characters = unsaved_size(actor)
    if forms >= MOST_FORMS or characters >= MOST_CHARACTERS_IN_ALL:
        return False
    keep_for(actor, kept, at)
    return True


def kept_by_address(actor: Actor) -> list[Unsaved]:
    """What is kept of the actor's forms whose pages do not offer it themselves, newest first."""
    return unsaved_of(actor, starting=BY_ADDRESS)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
