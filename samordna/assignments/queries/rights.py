"""What each profession may do in a module at a department (K-04), and who is appointed by name at a unit."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from samordna.assignments.models import AppointedRight, Assignment, ModuleRight
from samordna.assignments.queries.colleagues import Colleague, people_of_unit
from samordna.assignments.queries.module_rights import (
    ANY,
    COLUMNS,
    RIGHTS_COLUMNS,
    rights_columns,
    rights_in_row,
)
from samordna.assignments.states import Profession
from samordna.kernel.clock import today
from samordna.kernel.module import Module
from samordna.kernel.text import fingerprint
from samordna.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class RightLine:
    """A profession and what the department lets it do in a module."""

    profession: Profession
    may_initiate: bool
    may_answer: bool
    may_decide: bool = False

    def gives_more_than(self, before: "RightLine") -> bool:
        """Whether it gives a right that was not there."""
        return any(getattr(self, column) > getattr(before, column) for column in COLUMNS.values())


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Somebody at a unit, what is held in all, and what of it is by appointment."""

    person: Colleague
    profession: Profession
    appointed_to_initiate: bool
    appointed_to_answer: bool


def rights_of(department_id: int, module: Module) -> tuple[RightLine, ...]:
    """Every profession, in the order of the list, with what the department has chosen for it in the module."""
    rows = ModuleRight.objects.filter(department_id=department_id, module=module)
    found = {row[0]: row[1:] for row in rows.values_list("profession", *COLUMNS.values())}
    nothing = (False,) * len(COLUMNS)
    return tuple(RightLine(profession, *found.get(profession, nothing)) for profession in Profession)


def professions_of(user_id: int, department_id: int, at: datetime) -> frozenset[Profession]:
    """As what the user works that day at units that follow what the department has chosen."""
    rows = Assignment.objects.valid_on(today(at)).filter(user_id=user_id)
    own = Q(unit__department_id=department_id) | Q(unit__department_id=None, unit__principal_id=department_id)
    return frozenset(Profession(one) for one in rows.filter(own).values_list("profession", flat=True))


def work_gives(unit: Organisation, profession: Profession) -> frozenset[Module]:
    """The modules that somebody who works as that at the unit may use, without being appointed by name."""
    department_id = unit.department_id or unit.principal_id or 0
    given = ModuleRight.objects.filter(ANY, department_id=department_id, profession=profession)
    return frozenset(Module(module) for module in given.values_list("module", flat=True))


def used_at(user_id: int, unit_id: int, at: datetime) -> frozenset[Module]:
    """The modules that the user may use by an assignment at the unit that day."""
    own = Assignment.objects.valid_on(today(at)).filter(user_id=user_id, unit_id=unit_id)
    held = own.annotate(**rights_columns()).values(*RIGHTS_COLUMNS)
    return frozenset(module for row in held for module, _right in rights_in_row(row))


def rights_seen(lines: tuple[RightLine, ...]) -> str:
    """Changes when any of the rights does."""
    return fingerprint(lines)


def staff_of(unit_id: int, module: Module, at: datetime) -> list[StaffLine]:
    """Everyone with a valid assignment at the unit, in Swedish order, with what is appointed in the module."""
    people = people_of_unit(unit_id, at)
    appointed = {
        right.assignment_id: right
        for right in AppointedRight.objects.filter(
            module=module, assignment_id__in=[person.assignment_id for person in people]
        )
    }
    return [
        StaffLine(
            person,
            Profession(person.profession),
            appointed_to_initiate=person.assignment_id in appointed
            and appointed[person.assignment_id].may_initiate,
            appointed_to_answer=person.assignment_id in appointed
            and appointed[person.assignment_id].may_answer,
        )
        for person in people
    ]
