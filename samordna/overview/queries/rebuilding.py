"""Which rows are to be computed anew, and where stored ones differ from computed (design, section 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from samordna.cases import worklist
from samordna.cases.models import Case, UnitCase
from samordna.casework.file.queries import for_rebuild
from samordna.casework.file.steps.rows import rows
from samordna.casework.process import Process
from samordna.kernel.module import Module
from samordna.overview.processes import PROCESSES


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit's row that is not what the case says. `fields` is empty when the row is missing or should not be there."""

    case_id: UUID
    unit_id: int
    fields: tuple[str, ...]

    def __str__(self) -> str:
        told = ", ".join(self.fields) or "the row is missing or should not be there"
        return f"case {self.case_id}, unit {self.unit_id}: {told}"


def left_alone() -> dict[str, int]:
    """How many cases there are of each module whose rows no process here computes."""
    unknown = Case.objects.exclude(module__in=PROCESSES).order_by("module")
    return dict(unknown.values_list("module").annotate(Count("id")))


def cases_to_rebuild(module: Module, *, batch: int, everything: bool) -> Iterator[UUID]:
    """Cases whose rows another version computed, or all. Reads `batch` ids at a time and never the same twice."""
    waiting = Case.objects.filter(module=module).order_by("id").values_list("id", flat=True)
    if not everything:
        waiting = waiting.exclude(steps_version=PROCESSES[module].steps_version)
    ids = list(waiting[:batch])
    while ids:
        yield from ids
        ids = list(waiting.filter(id__gt=ids[-1])[:batch])


def next_cases(module: Module, after: UUID | None, batch: int) -> list[UUID]:
    """The cases that follow one in the order of their ids; the first ones when there is none."""
    cases = Case.objects.filter(module=module).order_by("id").values_list("id", flat=True)
    return list((cases if after is None else cases.filter(id__gt=after))[:batch])


def cases_to_renew(module: Module, at: datetime, batch: int) -> list[UUID]:
    """Cases with a row whose moment has come."""
    due = UnitCase.objects.filter(renew_at__lte=at, module=module).order_by("renew_at")
    return list(dict.fromkeys(due.values_list("case_id", flat=True)[:batch]))


@transaction.atomic
def differences(process: Process[Any], case_id: UUID, at: datetime) -> list[Difference]:
    """Where a case's stored rows differ from those computed as of the moment.

    The case is held, so that no act falls between.
    """
    facts = for_rebuild(process, case_id, lock=True)
    computed = worklist.computed(facts.case, rows(facts, at))
    stored = worklist.rows_of(case_id)
    return [
        Difference(case_id, unit_id, _differing(stored.get(unit_id), computed.get(unit_id)))
        for unit_id in sorted(stored.keys() | computed.keys())
        if stored.get(unit_id) != computed.get(unit_id)
    ]


def _differing(stored: dict[str, object] | None, computed: dict[str, object] | None) -> tuple[str, ...]:
    if stored is None or computed is None:
        return ()
    return tuple(name for name in stored if stored[name] != computed[name])
