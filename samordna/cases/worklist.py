"""Storing and reading the rows of the worklist. What stands in them is computed by the room of the module."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from samordna.cases.facts import CaseFacts
from samordna.cases.models import UnitCase
from samordna.cases.seeing import person_seen_by
from samordna.cases.states import Bucket, StepStatus
from samordna.kernel.changing import Insert
from samordna.people.queries import stored_key

FAR_AWAY = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Symbol:
    """A part as one unit sees it. With `acts_from` it is a task from that moment, not before.

    Until then a TODO has not started; what is locked or voided shows that.
    """

    status: StepStatus
    acts_from: datetime | None = None
    due_at: datetime | None = None

    def seen_at(self, at: datetime) -> StepStatus:
        if self.acts_from is None:
            return self.status
        if self.acts_from <= at:
            return StepStatus.TODO
        return StepStatus.NOT_STARTED if self.status == StepStatus.TODO else self.status

    def stored(self) -> str | list[str | None]:
        """Most have no times: then the status is all."""
        if self.acts_from is None and self.due_at is None:
            return self.status.value
        return [
            self.status.value,
            self.acts_from.isoformat() if self.acts_from else None,
            self.due_at.isoformat() if self.due_at else None,
        ]

    @classmethod
    def loaded(cls, stored: str | Sequence[str | None]) -> "Symbol":
        status, acts_from, due_at = (stored, None, None) if isinstance(stored, str) else stored
        return cls(StepStatus(str(status)), _moment(acts_from), _moment(due_at))


@dataclass(frozen=True)
class NextStep:
    """What is next, as a code with the names and numbers that its sentence needs. Never the person's name.

    `spread`: those waited for have different deadlines, and the due time is the first one's.
    """

    code: str
    part: str = ""
    unit: str = ""
    who: str = ""
    count: int = 0
    total: int = 0
    at: str = ""
    spread: bool = False
    reason: str = ""

    def stored(self) -> dict[str, str | int]:
        """What there is of it; the rest is as it is from the start."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Row:
    """One unit's row: the bucket it lies in, its symbols by part, what is next and by when.

    `renew_at` is the moment at which it is to be computed anew, though nobody acts; None when no moment changes it.
    """

    unit_id: int
    bucket: Bucket
    has_draft: bool
    acts_from: datetime | None
    due_at: datetime | None
    next_step: NextStep
    symbols: dict[str, Symbol] = field(default_factory=dict)
    last_change: datetime = FAR_AWAY
    renew_at: datetime | None = None


def store_rows(*, case: CaseFacts, rows: Sequence[Row]) -> None:
    """Replace the case's rows by these, in one statement; rows of units that are gone are deleted."""
    _store([_unit_case(case, row) for row in rows])
    here = [row.unit_id for row in rows]
    if len(here) < len({participation.unit_id for participation in case.participations}):
        UnitCase.objects.filter(case_id=case.id).exclude(unit_id__in=here).delete()


_store = Insert(
    UnitCase,
    unique=("case", "unit"),
    replaced=(
        "bucket", "has_draft", "acts_from", "next_due", "overdue_from", "next_step", "symbols", "case_number",
        "person_id", "known_name", "known_number", "known_key", "coordinator_name", "coordinator_unit_name",
        "coordinator_here",
        "handler_assignment_id", "handler_name", "last_change", "renew_at",
    ),
)  # fmt: skip


def compute_later(case_ids: Collection[UUID], at: datetime) -> None:
    """The rows of cases that an act of another module has touched: the worker computes them anew by their own."""
    UnitCase.objects.filter(case_id__in=case_ids).update(renew_at=at)


def rows_of(case_id: UUID) -> dict[int, dict[str, object]]:
    """The stored rows by unit, as plain values, to be compared with computed ones."""
    return {row.unit_id: plain(row) for row in UnitCase.objects.filter(case_id=case_id)}


def computed(case: CaseFacts, rows: Sequence[Row]) -> dict[int, dict[str, object]]:
    """The same shape as `rows_of`, from computed rows."""
    return {row.unit_id: plain(_unit_case(case, row)) for row in rows}


def plain(row: UnitCase) -> dict[str, object]:
    names = [f.attname for f in UnitCase._meta.concrete_fields if f.attname != "id"]
    return {name: getattr(row, name) for name in names}


def _unit_case(case: CaseFacts, row: Row) -> UnitCase:
    handler = case.handler_at(row.unit_id)
    known = person_seen_by(case, row.unit_id).then
    return UnitCase(
        case_id=case.id,
        unit_id=row.unit_id,
        module=case.module,
        bucket=row.bucket,
        has_draft=row.has_draft,
        acts_from=row.acts_from,
        next_due=row.due_at or FAR_AWAY,
        overdue_from=row.due_at,
        next_step=row.next_step.stored(),
        symbols={part: symbol.stored() for part, symbol in row.symbols.items()},
        case_number=case.number,
        person_id=case.person_id,
        known_name=known.name if known else "",
        known_number=known.number if known else "",
        known_key=stored_key(known.name) if known else "",
        coordinator_name=case.coordinator.name,
        coordinator_unit_name=case.coordinator.unit_name,
        coordinator_here=case.coordinator.unit_id == row.unit_id,
        handler_assignment_id=handler.assignment_id if handler else None,
        handler_name=handler.name if handler else "",
        last_change=row.last_change,
        renew_at=row.renew_at,
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
