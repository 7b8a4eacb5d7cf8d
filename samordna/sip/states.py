"""The parts of a SIP, its phases, and what each part requires before it can begin. Pure words, no Django."""

from enum import StrEnum

# Migrations that have landed look for these here.
from samordna.casework.meetings.states import MeetingForm as MeetingForm
from samordna.sip.plan.states import Attendance as Attendance


class Part(StrEnum):
    """The parts in the order of the process (Västmanland guide, chapter 1)."""

    INITIATIVE = "INITIATIVE"
    SBAR = "SBAR"
    SUMMONS = "SUMMONS"
    PLAN = "PLAN"
    FOLLOW_UP = "FOLLOW_UP"
    EVALUATION_SUMMONS = "EVALUATION_SUMMONS"
    EVALUATION = "EVALUATION"
    INFORMATION = "INFORMATION"


class Phase(StrEnum):
    PREPARATION = "PREPARATION"
    IMPLEMENTATION = "IMPLEMENTATION"
    ENDING = "ENDING"
    GENERAL = "GENERAL"


PHASES: dict[Phase, tuple[Part, ...]] = {
    Phase.PREPARATION: (Part.INITIATIVE, Part.SBAR, Part.SUMMONS),
    Phase.IMPLEMENTATION: (Part.PLAN, Part.FOLLOW_UP),
    Phase.ENDING: (Part.EVALUATION_SUMMONS, Part.EVALUATION),
    Phase.GENERAL: (Part.INFORMATION,),
}


class Requirement(StrEnum):
    """Something that must be so before a part may begin."""

    INITIATIVE_SENT = "INITIATIVE_SENT"
    INITIATIVE_ACCEPTED = "INITIATIVE_ACCEPTED"
    SBAR_SWITCHED_ON = "SBAR_SWITCHED_ON"
    SUMMONS_SENT = "SUMMONS_SENT"
    PLAN_SIGNED = "PLAN_SIGNED"
    NO_OPEN_EDITION = "NO_OPEN_EDITION"
    PLAN_COMPLETE = "PLAN_COMPLETE"
    PLAN_LOCKED = "PLAN_LOCKED"
    NO_NEW_PLAN = "NO_NEW_PLAN"
    NOT_EVALUATED = "NOT_EVALUATED"
    EVALUATION_SUMMONED_OR_FOLLOWED_UP = "EVALUATION_SUMMONED_OR_FOLLOWED_UP"
    EVALUATION_LOCKED = "EVALUATION_LOCKED"


class Beginning(StrEnum):
    """What can begin: the rows of V-04."""

    INITIATIVE = "INITIATIVE"
    SBAR = "SBAR"
    SUMMONS = "SUMMONS"
    PLAN = "PLAN"
    PLAN_LOCK = "PLAN_LOCK"
    FOLLOW_UP = "FOLLOW_UP"
    NEW_PLAN = "NEW_PLAN"
    EVALUATION_SUMMONS = "EVALUATION_SUMMONS"
    EVALUATION = "EVALUATION"
    ENDING = "ENDING"
    INFORMATION = "INFORMATION"


REQUIRES: dict[Beginning, tuple[Requirement, ...]] = {
    Beginning.INITIATIVE: (),
    Beginning.SBAR: (Requirement.SBAR_SWITCHED_ON, Requirement.INITIATIVE_SENT),
    Beginning.INFORMATION: (Requirement.INITIATIVE_SENT,),
    Beginning.SUMMONS: (Requirement.INITIATIVE_ACCEPTED, Requirement.NOT_EVALUATED),
    Beginning.PLAN: (Requirement.NOT_EVALUATED, Requirement.SUMMONS_SENT),
    Beginning.PLAN_LOCK: (Requirement.PLAN_SIGNED, Requirement.NO_OPEN_EDITION, Requirement.PLAN_COMPLETE),
    Beginning.FOLLOW_UP: (Requirement.PLAN_LOCKED,),
    Beginning.NEW_PLAN: (Requirement.PLAN_LOCKED, Requirement.NOT_EVALUATED),
    Beginning.EVALUATION_SUMMONS: (Requirement.PLAN_LOCKED, Requirement.NO_NEW_PLAN),
    Beginning.EVALUATION: (
        Requirement.PLAN_LOCKED,
        Requirement.NO_NEW_PLAN,
        Requirement.EVALUATION_SUMMONED_OR_FOLLOWED_UP,
    ),
    Beginning.ENDING: (Requirement.EVALUATION_LOCKED,),
}
