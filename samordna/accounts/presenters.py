"""What the pages of this room show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from samordna.accounts.kept_text import BY_ADDRESS, FROM_ABSENT, address_of, is_from_absent
from samordna.drafts.queries import Unsaved
from samordna.web.typed import labelled


@dataclass(frozen=True, slots=True)
class KeptText:
    """What one form held, to be copied from."""

    form: str
    saved_at: datetime
    texts: tuple[tuple[str, str], ...]
    from_absent: bool


def kept_texts(request: HttpRequest, unsaved: Sequence[Unsaved]) -> list[KeptText]:
    """Each form with what a person wrote in it, by its labels. One that only holds choices stands where it was made."""
    found = [
        KeptText(
            form=kept.form,
            saved_at=kept.saved_at,
            texts=tuple(_labelled(request, kept)),
            from_absent=is_from_absent(kept),
        )
        for kept in unsaved
    ]
    return [kept for kept in found if kept.texts or kept.form.startswith((BY_ADDRESS, FROM_ABSENT))]


def _labelled(request: HttpRequest, kept: Unsaved) -> list[tuple[str, str]]:
    """By the labels of the form that was sent to that address."""
    typed = [(name, value) for name, values in kept.fields.items() for value in values if value.strip()]
    try:
        sent_to = resolve(address_of(kept))
    except Resolver404:
        sent_to = None
    return labelled(request, typed, sent_to)
