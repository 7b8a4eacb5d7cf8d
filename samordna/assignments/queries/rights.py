"""What each profession may do in SIP at a department (K-04), and who is appointed by name at a unit."""

from dataclasses import dataclass
from datetime import datetime

from samordna.assignments.models import AppointedRight, ModuleRight
from samordna.assignments.queries.colleagues import Colleague, people_of_unit
from samordna.assignments.states import Module, Profession
from samordna.kernel.text import fingerprint


@dataclass(frozen=True, slots=True)
class RightLine:
    """A profession and what the department lets it do in SIP."""

    profession: Profession
    may_initiate: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Somebody at a unit, what is held in all, and what of it is by appointment."""

    person: Colleague
    profession: Profession
    appointed_to_initiate: bool
    appointed_to_answer: bool


def rights_of(department_id: int) -> tuple[RightLine, ...]:
    """Every profession, in the order of the list, with what the department has chosen for it."""
    rows = ModuleRight.objects.filter(department_id=department_id, module=Module.SIP)
    found = {row.profession: row for row in rows}
    return tuple(
        RightLine(
            profession,
            may_initiate=profession in found and found[profession].may_initiate,
            may_answer=profession in found and found[profession].may_answer,
        )
        for profession in Profession
    )


def rights_seen(lines: tuple[RightLine, ...]) -> str:
    """Changes when any of the rights does."""
    return fingerprint(lines)


def staff_of(unit_id: int, at: datetime) -> list[StaffLine]:
    """Everyone with a valid assignment at the unit, in Swedish order."""
    people = people_of_unit(unit_id, at)
    appointed = {
        right.assignment_id: right
        for right in AppointedRight.objects.filter(
            module=Module.SIP, assignment_id__in=[person.assignment_id for person in people]
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
