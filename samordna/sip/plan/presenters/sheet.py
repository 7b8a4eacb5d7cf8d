"""A plan as it is read: the same for the open edition, the signed one, the review and the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.casework.documents.presenters.authors import NOBODY, Author, Reader, author_of
from samordna.people.queries import PersonCard
from samordna.sip.plan.states import Attendance, ParticipantKind

KIND_LABELS: dict[str, str | Promise] = {
    ParticipantKind.INDIVIDUAL: _("The individual"),
    ParticipantKind.GUARDIAN: _("Guardian"),
}
ATTENDANCE_LABELS: dict[str, str | Promise] = {
    Attendance.UNKNOWN: _("Not stated"),
    Attendance.ATTENDED: _("Attended"),
    Attendance.ABSENT: _("Did not attend"),
}


@dataclass(frozen=True)
class ActivitySheet:
    lineage: str
    text: str
    responsible: str
    done_on: date | None
    author: Author
    version: int


@dataclass(frozen=True)
class GoalSheet:
    number: int
    lineage: str
    heading: str
    text: str
    responsible: str
    author: Author
    version: int
    activities: tuple[ActivitySheet, ...]


@dataclass(frozen=True)
class ParticipantSheet:
    lineage: str
    kind: str
    title: str
    person: str
    contact: str
    attendance: str
    attendance_word: str | Promise
    author: Author
    version: int

    @property
    def attended(self) -> bool:
        return self.attendance == Attendance.ATTENDED


@dataclass(frozen=True)
class PlanSheet:
    number: int
    met_on: date | None
    needs: str
    others_do: str
    principal: str
    coordinator: str
    coordinator_confirmed: bool
    participants: tuple[ParticipantSheet, ...]
    goals: tuple[GoalSheet, ...]
    law_author: Author


def plan_sheet(
    content: Mapping[str, Any], reader: Reader = NOBODY, versions: Mapping[str, int] | None = None
) -> PlanSheet:
    """From canonical content. `versions` are the rows' versions by lineage, for the buttons of an open edition."""
    held = versions or {}
    coordinator = content["coordinator"]
    return PlanSheet(
        number=content["number"],
        met_on=_day(content["met_on"]),
        needs=content["needs"],
        others_do=content["others_do"],
        principal=content["principal"]["name"] if content["principal"] else "",
        coordinator=f"{coordinator['name']}, {coordinator['unit_name']}",
        coordinator_confirmed=coordinator["confirmed"],
        participants=tuple(participant_sheet(line, reader, held) for line in content["participants"]),
        goals=tuple(_goal(number, goal, reader, held) for number, goal in enumerate(content["goals"], 1)),
        law_author=author_of(content["law_written"], reader),
    )


def shown_content(content: Mapping[str, Any], person: PersonCard) -> Mapping[str, Any]:
    """Content as it may be compared: without contacts where the person hides them (L-04)."""
    if not person.hides_contacts:
        return content
    return {**content, "participants": [{**line, "contact": ""} for line in content["participants"]]}


def participant_sheet(
    line: Mapping[str, Any], reader: Reader = NOBODY, versions: Mapping[str, int] | None = None
) -> ParticipantSheet:
    """One line of *Deltagare*, from canonical content of a plan or an evaluation."""
    kind, attendance = line["kind"], line["attendance"]
    person = ", ".join(part for part in (line["name"], line["role"]) if part)
    unit = line["unit_name"]
    label = KIND_LABELS.get(kind, "")
    return ParticipantSheet(
        lineage=line["lineage"],
        kind=kind,
        title=unit or (f"{person} ({str(label).lower()})" if label else person),
        person=person if unit else "",
        contact=line["contact"],
        attendance=attendance,
        attendance_word=ATTENDANCE_LABELS[attendance],
        author=author_of(line["written"], reader),
        version=(versions or {}).get(line["lineage"], 0),
    )


def _goal(number: int, goal: Mapping[str, Any], reader: Reader, versions: Mapping[str, int]) -> GoalSheet:
    return GoalSheet(
        number=number,
        lineage=goal["lineage"],
        heading=goal["heading"],
        text=goal["text"],
        responsible=goal["responsible"]["name"],
        author=author_of(goal["written"], reader),
        version=versions.get(goal["lineage"], 0),
        activities=tuple(_activity(activity, reader, versions) for activity in goal["activities"]),
    )


def _activity(activity: Mapping[str, Any], reader: Reader, versions: Mapping[str, int]) -> ActivitySheet:
    return ActivitySheet(
        lineage=activity["lineage"],
        text=activity["text"],
        responsible=activity["responsible"]["name"],
        done_on=_day(activity["done_on"]),
        author=author_of(activity["written"], reader),
        version=versions.get(activity["lineage"], 0),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
