"""What the pages of this room show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samordna.assignments.queries import GrantOf, OwnUnit, RightLine, StaffLine, UserPage
from samordna.assignments.queries.administration import AssignmentLine, GrantLine, has_ended
from samordna.assignments.states import SystemRole
from samordna.assignments.words import PROFESSIONS, SYSTEM_ROLES
from samordna.kernel.module import Module


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One of the user's units in the list to choose from. `to_do` is None where the user has no right in any module."""

    assignment_id: int
    unit_id: int
    unit_name: str
    above: str
    title: str
    last_used: bool
    to_do: int | None


@dataclass(frozen=True, slots=True)
class WorkLine:
    """An assignment with its profession in words."""

    line: AssignmentLine
    profession: str | Promise
    ended: bool
    own_present: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether it is the administrator's to decide about, and has not ended."""
        return self.line.in_scope and not self.ended

    @property
    def may_be_ended(self) -> bool:
        """Whether there is something to end, and the administrator may: not what one works with oneself."""
        return self.goes_on and not self.own_present


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A system role with its name in words."""

    line: GrantLine
    role: str | Promise
    ended: bool
    is_yours_to_end: bool

    @property
    def may_be_ended(self) -> bool:
        """Whether there is something to end, and the administrator may."""
        return self.line.in_scope and self.is_yours_to_end and not self.ended


@dataclass(frozen=True, slots=True)
class RightRow:
    """A profession with its two ticks; `key` is the part of their names. `stored` says what is stored now, where it is
    something else."""

    key: str
    profession: str | Promise
    may_initiate: bool
    may_answer: bool
    stored: str = ""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody at the unit: what the profession gives and what is appointed."""

    assignment_id: int
    name: str
    title: str
    profession: str | Promise
    may_initiate: bool
    may_answer: bool
    appointed_to_initiate: bool
    appointed_to_answer: bool


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A system role in the list of all."""

    user_id: int
    user_name: str
    role: str | Promise
    organisation_name: str
    starts_on: date
    ends_on: date | None


def unit_lines(units: Sequence[OwnUnit], to_do: Mapping[tuple[int, Module], int]) -> list[UnitLine]:
    """The units with what they belong to and how many cases wait there, in the modules that may be used."""
    return [
        UnitLine(
            assignment_id=unit.assignment_id,
            unit_id=unit.unit_id,
            unit_name=unit.unit_name,
            above=" › ".join(name for name in (unit.principal_name, unit.department_name) if name),
            title=unit.title,
            last_used=unit.last_used,
            to_do=sum(to_do[unit.unit_id, module] for module in unit.modules) if unit.modules else None,
        )
        for unit in units
    ]


def work_lines(page: UserPage, day: date, *, own: int = 0) -> list[WorkLine]:
    """Where the user works and has worked. `own` is the assignment that one works with oneself."""
    return [
        WorkLine(line, PROFESSIONS[line.profession], has_ended(line, day), line.id == own)
        for line in page.assignments
    ]


def role_lines(page: UserPage, day: date, *, may_end_managers: bool) -> list[RoleLine]:
    """The system roles that the user has and has had."""
    return [
        RoleLine(
            line,
            SYSTEM_ROLES[line.role],
            has_ended(line, day),
            may_end_managers or line.role != SystemRole.SYSTEM_MANAGER,
        )
        for line in page.grants
    ]


def right_rows(lines: Sequence[RightLine], *, stored: Sequence[RightLine]) -> list[RightRow]:
    """The table of what each profession may do, as it is ticked; where something else is stored the row says what."""
    return [
        RightRow(
            line.profession.value,
            PROFESSIONS[line.profession],
            line.may_initiate,
            line.may_answer,
            "" if line == now else _right_words(now),
        )
        for line, now in zip(lines, stored, strict=True)
    ]


def _right_words(line: RightLine) -> str:
    rights = {_("Initiate"): line.may_initiate, _("Answer"): line.may_answer}
    held = [said.lower() for said, may in rights.items() if may]
    return _("It says now: %(text)s") % {"text": ", ".join(held) or _("nothing")}


def staff_rows(lines: Sequence[StaffLine], module: Module) -> list[StaffRow]:
    """The people of a unit and what they may do in the module."""
    return [
        StaffRow(
            assignment_id=line.person.assignment_id,
            name=line.person.name,
            title=line.person.title,
            profession=PROFESSIONS[line.profession],
            may_initiate=line.person.rights(module).may_initiate,
            may_answer=line.person.rights(module).may_answer,
            appointed_to_initiate=line.appointed_to_initiate,
            appointed_to_answer=line.appointed_to_answer,
        )
        for line in lines
    ]


def grant_rows(grants: Sequence[GrantOf]) -> list[GrantRow]:
    """All system roles within the scope."""
    return [
        GrantRow(
            grant.user_id,
            grant.user_name,
            SYSTEM_ROLES[grant.line.role],
            grant.line.organisation_name,
            grant.line.starts_on,
            grant.line.ends_on,
        )
        for grant in grants
    ]
