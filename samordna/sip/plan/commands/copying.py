"""The next edition begins with what the last one says: rows are copied with lineage, author and version.

Keeping the version lets what somebody had typed and not saved be compared with the new row as with the old one.
"""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from samordna.casework.documents.commands.rows import author
from samordna.kernel.actor import Actor
from samordna.sip.plan.models import Activity, Goal, Participant, PlanContent
from samordna.sip.plan.states import Attendance, ParticipantKind


def copy_plan_content(
    *, from_version_id: UUID, to_version_id: UUID, actor: Actor, at: datetime, new_meeting: bool = False
) -> None:
    """Copy all that a plan says to an empty edition; removed rows are left behind.

    After a `new_meeting` nothing is known of who attended, when it was, or who coordinates from then on.
    """
    copy_participants(
        from_version_id=from_version_id,
        to_version_id=to_version_id,
        actor=actor,
        at=at,
        new_meeting=new_meeting,
    )
    law = PlanContent.objects.get(edition_id=from_version_id)
    changes = {"met_on": None, "coordinator_confirmed": False} if new_meeting else {}
    PlanContent.objects.create(**_columns(law, edition_id=to_version_id, gaps=0, **changes))
    _copy_goals(from_version_id, to_version_id)


def copy_participants(
    *,
    from_version_id: UUID,
    to_version_id: UUID,
    actor: Actor,
    at: datetime,
    new_meeting: bool = False,
    same_people: bool = False,
) -> None:
    """Copy *Deltagare* to an empty edition of a plan or an evaluation, in the same order.

    After a `new_meeting` nothing is known of who attended, nor who represents a unit, unless the `same_people` are
    preselected (guide 6.2).
    """
    rows = Participant.objects.filter(edition_id=from_version_id, removed_at__isnull=True)
    changes = _unknown(actor, at) if new_meeting else {}
    others = new_meeting and not same_people
    Participant.objects.bulk_create(
        [
            Participant(**_columns(row, edition_id=to_version_id, **changes, **_unnamed(row, others)))
            for row in rows
        ]
    )


def _unknown(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"attendance": Attendance.UNKNOWN, **author(actor, at)}


def _unnamed(row: Participant, new_meeting: bool) -> dict[str, Any]:
    """Another person may represent the unit at the next meeting."""
    named = new_meeting and row.kind == ParticipantKind.UNIT
    return {"user_id": None, "name": "", "role": ""} if named else {}


def _copy_goals(from_version_id: UUID, to_version_id: UUID) -> None:
    rows = list(Goal.objects.filter(edition_id=from_version_id, removed_at__isnull=True))
    copies = {row.pk: Goal(**_columns(row, edition_id=to_version_id)) for row in rows}
    Goal.objects.bulk_create(copies.values())
    activities = Activity.objects.filter(goal_id__in=list(copies), removed_at__isnull=True)
    Activity.objects.bulk_create(
        [Activity(**_columns(row, goal_id=copies[row.goal_id].pk)) for row in activities]
    )


def _columns(row: PlanContent | Participant | Goal | Activity, **changes: Any) -> dict[str, Any]:
    """The row's columns but its key, with these changes."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    key = {} if isinstance(row, PlanContent) else {"id": uuid.uuid4()}
    return kept | key | changes
