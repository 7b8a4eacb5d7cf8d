"""Who works where: what the other rooms need to know of an assignment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from samordna.assignments.models import Assignment
from samordna.assignments.queries.module_rights import may_use, rights_columns, rights_in_row
from samordna.kernel.clock import today
from samordna.kernel.collation import swedish
from samordna.kernel.module import HeldRights, Module, Rights, rights_in
from samordna.kernel.text import search_words


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person at one unit in one profession. A protected user's phone and address are left out (L-04)."""

    assignment_id: int
    user_id: int
    name: str
    title: str
    profession: str
    unit_id: int
    unit_name: str
    department_id: int
    principal_id: int
    phone: str
    email: str
    module_rights: HeldRights

    def rights(self, module: Module) -> Rights:
        """What may be done in the module by this assignment (K-04)."""
        return rights_in(self.module_rights, module)

    @property
    def signature_line(self) -> str:
        """As written under what was signed: "Anna Lindqvist, enhetschef, Hemtjänsten Norr"."""
        return ", ".join(part for part in (self.name, self.title, self.unit_name) if part)


def people_of_unit(unit_id: int, at: datetime) -> list[Colleague]:
    """Everyone with a valid assignment at the unit, in Swedish order by name."""
    return _listed(_counting(today(at)).filter(unit_id=unit_id))


def find_colleagues(
    text: str, at: datetime, *, module: Module, unit_ids: Iterable[int] | None = None, limit: int = 20
) -> list[Colleague]:
    """People whose name holds every word of the text, at these units or all, among those who may use the module
    (K-04)."""
    rows = _counting(today(at)).filter(may_use(module))
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    for word in search_words(text):
        rows = rows.filter(user__search_key__contains=word)
    return _listed(rows, limit)


def who_can_take_over(
    assignment_id: int, from_user_id: int, modules: Collection[Module], at: datetime
) -> list[Colleague]:
    """The colleagues at the same unit who may use all these modules, without whoever hands over, in Swedish order."""
    leaving = colleague(assignment_id)
    there = people_of_unit(leaving.unit_id, at) if leaving else []
    others = [one for one in there if leaving and one.user_id not in (leaving.user_id, from_user_id)]
    return [one for one in others if all(one.rights(module).has_any for module in modules)]


def colleague(assignment_id: int, at: datetime | None = None) -> Colleague | None:
    """The person behind an assignment, ended ones too; the rights only when `at` is given and it is valid then."""
    return colleagues([assignment_id], at).get(assignment_id)


def colleagues(assignment_ids: Iterable[int], at: datetime | None = None) -> dict[int, Colleague]:
    """As `colleague`, for several assignments in one statement."""
    rows = _with_rights(Assignment.objects.all()).filter(pk__in=list(assignment_ids))
    day = today(at) if at else None
    return {row.pk: _colleague(row, rights=day is not None and _is_valid(row, day)) for row in rows}


def assignment_is_valid(assignment_id: int, at: datetime) -> bool:
    """Begun, not ended, of an active user at an open unit."""
    return Assignment.objects.valid_on(today(at)).filter(pk=assignment_id).exists()


def _with_rights(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.select_related("user", "unit").annotate(**rights_columns())


def _counting(day: date) -> QuerySet[Assignment]:
    return _with_rights(Assignment.objects.valid_on(day))


def _listed(rows: QuerySet[Assignment], limit: int | None = None) -> list[Colleague]:
    return [_colleague(row) for row in rows.order_by(swedish("user__name"), "pk")[:limit]]


def _is_valid(row: Assignment, day: date) -> bool:
    begun = row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
    return begun and row.user.is_active and (row.unit.closed_on is None or row.unit.closed_on > day)


def _colleague(row: Assignment, *, rights: bool = True) -> Colleague:
    shown = not row.user.protected
    return Colleague(
        assignment_id=row.pk,
        user_id=row.user_id,
        name=row.user.name,
        title=row.title,
        profession=row.profession,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        department_id=row.unit.department_id or row.unit.principal_id or 0,
        principal_id=row.unit.principal_id or 0,
        phone=row.user.phone if shown else "",
        email=row.user.email if shown else "",
        module_rights=rights_in_row(vars(row)) if rights else frozenset(),
    )
