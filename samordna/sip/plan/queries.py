"""Reading what a plan or an evaluation says. Who may see the case is settled before, at its door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, When

from samordna.casework.documents.queries import written_of
from samordna.documents.states import VersionStatus
from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import NotVisible
from samordna.kernel.rows import columns, made
from samordna.kernel.together import Together
from samordna.sip.plan.facts import (
    RESPONSIBLE_LIMIT,
    ActivityFacts,
    GoalFacts,
    LawFacts,
    ParticipantFacts,
    PlanFacts,
)
from samordna.sip.plan.models import Activity, Goal, Participant, PlanContent, PlanHandover
from samordna.sip.plan.states import Attendance, ParticipantKind


def plan_of(edition_id: UUID) -> PlanFacts:
    """All that one edition of a plan says, in one statement. NotVisible when it is no plan's.

    While it is open, people and units stand in it as they are called now; what was signed is read where it was signed.
    """
    rows = _PLAN.rows(edition_id=edition_id)
    if not rows["law"]:
        raise NotVisible
    participants = _participants_from(rows["participants"])
    written = rows["law"][0]
    law = replace(_law(made(PlanContent, written)), principal_name=written[-1])
    goals = _goals(rows["goals"], rows["activities"])
    return PlanFacts(edition_id, law, participants, _with_names(goals, _renamed(rows["participants"])))


def participants_of(edition_id: UUID) -> tuple[ParticipantFacts, ...]:
    """*Deltagare* of a plan or an evaluation, the removed ones too; of an open edition with the names of now."""
    return _participants_from(_PARTICIPANTS.rows(edition_id=edition_id))


def _participants_from(rows: Iterable[Sequence[Any]]) -> tuple[ParticipantFacts, ...]:
    return tuple(now for _then, now in map(_then_and_now, rows))


def _then_and_now(row: Sequence[Any]) -> tuple[ParticipantFacts, ParticipantFacts]:
    """A participant as it was written, and with the names that person and unit have now."""
    then = _participant(made(Participant, row))
    return then, replace(then, name=row[-2], unit_name=row[-1])


def _renamed(rows: Iterable[Sequence[Any]]) -> dict[tuple[UUID | None, str], str]:
    """Participants who are called something else now: as they were made responsible for something, in the list or by a
    search, and as now."""
    return {
        (lineage, then.shown[:RESPONSIBLE_LIMIT]): now.shown[:RESPONSIBLE_LIMIT]
        for then, now in map(_then_and_now, rows)
        for lineage in (then.lineage, None)
        if then.shown and then.shown != now.shown
    }


def _with_names(
    goals: tuple[GoalFacts, ...], renamed: Mapping[tuple[UUID | None, str], str]
) -> tuple[GoalFacts, ...]:
    if not renamed:
        return goals

    def now(row: GoalFacts | ActivityFacts) -> str:
        return renamed.get((row.responsible_lineage, row.responsible_name), row.responsible_name)

    return tuple(
        replace(
            goal,
            responsible_name=now(goal),
            activities=tuple(replace(one, responsible_name=now(one)) for one in goal.activities),
        )
        for goal in goals
    )


def _goals(goals: Iterable[Sequence[Any]], activities: Iterable[Sequence[Any]]) -> tuple[GoalFacts, ...]:
    below: dict[UUID, list[ActivityFacts]] = {}
    for values in activities:
        activity = made(Activity, values)
        below.setdefault(activity.goal_id, []).append(_activity(activity, _called_now(values)))
    rows = [(made(Goal, values), _called_now(values)) for values in goals]
    return tuple(_goal(row, below.get(row.pk, []), called) for row, called in rows)


def _called_now(row: Sequence[Any]) -> str:
    """Whoever was found by a search (*Välj annan*), as she is called now; nobody in what was signed."""
    name, *place = row[-3:]
    return ", ".join(part for part in (name, *place) if part)[:RESPONSIBLE_LIMIT] if name else ""


def _found_now(edition: str) -> tuple[Case | F, ...]:
    """The columns of `_called_now`, the first one empty unless the edition is open."""
    found = "responsible_assignment"
    is_open = Q(**{f"{edition}__status": VersionStatus.OPEN, f"{found}__isnull": False})
    return (
        Case(When(is_open, then=F(f"{found}__user__name"))),
        F(f"{found}__title"),
        F(f"{found}__unit__name"),
    )


_WRITTEN_ORDER = ("position", "written_at", "id")
_OPEN = Q(edition__status=VersionStatus.OPEN)
_NAME_NOW = Case(
    When(_OPEN & Q(kind=ParticipantKind.INDIVIDUAL), then=F("edition__document__case__person__name")),
    When(_OPEN & Q(user__isnull=False), then=F("user__name")),
    default=F("name"),
)
_UNIT_NOW = Case(When(_OPEN & Q(unit__isnull=False), then=F("unit__name")), default=F("unit_name"))
_PRINCIPAL_NOW = Case(
    When(_OPEN & Q(principal__isnull=False), then=F("principal__name")), default=F("principal_name")
)
_PARTICIPANTS = Prepared(
    lambda edition_id: (
        Participant.objects.filter(edition_id=edition_id)
        .order_by(*_WRITTEN_ORDER)
        .values_list(*columns(Participant), _NAME_NOW, _UNIT_NOW)
    ),
    edition_id=UUID,
)
_PLAN = Together(
    law=Prepared(
        lambda edition_id: PlanContent.objects.filter(edition_id=edition_id).values_list(
            *columns(PlanContent), _PRINCIPAL_NOW
        ),
        edition_id=UUID,
    ),
    participants=_PARTICIPANTS,
    goals=Prepared(
        lambda edition_id: (
            Goal.objects.filter(edition_id=edition_id)
            .order_by(*_WRITTEN_ORDER)
            .values_list(*columns(Goal), *_found_now("edition"))
        ),
        edition_id=UUID,
    ),
    activities=Prepared(
        lambda edition_id: (
            Activity.objects.filter(goal__edition_id=edition_id)
            .order_by(*_WRITTEN_ORDER)
            .values_list(*columns(Activity), *_found_now("goal__edition"))
        ),
        edition_id=UUID,
    ),
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


def _law(row: PlanContent) -> LawFacts:
    return LawFacts(
        met_on=row.met_on,
        needs=row.needs,
        others_do=row.others_do,
        principal_id=row.principal_id,
        principal_name=row.principal_name,
        coordinator_confirmed=row.coordinator_confirmed,
        written=written_of(row),
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
        written=written_of(row),
    )


def _goal(row: Goal, activities: Sequence[ActivityFacts], called: str) -> GoalFacts:
    return GoalFacts(
        id=row.pk,
        lineage=row.lineage,
        heading=row.heading,
        text=row.text,
        responsible_lineage=row.responsible_lineage,
        responsible_name=called or row.responsible_name,
        removed=row.removed_at is not None,
        written=written_of(row),
        activities=tuple(activities),
    )


def _activity(row: Activity, called: str) -> ActivityFacts:
    return ActivityFacts(
        id=row.pk,
        lineage=row.lineage,
        text=row.text,
        responsible_lineage=row.responsible_lineage,
        responsible_name=called or row.responsible_name,
        done_on=row.done_on,
        removed=row.removed_at is not None,
        written=written_of(row),
    )
