"""What can be printed, and where a print stands."""

from enum import StrEnum


class Template(StrEnum):
    """Which document. A plan that is replaced or voided is a print of its own, beside the one that was handed over."""

    PLAN = "plan"
    PLAN_REPLACED = "plan_replaced"
    PLAN_VOIDED = "plan_voided"


class Status(StrEnum):
    """Asked for, made, or not possible to make."""

    REQUESTED = "requested"
    READY = "ready"
    FAILED = "failed"
