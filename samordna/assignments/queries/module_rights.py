"""The rights of an assignment in each module: those of its profession in the department, and those given by name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from samordna.assignments.models import AppointedRight, Assignment, ModuleRight
from samordna.kernel.module import HeldRights, Module, Right

# Each right with its column, in both tables.
COLUMNS = {Right.INITIATE: "may_initiate", Right.ANSWER: "may_answer", Right.DECIDE: "may_decide"}
ANY = Q(may_initiate=True) | Q(may_answer=True) | Q(may_decide=True)
_BITS = {right: 1 << place for place, right in enumerate(COLUMNS)}
_FROM = ("profession", "name")
RIGHTS_COLUMNS = tuple(f"{module.value.lower()}_by_{source}" for module in Module for source in _FROM)


def using_on(module: Module, day: date) -> QuerySet[Assignment]:
    """The assignments by which somebody may act in the module that day: valid, and with any right (K-04)."""
    return Assignment.objects.valid_on(day).filter(may_use(module))


def may_use(module: Module) -> Exists | Q:
    """Condition on an assignment: any right in the module, by profession or by appointment."""
    return Exists(_by_profession(module).filter(ANY)) | Exists(_by_name(module).filter(ANY))


def rights_columns() -> dict[str, Subquery]:
    """What an assignment is annotated with, so that `rights_in_row` tells its rights in every module."""
    held = (rows for module in Module for rows in (_by_profession(module), _by_name(module)))
    sums = (Subquery(rows.values(held=_sum())[:1]) for rows in held)
    return dict(zip(RIGHTS_COLUMNS, sums, strict=True))


def rights_in_row(row: Mapping[str, Any]) -> HeldRights:
    """The rights that `RIGHTS_COLUMNS` of a row tell of."""
    return frozenset(
        (module, right)
        for module in Module
        for right, bit in _BITS.items()
        if any((row[f"{module.value.lower()}_by_{source}"] or 0) & bit for source in _FROM)
    )


def _by_profession(module: Module) -> QuerySet[ModuleRight]:
    return ModuleRight.objects.filter(
        # A unit without a department (a small private provider's) follows what its principal has chosen.
        department_id=Coalesce(OuterRef("unit__department_id"), OuterRef("unit__principal_id")),
        module=module,
        profession=OuterRef("profession"),
    )


def _by_name(module: Module) -> QuerySet[AppointedRight]:
    return AppointedRight.objects.filter(assignment_id=OuterRef("pk"), module=module)


def _sum() -> Combinable:
    initiate, answer, decide = (
        Case(When(**{column: True}, then=Value(_BITS[right])), default=Value(0))
        for right, column in COLUMNS.items()
    )
    return initiate + answer + decide
