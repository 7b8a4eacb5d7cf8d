"""Saving one row of a document by itself, with its own version."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal, Stale

CHANGED_MEANWHILE = Refusal(
    "row.changed",
    _("Someone else changed the same passage since you opened it."),
    _("Choose what is to stand."),
)


def author(actor: Actor, at: datetime) -> dict[str, Any]:
    """The columns that say who wrote a row."""
    return {
        "written_at": at,
        "written_by_id": actor.user_id,
        "written_by_name": actor.user_name,
        "written_unit_name": actor.unit_name,
    }


def save_row(rows: QuerySet[Any], *, version: int, actor: Actor, at: datetime, **values: Any) -> None:
    """Save the row that `rows` selects if it still has this version, and count one more. Raises `Stale` else."""
    if not rows.filter(version=version).update(version=F("version") + 1, **author(actor, at), **values):
        raise Stale(CHANGED_MEANWHILE)
