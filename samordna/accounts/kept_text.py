"""What a form held when its session was over: kept, and given back to the same person after login (L-07, K-21).

It goes straight to the room `drafts`: the session's user is still known, or (after logging out in another tab) the
browser is known to be that of the person whose assignment the form was opened with. Of a stranger nothing is kept.
Whoever sits at a known browser without having logged in may be somebody else: what they send is kept beside what the
user has typed, never in its place, and is said to come from there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest

from samordna.drafts.commands import save_unsaved
from samordna.drafts.queries import Unsaved, taken_by_others, unsaved_of
from samordna.drafts.rules import LONGEST_FORM_KEY, ROOM_FOR_ABSENT, room_refusal, save_refusal
from samordna.kernel.actor import Actor
from samordna.kernel.text import clean_text
from samordna.web.requests import form_key_of

# What no page offers by itself is shown on a page of ours: a form without a name, and all that came from the absent.
BY_ADDRESS, FROM_ABSENT = "kept:", "absent:"
_FORM_KEY = re.compile(r"[0-9a-f-]{36}:")

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
    """A posted form. `name` is that by which its page finds it again, empty when it has none."""

    name: str
    address: str
    form_key: UUID
    base_version: int | None
    fields: Mapping[str, list[str]]
    assignment_id: int | None

    def apart(self, kind: str) -> str:
        """A name of its own, which no other form has: the same form again is the only one that takes its place."""
        return f"{kind}{self.form_key}:{self.name or self.address}"[:LONGEST_FORM_KEY]


def posted_form(request: HttpRequest) -> KeptForm | None:
    """What was typed in the posted form; None when nothing was, or more than can be kept.

    Passwords and tokens are never kept.
    """
    fields = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in _NOT_TYPED and "password" not in name.lower()
    }
    name = clean_text(request.POST.get("draft_form", "")[:LONGEST_FORM_KEY])
    typed = any(value.strip() for values in fields.values() for value in values)
    if not typed or save_refusal(name or BY_ADDRESS, fields) is not None:
        return None
    return KeptForm(
        name=name,
        address=request.path,
        form_key=form_key_of(request) or uuid4(),
        base_version=_number(request.POST.get("draft_base")),
        fields=fields,
        assignment_id=_number(request.POST.get("assignment")),
    )


def keep_for(actor: Actor, kept: KeptForm, at: datetime) -> None:
    """Put the text where its page offers it to the same user at the same unit."""
    _keep(actor, kept, kept.name or kept.apart(BY_ADDRESS), at)


def keep_apart(actor: Actor, kept: KeptForm, at: datetime) -> None:
    """Keep the text at another unit than it was typed at, where no page offers it but our own."""
    _keep(actor, kept, kept.apart(BY_ADDRESS), at)


def keep_for_absent(actor: Actor, kept: KeptForm, at: datetime) -> bool:
    """Keep it for somebody not logged in, whose browser is known; False when very much is kept already."""
    form = kept.apart(FROM_ABSENT)
    if room_refusal(taken_by_others(actor, form), ROOM_FOR_ABSENT) is not None:
        return False
    _keep(actor, kept, form, at)
    return True


def _keep(actor: Actor, kept: KeptForm, form: str, at: datetime) -> None:
    save_unsaved(actor=actor, form=form, base_version=kept.base_version, fields=kept.fields, at=at)


def kept_apart(actor: Actor) -> list[Unsaved]:
    """What is kept of the actor that no page but our own offers, newest first."""
    return [kept for kept in unsaved_of(actor) if kept.form.startswith((BY_ADDRESS, FROM_ABSENT))]


def is_from_absent(kept: Unsaved) -> bool:
    """Whether it came from a known browser where nobody had logged in."""
    return kept.form.startswith(FROM_ABSENT)


def address_of(kept: Unsaved) -> str:
    """Where the form was sent, or the name by which its page finds it."""
    form = kept.form.removeprefix(BY_ADDRESS).removeprefix(FROM_ABSENT)
    return form if form == kept.form else _FORM_KEY.sub("", form, count=1)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
