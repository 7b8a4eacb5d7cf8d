"""How an activity can go."""

from enum import StrEnum


class ReportStatus(StrEnum):
    """How an activity goes. Only DONE closes it for further follow-up (V-60)."""

    NOT_STARTED = "NOT_STARTED"
    ONGOING = "ONGOING"
    DONE = "DONE"
    NOT_CARRIED_OUT = "NOT_CARRIED_OUT"
