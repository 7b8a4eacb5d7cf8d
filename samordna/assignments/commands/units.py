"""The choice of unit."""

from datetime import datetime

from django.db import transaction

from samordna.assignments.models import Assignment
from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor


@transaction.atomic
def choose_unit(*, actor: Actor, at: datetime) -> None:
    """The user works at that unit from now on. The actor has been built from an assignment that is valid."""
    Assignment.objects.filter(pk=actor.assignment_id).update(last_chosen_at=at)
    record(
        actor=actor,
        at=at,
        action=Action.SESSION_UNIT_CHOSEN,
        object_kind="assignment",
        object_id=str(actor.assignment_id),
    )
