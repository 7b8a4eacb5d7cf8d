"""What a print of a plan is made of. Callers fill it from the locked version; nothing here is looked up.

Dates and times are ISO texts: days as 2026-05-14, moments with a zone (2026-05-14T11:00:00+00:00).
Texts are printed as they are, never read as markup. A text may be empty; its heading is then left out,
except for the four that the law asks for, which say "Inget" (nothing).
"""

from typing import Literal, NotRequired, TypedDict


class PersonData(TypedDict):
    """The individual. With `protected` the address is never printed, even if it stands here."""

    name: str
    number: str
    protected: bool
    address: NotRequired[list[str]]
    phone: NotRequired[str]


class CoordinatorData(TypedDict):
    """Whom to call."""

    name: str
    title: str
    unit: str
    phone: str


class ParticipantData(TypedDict):
    """One who was to take part. `signs` gives a line to sign on; the individual has one without asking."""

    name: str
    role: str
    unit: str
    attended: bool
    signs: bool


class ActivityData(TypedDict):
    """`done_by` is a day, or None for what goes on during the whole SIP."""

    text: str
    responsible: str
    done_by: str | None


class GoalData(TypedDict):
    """`heading` is the individual's own words."""

    heading: str
    text: str
    responsible: str
    activities: list[ActivityData]


class FollowUpData(TypedDict):
    """The next follow-up; time and place may be empty."""

    day: str
    time: str
    place: str


class SignatureData(TypedDict):
    """A signature given in the system."""

    signed_by: str
    signed_at: str


class MarkData(TypedDict):
    """Why the print is not the valid plan. `by` and `reason` may be empty."""

    kind: Literal["replaced", "voided", "ended", "other_number"]
    at: str
    by: str
    reason: str


class PlanData(TypedDict):
    """A locked version of a plan."""

    language: NotRequired[str]
    practice: bool
    mark: MarkData | None
    case_number: str
    version: int
    plan_day: str
    locked_at: str
    locked_by: str
    person: PersonData
    coordinator: CoordinatorData
    participants: list[ParticipantData]
    needs: str
    responsibilities: str
    others: str
    overall_principal: str
    goals: list[GoalData]
    next_followup: FollowUpData | None
    consent: str
    signatures: list[SignatureData]
