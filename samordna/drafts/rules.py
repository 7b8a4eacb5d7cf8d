"""What can be kept of unsaved typing."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from samordna.kernel.refusal import Refusal

LONGEST_FORM_KEY = 200
MOST_FIELDS = 500
MOST_CHARACTERS = 400_000
# Far more than anybody leaves at one unit in the month that they are kept.
MOST_FORMS = 200


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


def room_refusal(others: int) -> Refusal | None:
    """Refused: one more form than any user has a use for; `others` are kept of the same user at the unit."""
    if others < MOST_FORMS:
        return None
    return Refusal(
        "draft.too_many",
        _("You have too many texts that are not saved."),
        _("Save some of them, or throw them away."),
    )
