"""The modules of the system, and the rights that somebody holds in each."""

from dataclasses import dataclass
from enum import StrEnum


class Module(StrEnum):
    SIP = "SIP"
    SPU = "SPU"


class Right(StrEnum):
    """What a profession or a person may do in a module (K-04): begin something, read and answer, decide."""

    INITIATE = "INITIATE"
    ANSWER = "ANSWER"
    DECIDE = "DECIDE"


HeldRights = frozenset[tuple[Module, Right]]


@dataclass(frozen=True, slots=True)
class Rights:
    """What is held in one module. Whoever holds any of it sees the module at the unit."""

    may_initiate: bool = False
    may_answer: bool = False
    may_decide: bool = False

    @property
    def has_any(self) -> bool:
        return self.may_initiate or self.may_answer or self.may_decide


def rights_in(held: HeldRights, module: Module) -> Rights:
    """What of these rights holds in the module."""
    return Rights(*((module, right) in held for right in Right))
