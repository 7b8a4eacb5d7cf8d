"""Where a print stands."""

from enum import StrEnum


class Status(StrEnum):
    """Asked for, made, or not possible to make."""

    REQUESTED = "requested"
    READY = "ready"
    FAILED = "failed"
