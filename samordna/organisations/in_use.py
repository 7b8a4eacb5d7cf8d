"""What hangs on a unit, in numbers: told before it is closed. Rooms above count it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class InUse:
    """How much of each kind hangs on a unit.

    `managers`: for each system manager who works nowhere else, the place of the role and what stands above it.
    """

    cases: int = 0
    coordinated: int = 0
    unanswered: int = 0
    users: int = 0
    drafts: int = 0
    managers: tuple[frozenset[int], ...] = ()

    @property
    def kinds(self) -> dict[str, int]:
        """The kinds of which there is something, with how much."""
        return {kind: count for kind, count in self._counts().items() if count}

    @property
    def seen(self) -> str:
        """What the page was shown, compared when its form is sent."""
        return "-".join(str(count) for count in self._counts().values())

    def _counts(self) -> dict[str, int]:
        return {kind: count for kind, count in asdict(self).items() if kind != "managers"}


NOTHING = InUse()
CountInUse = Callable[[int, datetime], InUse]

KINDS: dict[str, str | Promise] = {
    "cases": _("Ongoing cases that the unit takes part in"),
    "coordinated": _("Of these, coordinated from the unit"),
    "unanswered": _("Messages that wait for an answer from the unit"),
    "users": _("Users with an assignment at the unit"),
    "drafts": _("Drafts that are not sent or signed"),
}
ADVICE: dict[str, str | Promise] = {
    "cases": _(
        "The coordinator adds the unit that takes over, and removes this one, under Units in the case."
    ),
    "coordinated": _(
        "The coordinator chooses Switch in the case. Who has left is replaced under Cases without coordinator."
    ),
    "unanswered": _(
        "The unit answers, or names who should have them. Else the senders are asked to send to another unit."
    ),
    "users": _(
        "End the assignments, or give new ones at another unit, under Users. Who works nowhere else is shut out."
    ),
    "drafts": _("Who wrote them sends, signs or throws them away."),
}


@dataclass(frozen=True, slots=True)
class Left:
    """What the closer was shown (`seen`), and why each kind of it is left as it is."""

    count: CountInUse
    seen: str
    reasons: Mapping[str, str]
