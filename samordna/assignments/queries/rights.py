"""What each profession may do in SIP at a department (K-04), and who is appointed by name at a unit."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from samordna.assignments.models import AppointedRight, Assignment, ModuleRight
from samordna.assignments.queries.colleagues import Colleague, people_of_unit, using_sip_on
from samordna.assignments.states import Profession
from samordna.kernel.clock import today
from samordna.kernel.module import Module
from samordna.kernel.text import fingerprint
from samordna.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class RightLine:
    """A profession and what the department lets it do in SIP."""

    profession: Profession
    may_initiate: bool
    may_answer: bool

    def gives_more_than(self, before: "RightLine") -> bool:
        """Whether it gives a right that was not there."""
        return self.may_initiate > before.may_initiate or self.may_answer > before.may_answer


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


def professions_of(user_id: int, department_id: int, at: datetime) -> frozenset[Profession]:
    """As what the user works that day at units that follow what the department has chosen."""
    rows = Assignment.objects.valid_on(today(at)).filter(user_id=user_id)
    own = Q(unit__department_id=department_id) | Q(unit__department_id=None, unit__principal_id=department_id)
    return frozenset(Profession(one) for one in rows.filter(own).values_list("profession", flat=True))


def work_gives_sip(unit: Organisation, profession: Profession) -> bool:
    """Whether somebody who works as that at the unit may use SIP, without being appointed by name."""
    lines = rights_of(unit.department_id or unit.principal_id or 0)
    return any(line.may_initiate or line.may_answer for line in lines if line.profession == profession)


def uses_sip_at(user_id: int, unit_id: int, at: datetime) -> bool:
    """Whether the user has an assignment at the unit that day by which SIP may be used."""
    return using_sip_on(today(at)).filter(user_id=user_id, unit_id=unit_id).exists()


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
