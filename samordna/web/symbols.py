"""The states a user sees: each has a shape, a word and a colour (V-21)."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Symbol:
    """`shape` is its id in symbols.svg and the end of its CSS class."""

    shape: str
    word: str | Promise


SYMBOLS: dict[str, Symbol] = {
    "TODO": Symbol("todo", pgettext_lazy("status", "To do")),
    "WAITING": Symbol("waiting", pgettext_lazy("status", "Waiting for others")),
    "DONE": Symbol("done", pgettext_lazy("status", "Done")),
    "NOT_STARTED": Symbol("not-started", pgettext_lazy("status", "Not started")),
    "NOT_YET": Symbol("not-yet", pgettext_lazy("status", "Cannot start yet")),
    "DRAFT": Symbol("draft", pgettext_lazy("status", "Draft")),
    "DENIED": Symbol("denied", pgettext_lazy("status", "Denied")),
    "LOCKED": Symbol("locked", pgettext_lazy("status", "Locked")),
    "VOIDED": Symbol("voided", pgettext_lazy("status", "Voided")),
    "REPLACED": Symbol("replaced", pgettext_lazy("status", "Replaced")),
    "TAKEN_BACK": Symbol("taken-back", pgettext_lazy("status", "Taken back")),
    "UNREAD": Symbol("unread", pgettext_lazy("status", "Unread")),
    "UNFINISHED": Symbol("unfinished", pgettext_lazy("status", "Was not finished")),
    "OVERDUE": Symbol("overdue", pgettext_lazy("status", "Overdue")),
    "MAIL_FAILED": Symbol("mail-failed", pgettext_lazy("status", "Notification failed")),
}


def symbol_of(status: object) -> Symbol:
    """The symbol of a state, given as a member of any enum or as text in any case."""
    name = status.name if isinstance(status, Enum) else str(status)
    return SYMBOLS[name.upper().replace("-", "_").replace(" ", "_")]
