"""The lists of the overview, as they stand in its left column and in its addresses."""

from dataclasses import dataclass
from enum import StrEnum

PAGE_SIZE = 50
# Finished cases grow for ever: the count stops here, so that the page costs the same in ten years (999+).
MOST_COUNTED = 1000


class ListName(StrEnum):
    """What the values mean stands in `queries.lists`."""

    TODO = "todo"
    OVERDUE = "overdue"
    WAITING = "waiting"
    ONGOING = "ongoing"
    DRAFTS = "drafts"
    UNHANDLED = "unhandled"
    ENDED = "ended"
    VOIDED = "voided"


# The order of the left column. UNHANDLED is for superusers (V-25).
PRESENT = (
    ListName.TODO,
    ListName.OVERDUE,
    ListName.WAITING,
    ListName.ONGOING,
    ListName.DRAFTS,
    ListName.UNHANDLED,
)
EARLIER = (ListName.ENDED, ListName.VOIDED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which list, whether only one's own cases (Bara mina), and which page of it."""

    name: ListName = ListName.ONGOING
    mine: bool = False
    page: int = 1


class SoughtBy(StrEnum):
    """The only things a person is searched by (L-08)."""

    CASE_NUMBER = "case_number"
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Sought:
    """`earlier` is the number of the century before, when ten digits were written."""

    by: SoughtBy
    value: str
    earlier: str = ""
