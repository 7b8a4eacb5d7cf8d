"""What can be kept of unsaved typing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samordna.kernel.refusal import Refusal

LONGEST_FORM_KEY = 200
MOST_FIELDS = 500
MOST_CHARACTERS = 400_000


@dataclass(frozen=True, slots=True)
class Room:
    """How many forms, and about how many characters in all, are kept of one user at one unit."""

    forms: int
    characters: int


# Far more than anybody leaves at one unit in the month that they are kept.
ROOM = Room(forms=200, characters=4_000_000)
# What somebody who is not logged in, at a browser known to be the user's, adds to: it leaves the user room enough.
ROOM_FOR_ABSENT = Room(forms=100, characters=1_000_000)


def save_refusal(form: str, fields: Mapping[str, Sequence[str]]) -> Refusal | None:
    """Refused: a form without a name, and more text than any form of the system can take."""
    if not 0 < len(form) <= LONGEST_FORM_KEY:
        return Refusal("draft.form_unknown", _("The form has no name, so what you typed cannot be kept."))
    characters = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if len(fields) > MOST_FIELDS or characters > MOST_CHARACTERS:
        return Refusal(
            "draft.too_long",
            _("The text is too long to be kept as unsaved."),
            _("Shorten it, or save it in parts."),
        )
    return None


def room_refusal(others: Room, room: Room) -> Refusal | None:
    """Refused: one more form where the `others` of the same user at the unit have taken the room there is."""
    if others.forms < room.forms and others.characters < room.characters:
        return None
    return Refusal(
        "draft.too_many",
        _("You have too many texts that are not saved."),
        _("Save some of them, or throw them away."),
    )
