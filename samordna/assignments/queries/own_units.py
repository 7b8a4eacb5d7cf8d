"""The units that a user can choose between."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from samordna.assignments.models import Assignment
from samordna.assignments.queries.module_rights import rights_columns, rights_in_row
from samordna.assignments.states import Profession
from samordna.kernel.clock import today
from samordna.kernel.collation import swedish
from samordna.kernel.module import Module


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """One of the user's assignments, as the list to choose from shows it, and in which modules any right is held."""

    assignment_id: int
    unit_id: int
    unit_name: str
    department_name: str
    principal_name: str
    title: str
    profession: Profession
    last_used: bool
    modules: frozenset[Module]


def own_units(user_id: int, at: datetime) -> list[OwnUnit]:
    """The user's valid assignments: the one used last first, the others in Swedish order by unit."""
    rows = list(_valid(user_id, at).order_by(swedish("unit__name"), swedish("title"), "pk"))
    last = max((row.last_chosen_at for row in rows if row.last_chosen_at), default=None)
    units = [_own_unit(row, last_used=last is not None and row.last_chosen_at == last) for row in rows]
    return sorted(units, key=lambda unit: not unit.last_used)


def _valid(user_id: int, at: datetime) -> QuerySet[Assignment]:
    rows = Assignment.objects.valid_on(today(at)).filter(user_id=user_id)
    return rows.annotate(**rights_columns()).select_related("unit__department", "unit__principal")


def _own_unit(row: Assignment, *, last_used: bool) -> OwnUnit:
    return OwnUnit(
        assignment_id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        department_name=row.unit.department.name if row.unit.department else "",
        principal_name=row.unit.principal.name if row.unit.principal else "",
        title=row.title,
        profession=Profession(row.profession),
        last_used=last_used,
        modules=frozenset(module for module, _right in rights_in_row(vars(row))),
    )
