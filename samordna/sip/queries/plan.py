"""Reading what a plan or an evaluation says. Who may see the case is settled before, at its door."""

from uuid import UUID

from django.db.models import Prefetch

from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import NotVisible
from samordna.sip.models import Activity, Goal, Participant, PlanContent, PlanHandover
from samordna.sip.plan_facts import (
    ActivityFacts,
    GoalFacts,
    LawFacts,
    ParticipantFacts,
    PlanFacts,
    Written,
)
from samordna.sip.states import Attendance, ParticipantKind


def plan_of(edition_id: UUID) -> PlanFacts:
    """All that one edition of a plan says, in four statements. NotVisible when it is no plan's."""
    law = PlanContent.objects.filter(edition_id=edition_id).first()
    if law is None:
        raise NotVisible
    return PlanFacts(edition_id, _law(law), participants_of(edition_id), _goals(edition_id))


def participants_of(edition_id: UUID) -> tuple[ParticipantFacts, ...]:
    """*Deltagare* of a plan or an evaluation, the removed ones too."""
    return tuple(_participant(Participant(**row)) for row in _PARTICIPANTS.dicts(edition_id=edition_id))


_PARTICIPANTS = Prepared(
    lambda edition_id: (
        Participant.objects.filter(edition_id=edition_id).order_by("position", "written_at", "id").values()
    ),
    edition_id=UUID,
)


def handovers_of(edition_id: UUID) -> tuple[PlanHandover, ...]:
    """That the plan was handed over, oldest first (V-54)."""
    return tuple(PlanHandover(**row) for row in _HANDOVERS.dicts(edition_id=edition_id))


_HANDOVERS = Prepared(
    lambda edition_id: (
        PlanHandover.objects.filter(edition_id=edition_id).order_by("recorded_at", "id").values()
    ),
    edition_id=UUID,
)


def _goals(edition_id: UUID) -> tuple[GoalFacts, ...]:
    activities = Activity.objects.order_by("position", "written_at", "id")
    rows = Goal.objects.filter(edition_id=edition_id).prefetch_related(Prefetch("activities", activities))
    return tuple(_goal(row) for row in rows.order_by("position", "written_at", "id"))


def _written(row: PlanContent | Participant | Goal | Activity) -> Written:
    return Written(
        version=row.version,
        at=row.written_at,
        by_id=row.written_by_id,
        by=row.written_by_name,
        unit=row.written_unit_name,
    )


def _law(row: PlanContent) -> LawFacts:
    return LawFacts(
        met_on=row.met_on,
        needs=row.needs,
        others_do=row.others_do,
        principal_id=row.principal_id,
        principal_name=row.principal_name,
        coordinator_confirmed=row.coordinator_confirmed,
        written=_written(row),
    )


def _participant(row: Participant) -> ParticipantFacts:
    return ParticipantFacts(
        id=row.pk,
        lineage=row.lineage,
        kind=ParticipantKind(row.kind),
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        user_id=row.user_id,
        name=row.name,
        role=row.role,
        contact=row.contact,
        attendance=Attendance(row.attendance),
        removed=row.removed_at is not None,
        written=_written(row),
    )


def _goal(row: Goal) -> GoalFacts:
    return GoalFacts(
        id=row.pk,
        lineage=row.lineage,
        heading=row.heading,
        text=row.text,
        responsible_lineage=row.responsible_lineage,
        responsible_name=row.responsible_name,
        removed=row.removed_at is not None,
        written=_written(row),
        activities=tuple(_activity(activity) for activity in row.activities.all()),
    )


def _activity(row: Activity) -> ActivityFacts:
    return ActivityFacts(
        id=row.pk,
        lineage=row.lineage,
        text=row.text,
        responsible_lineage=row.responsible_lineage,
        responsible_name=row.responsible_name,
        done_on=row.done_on,
        removed=row.removed_at is not None,
        written=_written(row),
    )
