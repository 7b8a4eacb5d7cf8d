"""What a plan says, as frozen values: participants, what the law wants, goals with activities.

`lineage` is the same through versions, plans and follow-up; `id` is the row of one edition.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samordna.casework.documents.facts import Written
from samordna.sip.plan.states import Attendance, ParticipantKind

# Name, title and unit of one person, each as long as it may be.
RESPONSIBLE_LIMIT = 400


@dataclass(frozen=True)
class ParticipantFacts:
    id: UUID
    lineage: UUID
    kind: ParticipantKind
    unit_id: int | None
    unit_name: str
    user_id: int | None
    name: str
    role: str
    contact: str
    attendance: Attendance
    removed: bool
    written: Written

    @property
    def attended(self) -> bool:
        return self.attendance == Attendance.ATTENDED

    @property
    def shown(self) -> str:
        """ "Ida Berg, fysioterapeut, Rehab Väster"; a unit without a person is its name."""
        return participant_line(self.name, self.role, self.unit_name)


@dataclass(frozen=True)
class ActivityFacts:
    id: UUID
    lineage: UUID
    text: str
    responsible_lineage: UUID | None
    responsible_name: str
    done_on: date | None
    removed: bool
    written: Written


@dataclass(frozen=True)
class GoalFacts:
    id: UUID
    lineage: UUID
    heading: str
    text: str
    responsible_lineage: UUID | None
    responsible_name: str
    removed: bool
    written: Written
    activities: tuple[ActivityFacts, ...]

    @property
    def standing(self) -> tuple[ActivityFacts, ...]:
        return tuple(activity for activity in self.activities if not activity.removed)


@dataclass(frozen=True)
class LawFacts:
    """What the law wants beside goals (socialtjänstlagen 2 kap. 7 §, hälso- och sjukvårdslagen 16 kap. 4 §)."""

    met_on: date | None
    needs: str
    others_do: str
    principal_id: int | None
    principal_name: str
    coordinator_confirmed: bool
    written: Written


@dataclass(frozen=True)
class PlanFacts:
    """One edition of a plan. Removed rows are kept, so that removing can be undone."""

    edition_id: UUID
    law: LawFacts
    participants: tuple[ParticipantFacts, ...]
    goals: tuple[GoalFacts, ...]

    @property
    def standing_participants(self) -> tuple[ParticipantFacts, ...]:
        return tuple(participant for participant in self.participants if not participant.removed)

    @property
    def attended(self) -> tuple[ParticipantFacts, ...]:
        """Among these a responsible one is chosen (V-51)."""
        return tuple(participant for participant in self.standing_participants if participant.attended)

    @property
    def standing_goals(self) -> tuple[GoalFacts, ...]:
        return tuple(goal for goal in self.goals if not goal.removed)

    def goal(self, lineage: UUID) -> GoalFacts | None:
        return next((goal for goal in self.goals if goal.lineage == lineage), None)

    def activity(self, lineage: UUID) -> ActivityFacts | None:
        return next((a for goal in self.goals for a in goal.activities if a.lineage == lineage), None)

    def goal_of(self, activity_lineage: UUID) -> GoalFacts | None:
        """The goal that an activity belongs to."""
        return next((g for g in self.goals if any(a.lineage == activity_lineage for a in g.activities)), None)

    def participant(self, lineage: UUID) -> ParticipantFacts | None:
        return next((p for p in self.participants if p.lineage == lineage), None)


def participant_line(name: str, role: str, unit_name: str) -> str:
    """As in "Ansvarig" and in lists."""
    return ", ".join(part for part in (name, role, unit_name) if part)
