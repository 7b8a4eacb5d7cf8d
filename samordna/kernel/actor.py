"""Who acts, at which unit, in which role, and how they logged in."""

from dataclasses import dataclass

from samordna.kernel.module import HeldRights, Module, Rights, rights_in


@dataclass(frozen=True, slots=True)
class Held:
    """A system role that is held today over a place and all that lies below it, wherever its holder stands (K-05)."""

    role: str
    place_id: int
    level: str
    principal_kind: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Built once per request from an assignment that is checked again each time.

    Passed explicitly to every query and command, never kept in a thread-local. `system_roles` are those that cover
    the unit stood at; `held` are all, each with its place: what somebody may administer follows these.
    """

    user_id: int
    user_name: str
    assignment_id: int
    unit_id: int
    unit_name: str
    department_id: int
    department_name: str
    principal_id: int
    principal_name: str
    profession: str
    title: str
    module_rights: HeldRights
    system_roles: frozenset[str]
    login_method: str
    session_id: str
    request_id: str
    language: str = "sv"
    held: frozenset[Held] = frozenset()

    def rights(self, module: Module) -> Rights:
        """What may be done in the module at the unit stood at (K-04)."""
        return rights_in(self.module_rights, module)

    @property
    def signature_line(self) -> str:
        """As written under what was signed: "Anna Lindqvist, enhetschef, Hemtjänsten Norr"."""
        return ", ".join(part for part in (self.user_name, self.title, self.unit_name) if part)

    def places_as(self, *roles: str) -> frozenset[int]:
        """The places over which one of these system roles is held; each covers what lies below it."""
        return frozenset(one.place_id for one in self.held if one.role in roles)
