"""What the pages of this room show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from samordna.accounts.kept_text import BY_ADDRESS
from samordna.drafts.queries import Unsaved


@dataclass(frozen=True, slots=True)
class KeptText:
    """What one form held, to be copied from."""

    form: str
    saved_at: datetime
    texts: tuple[str, ...]
    address: str


def kept_texts(unsaved: Sequence[Unsaved]) -> list[KeptText]:
    """Each form with the texts that a person wrote in it; ticks and choices are not texts."""
    return [
        KeptText(
            form=kept.form,
            saved_at=kept.saved_at,
            texts=tuple(value for values in kept.fields.values() for value in values if _is_text(value)),
            address=kept.form.removeprefix(BY_ADDRESS),
        )
        for kept in unsaved
    ]


def _is_text(value: str) -> bool:
    return bool(value.strip()) and value != "on" and not value.isdigit()
