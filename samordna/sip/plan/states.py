"""Who takes part in planning, and whether they came."""

from enum import StrEnum


class ParticipantKind(StrEnum):
    """INDIVIDUAL and GUARDIAN are asked for apart; UNIT represents a unit; OTHER is written by hand."""

    INDIVIDUAL = "INDIVIDUAL"
    GUARDIAN = "GUARDIAN"
    UNIT = "UNIT"
    OTHER = "OTHER"


class Attendance(StrEnum):
    UNKNOWN = "UNKNOWN"
    ATTENDED = "ATTENDED"
    ABSENT = "ABSENT"


class Paper(StrEnum):
    """Which print. A plan that is replaced or voided is a print of its own, beside the one that was handed over."""

    PLAN = "plan"
    PLAN_REPLACED = "plan_replaced"
    PLAN_VOIDED = "plan_voided"
