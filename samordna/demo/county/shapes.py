"""What the made-up county is written down in."""

from dataclasses import dataclass

from samordna.assignments.states import Profession, SystemRole
from samordna.organisations.states import CareKind, PrincipalKind

# (may initiate, may answer)
Rights = dict[Profession, tuple[bool, bool]]
BOTH = (True, True)
ANSWER = (False, True)


@dataclass(frozen=True, slots=True)
class Unit:
    """`key` is what stories and staff call it."""

    key: str
    name: str
    care_kind: CareKind
    municipality: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Department:
    key: str
    name: str
    rights: Rights
    parts: tuple[Operation | Unit, ...]
    answers_same_day: bool = False

    @property
    def units(self) -> tuple[Unit, ...]:
        groups = (part.units if isinstance(part, Operation) else (part,) for part in self.parts)
        return tuple(unit for group in groups for unit in group)


@dataclass(frozen=True, slots=True)
class Principal:
    """Externals lie outside the system: they are told by letter or telephone."""

    key: str
    name: str
    kind: PrincipalKind
    municipality: str = ""
    departments: tuple[Department, ...] = ()
    externals: tuple[Unit, ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        return (*(unit for department in self.departments for unit in department.units), *self.externals)


@dataclass(frozen=True, slots=True)
class Work:
    """Where somebody works as what. `ended` is how many days ago it ended, if it has."""

    unit: str
    profession: Profession
    title: str
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A system role over a place: the key of a unit, a department or a principal."""

    role: SystemRole
    place: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A user. `shown` is why a visitor would like to log in as this one; empty for all others."""

    name: str
    work: tuple[Work, ...]
    roles: tuple[Role, ...] = ()
    protected: bool = False
    shown: str = ""
