"""Who acts, at which unit, in which role, and how they logged in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Built once per request from an assignment that is checked again each time.

    Passed explicitly to every query and command, never kept in a thread-local.
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
    may_initiate: bool
    may_answer: bool
    system_roles: frozenset[str]
    login_method: str
    session_id: str
    request_id: str
    language: str = "sv"

    @property
    def has_sip(self) -> bool:
        """Whether either of the two module rights is held."""
        return self.may_initiate or self.may_answer

    @property
    def signature_line(self) -> str:
        """As written under what was signed: "Anna Lindqvist, enhetschef, Hemtjänsten Norr"."""
        return ", ".join(part for part in (self.user_name, self.title, self.unit_name) if part)
