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
