"""What a file of users does besides its cells: accounts that close or open, roles and cases that are left behind."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from samordna.accounts.models import User
from samordna.assignments.commands.users_known import Known
from samordna.assignments.hanging import Hanging
from samordna.assignments.models import Assignment
from samordna.assignments.queries.closed import closed_by_end, is_last_work
from samordna.assignments.states import SystemRole
from samordna.assignments.words import SYSTEM_ROLES
from samordna.kernel.clock import today
from samordna.organisations.models import Organisation


def left_hanging(ended: Collection[Assignment], counted: Mapping[int, Hanging]) -> list[str]:
    """What hangs on each assignment that gets a last day, in words."""
    said = _(
        "%(name)s, %(unit)s, gets %(day)s as last day. Ongoing cases by the assignment: %(coordinates)d coordinated, "
        "%(handles)d handled. Begun and not signed: %(drafts)d. Hand them over on the user's page."
    )
    return [
        said
        % {
            "name": work.user.name,
            "unit": work.unit.name,
            "day": work.ends_on,
            **counted[work.pk]._asdict(),
        }
        for work in ended
        if any(counted[work.pk])
    ]


def accounts_closing(ended: Iterable[Assignment], known: Known) -> list[str]:
    """Whose account closes with the assignment that ends, and which system roles stay on it. After all is written."""
    told = {}
    for work in ended:
        if work.ends_on is None or not is_last_work(work.user_id, work.pk, work.ends_on):
            continue
        said = _("%(name)s has nowhere to work after %(day)s, and the account is closed then.")
        told[work.user_id] = said % {"name": work.user.name, "day": work.ends_on}
        roles = [
            f"{SYSTEM_ROLES[SystemRole(grant.role)]} ({grant.organisation.name})"
            for grant in known.grants.get(work.user.username, ())
            if known.scope.holds(grant.organisation)
            and (grant.ends_on is None or grant.ends_on > work.ends_on)
        ]
        if roles:
            left = _("These system roles stay, until they are ended on the user's page: %(roles)s.")
            told[work.user_id] += " " + left % {"roles": ", ".join(roles)}
    return list(told.values())


class Closed:
    """Which of some users, and of the units that rows name, are closed; asked before anything is written."""

    def __init__(self, usernames: Iterable[str], at: datetime) -> None:
        self.day = today(at)
        named = User.objects.filter(username__in=list(usernames))
        self.by_hand = set(named.filter(is_active=False).values_list("username", flat=True))
        self.by_end = set(named.filter(closed_by_end(self.day)).values_list("username", flat=True))

    def told(self, changed: Mapping[str, str], units: Iterable[Organisation]) -> list[str]:
        """In words, of users (their names by user name) and units whose rows change something."""
        over = User.objects.filter(closed_by_end(self.day), username__in=self.by_end & set(changed))
        still = set(over.values_list("username", flat=True))
        told = [
            self._of_user(username, f"{name} ({username})", still)
            for username, name in changed.items()
            if username in self.by_hand | self.by_end
        ]
        shut = {unit.pk: unit for unit in units if unit.closed_on is not None and unit.closed_on <= self.day}
        said = _("%(unit)s is closed since %(day)s, and nobody can work there.")
        return told + [said % {"unit": unit.name, "day": unit.closed_on} for unit in shut.values()]

    def _of_user(self, username: str, name: str, still: Collection[str]) -> str:
        if username in self.by_hand:
            return _("%(name)s is closed, and stays so until the user is opened on its page.") % {
                "name": name
            }
        if username in still:
            return _("%(name)s is closed, since the last assignment has ended, and stays so.") % {
                "name": name
            }
        return _("%(name)s is closed. The file gives a new assignment, which opens the account again.") % {
            "name": name
        }
