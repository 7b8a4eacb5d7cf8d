"""A page of a list with the counts of all lists.

This is the most asked question of the system, and Django took ten times longer to put its SQL together than the
database took to answer it. So it is written as SQL, from fragments that stand here; values are always parameters.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils.dateparse import parse_datetime

from samordna.accounts.models import User
from samordna.assignments.models import Assignment
from samordna.assignments.queries import using_on
from samordna.cases.models import CoordinatorTerm, UnitCase
from samordna.cases.states import Bucket
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.kernel.module import Module
from samordna.kernel.prepared import Prepared
from samordna.organisations.models import Organisation
from samordna.overview.states import EARLIER, MOST_COUNTED, PAGE_SIZE, PRESENT, Chosen, ListName

ONGOING = (Bucket.TODO, Bucket.WAITING, Bucket.DRAFT)


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list. `due_at` is None when nothing is due; `handler_id` when nobody at the unit watches it.

    `known_name` and `known_number` stand where the unit sees the person as she was, and not as she is now.
    Coordinator and handler are those of today: by the names they have now, and whether they are still there.
    """

    case_id: UUID
    bucket: str
    acts_from: datetime | None
    due_at: datetime | None
    next_step: dict[str, Any]
    symbols: dict[str, str | list[str | None]]
    person_id: UUID
    coordinator_name: str
    coordinator_unit_name: str
    coordinator_here: bool
    handler_id: int | None
    last_change: datetime
    known_name: str
    known_number: str
    coordinator_works: bool = True

    @property
    def ongoing(self) -> bool:
        return self.bucket in ONGOING

    def late(self, at: datetime) -> bool:
        return self.ongoing and self.due_at is not None and self.due_at < at


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases each list has; `ended` and `voided` stop at `MOST_COUNTED`. `newest` is the last change of all."""

    of: dict[ListName, int]
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    counts: Counts
    more: bool


FIELDS = (
    "case_id", "bucket", "acts_from", "overdue_from", "next_step", "symbols", "person_id",
    "coordinator_name", "coordinator_unit_name", "coordinator_here", "handler_assignment_id", "last_change",
    "known_name", "known_number",
)  # fmt: skip

_TOLD_TODAY = frozenset({"coordinator_name", "coordinator_unit_name", "handler_assignment_id"})
_AS_STORED = tuple(name for name in FIELDS if name not in _TOLD_TODAY)
_COUNTED = ("present_counts", *(f"{name.value}_count" for name in EARLIER), "newest")
_TABLE = UnitCase._meta.db_table
_TERMS = CoordinatorTerm._meta.db_table
_ONGOING = "bucket IN ('TODO', 'WAITING', 'DRAFT')"
# What makes a case belong to a list. A task that lies ahead waits until then.
_CONDITIONS = {
    ListName.TODO: "bucket = 'TODO' AND (acts_from IS NULL OR acts_from <= %(at)s)",
    ListName.OVERDUE: f"{_ONGOING} AND overdue_from < %(at)s",
    ListName.WAITING: "(bucket = 'WAITING' OR bucket = 'TODO' AND acts_from > %(at)s)",
    ListName.ONGOING: _ONGOING,
    ListName.DRAFTS: f"{_ONGOING} AND has_draft",
    # Nobody was named, or who was has left or may no longer use the module.
    ListName.UNHANDLED: f"{_ONGOING} AND (handler_assignment_id IS NULL"
    " OR handler_assignment_id NOT IN ({working_here}))",
    ListName.ENDED: "bucket = 'ENDED'",
    ListName.VOIDED: "bucket = 'VOIDED'",
}
_OURS = "unit_id = %(unit)s AND module = %(module)s"
_COORDINATED = f"SELECT case_id FROM {_TERMS} WHERE assignment_id = %(me)s AND until_at IS NULL"  # noqa: S608
_MINE = f"{_OURS} AND (handler_assignment_id = %(me)s OR case_id IN ({_COORDINATED}))"
_LATEST_FIRST = "last_change DESC, {id} DESC"
_URGENT_FIRST = f"CASE WHEN {_CONDITIONS[ListName.TODO]} THEN 0 ELSE 1 END, next_due, {{id}}"
# What is told as it is today, whatever was stored with the case's last act: `r` is the row, `t` the coordinator's term.
_TODAY = (
    "COALESCE(u.name, r.coordinator_name) AS coordinator_name,"
    " COALESCE(o.name, r.coordinator_unit_name) AS coordinator_unit_name,"
    " CASE WHEN r.handler_assignment_id IN ({working_here}) THEN r.handler_assignment_id END AS handler_assignment_id,"
    " (t.id IS NULL OR EXISTS ({works})) AS coordinator_works"
)
_COORDINATORS = (
    f"LEFT JOIN {_TERMS} AS t ON t.case_id = r.case_id AND t.until_at IS NULL"
    f" LEFT JOIN {Assignment._meta.db_table} AS a ON a.id = t.assignment_id"
    f" LEFT JOIN {User._meta.db_table} AS u ON u.id = a.user_id"
    f" LEFT JOIN {Organisation._meta.db_table} AS o ON o.id = t.unit_id"
)
_WORKING_HERE = Prepared(
    lambda module, unit_id, day: using_on(module, day).filter(unit_id=unit_id).values_list("id"),
    module=str,
    unit_id=int,
    day=date,
)
_WORKS = Prepared(
    lambda module, assignment_id, day: using_on(module, day).filter(pk=assignment_id).values_list("id"),
    module=str,
    assignment_id=int,
    day=date,
)


@cache
def _working(_vendor: str) -> tuple[str, str, dict[str, Any]]:
    """Who works at the unit, whether a coordinator does, and the constants of both; worded once."""
    here, constants = _WORKING_HERE.as_text("here")
    works, others = _WORKS.as_text("works", assignment_id="t.assignment_id")
    return here, works, constants | others


def page(actor: Actor, module: Module, chosen: Chosen, at: datetime) -> Page:
    """One page of a list of the module with the counts of all lists. One statement; one more when the page is empty.

    Those whose task it is stand first, then by due time; of what is over the latest first. The counts ride on the
    rows as columns: the database works each out once, and a round to it is saved.
    """
    asked: dict[str, Any] = {
        **_working(connection.vendor)[2],
        "unit_id": actor.unit_id,
        "day": connection.ops.adapt_datefield_value(today(at)),
        "unit": actor.unit_id,
        "module": module.value,
        "me": actor.assignment_id,
        "at": connection.ops.adapt_datetimefield_value(at),
        "most": PAGE_SIZE + 1,
        "first": (chosen.page - 1) * PAGE_SIZE,
        "capped": MOST_COUNTED,
    }
    rows = list(UnitCase.objects.raw(_page_sql(chosen), asked))
    counted = _columns_of(rows[0]) if rows else _count_alone(chosen, asked)
    return Page(tuple(map(_line, rows[:PAGE_SIZE])), _counts(*counted), more=len(rows) > PAGE_SIZE)


def to_do_at(lists: Collection[tuple[int, Module]], at: datetime) -> dict[tuple[int, Module], int]:
    """How many cases each of these units has under *Att göra* of the module, zero included.

    One statement for all; it shows no case.
    """
    begun = Q(acts_from=None) | Q(acts_from__lte=at)
    wanted = [Q(unit_id=unit_id, module=module) for unit_id, module in lists]
    rows = UnitCase.objects.filter(begun, reduce(or_, wanted, Q(pk__in=[])), bucket=Bucket.TODO)
    counted = rows.order_by().values_list("unit_id", "module").annotate(Count("pk"))
    return dict.fromkeys(lists, 0) | {(unit_id, Module(name)): count for unit_id, name, count in counted}


def own(actor: Actor, module: Module) -> QuerySet[UnitCase]:
    """The unit's cases of the module."""
    return UnitCase.objects.filter(unit_id=actor.unit_id, module=module)


def _page_sql(chosen: Chosen) -> str:
    order = _LATEST_FIRST if chosen.name in EARLIER else _URGENT_FIRST
    here, works, _constants = _working(connection.vendor)
    stored = ", ".join(f"r.{name}" for name in (*_AS_STORED, *_COUNTED))
    return (
        f"SELECT r.id, {stored}, {_TODAY.format(working_here=here, works=works)}"  # noqa: S608 - fragments of this module
        f" FROM (SELECT id, next_due, {', '.join(FIELDS)}, {_counts_sql(chosen)} FROM {_TABLE}"
        f" WHERE {_own_sql(chosen)} AND {_condition(chosen.name)}"
        f" ORDER BY {order.format(id='id')} LIMIT %(most)s OFFSET %(first)s) AS r {_COORDINATORS}"
        f" ORDER BY {order.format(id='r.id')}"
    )


def _condition(name: ListName) -> str:
    return _CONDITIONS[name].replace("{working_here}", _working(connection.vendor)[0])


def _counts_sql(chosen: Chosen) -> str:
    """Columns with the counts of the present lists (as one text), of the earlier ones, and the last change."""
    ours = f"FROM {_TABLE} WHERE {_own_sql(chosen)}"
    present = " || ' ' || ".join(f"COUNT(*) FILTER (WHERE {_condition(name)})" for name in PRESENT)
    earlier = ", ".join(
        f"(SELECT COUNT(*) FROM (SELECT 1 {ours} AND {_CONDITIONS[name]} LIMIT %(capped)s) AS few)"  # noqa: S608
        f" AS {name.value}_count"
        for name in EARLIER
    )
    return (
        f"(SELECT {present} {ours} AND {_ONGOING}) AS present_counts, {earlier},"
        f" (SELECT MAX(last_change) {ours}) AS newest"
    )


def _own_sql(chosen: Chosen) -> str:
    return _MINE if chosen.mine else _OURS


def _columns_of(row: Any) -> tuple[Any, ...]:
    return row.present_counts, row.ended_count, row.voided_count, row.newest


def _count_alone(chosen: Chosen, asked: dict[str, Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_counts_sql(chosen)}", asked)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _counts(present: str, ended: int, voided: int, newest: datetime | str | None) -> Counts:
    of = dict(zip(PRESENT, map(int, present.split()), strict=True))
    return Counts({**of, ListName.ENDED: ended, ListName.VOIDED: voided}, _moment(newest))


def _moment(value: datetime | str | None) -> datetime | None:
    """SQLite keeps moments as text in UTC."""
    if not isinstance(value, str):
        return value
    moment = parse_datetime(value)
    return moment.replace(tzinfo=UTC) if moment else None


def _line(row: UnitCase) -> Line:
    works: bool = bool(row.coordinator_works)  # type: ignore[attr-defined]
    return replace(Line(*(getattr(row, name) for name in FIELDS)), coordinator_works=works)
