"""Reading unsaved typing: one's own, at the unit where it was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum, TextField
from django.db.models.functions import Cast, Length
from django.utils.datastructures import MultiValueDict

from samordna.drafts.models import UnsavedText
from samordna.drafts.rules import Room
from samordna.kernel.actor import Actor
from samordna.kernel.prepared import Prepared
from samordna.kernel.text import clean_text


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What is kept of a form."""

    form: str
    base_version: int | None
    fields: Mapping[str, Sequence[str]]
    saved_at: datetime

    @property
    def data(self) -> MultiValueDict[str, str]:
        """As posted: a Django form can be bound to it."""
        return MultiValueDict({name: list(values) for name, values in self.fields.items()})

    def text(self, name: str) -> str:
        """One field's value, or an empty text."""
        values = self.fields.get(name) or [""]
        return values[-1]


def unsaved_for(actor: Actor, form: str) -> Unsaved | None:
    """What the actor has typed in the form at this unit and not saved, or None."""
    row = UnsavedText.objects.filter(user_id=actor.user_id, unit_id=actor.unit_id, form=form).first()
    return None if row is None else _unsaved(row)


def unsaved_of(actor: Actor, *, starting: str = "") -> list[Unsaved]:
    """All that the actor has typed at this unit and not saved, newest first; forms whose key starts so."""
    rows = _UNSAVED.dicts(user_id=actor.user_id, unit_id=actor.unit_id)
    return [_unsaved(UnsavedText(**row)) for row in rows if row["form"].startswith(starting)]


def taken_by_others(actor: Actor, form: str) -> Room:
    """What the forms beside this one take that are kept of the actor at this unit."""
    rows = UnsavedText.objects.filter(user_id=actor.user_id, unit_id=actor.unit_id)
    others = rows.exclude(form=clean_text(form))
    found = others.aggregate(forms=Count("pk"), characters=Sum(Length(Cast("fields", TextField()))))
    return Room(found["forms"], found["characters"] or 0)


# Whole, and chosen from here: nobody has left more than a few, and every page about a plan asks.
_UNSAVED = Prepared(
    lambda user_id, unit_id: (
        UnsavedText.objects.filter(user_id=user_id, unit_id=unit_id).order_by("-saved_at", "-id").values()
    ),
    user_id=int,
    unit_id=int,
)


def _unsaved(row: UnsavedText) -> Unsaved:
    return Unsaved(row.form, row.base_version, row.fields, row.saved_at)
