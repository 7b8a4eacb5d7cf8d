"""Why an act is not allowed, and who can do it instead.

A rule returns a `Refusal` or None. The page shows it beside the button, the command
raises it through `demand`, the audit log keeps its code, and tests tabulate it.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason in plain words.

    `message` says why, `who_can` who can do it instead (or what to do), `field` which
    field of the form the reason belongs to. `code` never changes and is what the log keeps. `about` is the person
    whom the log names beside it, where it must be seen who tried to learn about whom; it is never shown.
    """

    code: str
    message: str | Promise
    who_can: str | Promise = ""
    field: str = ""
    about: UUID | None = None

    def __str__(self) -> str:
        return f"{self.message} {self.who_can}".strip()


class Refused(Exception):
    """An act was refused. The transaction that it belonged to is rolled back."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class Stale(Refused):
    """The thing edited was changed by someone else since it was opened."""


class NotVisible(Http404):
    """Unknown and forbidden look the same from outside."""


def demand(refusal: Refusal | None) -> None:
    """Raise `Refused` when there is a refusal, else do nothing."""
    if refusal is not None:
        raise Refused(refusal)
