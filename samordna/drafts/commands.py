"""Keeping and throwing away unsaved typing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from samordna.drafts.models import UnsavedText
from samordna.drafts.rules import save_refusal
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import demand
from samordna.kernel.text import clean_text

KEPT_FOR = timedelta(days=30)


@transaction.atomic
def save_unsaved(
    *, actor: Actor, form: str, base_version: int | None, fields: Mapping[str, Sequence[str]], at: datetime
) -> None:
    """Keep what the actor has typed in a form, instead of what was kept of it before.

    Refused: a form without a name, too much text. Texts are cleaned as everywhere.
    """
    form = clean_text(form)
    cleaned = {clean_text(name): [clean_text(value) for value in values] for name, values in fields.items()}
    demand(save_refusal(form, cleaned))
    row = UnsavedText(
        user_id=actor.user_id,
        unit_id=actor.unit_id,
        form=form,
        base_version=base_version,
        fields=cleaned,
        saved_at=at,
    )
    # One statement, so that two tabs with the same form do not meet in the middle.
    UnsavedText.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=("user_id", "unit_id", "form"),
        update_fields=("base_version", "fields", "saved_at"),
    )


@transaction.atomic
def discard_unsaved(*, actor: Actor, form: str) -> None:
    """Throw away what is kept of the form, when it has been saved or the user does not want it."""
    kept = UnsavedText.objects.filter(user_id=actor.user_id, unit_id=actor.unit_id, form=clean_text(form))
    kept.delete()


@transaction.atomic
def purge_unsaved(*, at: datetime) -> int:
    """Throw away what nobody has come back to for thirty days. Called by the worker; gives how many."""
    return UnsavedText.objects.filter(saved_at__lt=at - KEPT_FOR).delete()[0]
