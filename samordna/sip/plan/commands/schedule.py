"""The day that the next follow-up is due, of the plan that holds (V-62)."""

from datetime import date, datetime
from uuid import UUID

from samordna.kernel.actor import Actor
from samordna.sip.plan.models import FollowUpSchedule


def set_due(case_id: UUID, due_on: date, actor: Actor, at: datetime) -> None:
    """The day from now on. The one set before stays in the history."""
    end_due(case_id, at)
    FollowUpSchedule.objects.create(
        case_id=case_id, due_on=due_on, set_at=at, set_by_id=actor.user_id, set_by_name=actor.user_name
    )


def end_due(case_id: UUID, at: datetime) -> None:
    """The follow-up that was due is not asked for any more: it is done, or its plan no longer holds."""
    FollowUpSchedule.objects.filter(case_id=case_id, met_at__isnull=True).update(met_at=at)
