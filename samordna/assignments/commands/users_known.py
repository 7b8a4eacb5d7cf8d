"""The users, units and assignments that a file's rows are compared with, and what its earlier rows have said."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samordna.accounts.queries import UserDetails, details_named, user_names_by_key
from samordna.assignments.models import Assignment, SystemRoleGrant
from samordna.assignments.queries.administration import Scope, users_within
from samordna.assignments.rules import Period, assignment_refusal, details_refusal
from samordna.assignments.users_csv import UserRow
from samordna.kernel.clock import today
from samordna.kernel.csv_file import Problem
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import name_key
from samordna.organisations.address_csv import operation_of
from samordna.organisations.file_changes import FileOutcome, asked
from samordna.organisations.models import Organisation
from samordna.organisations.places import within

# Each new user's password takes time to hash; a longer file would keep the page waiting past its limit.
MOST_NEW_USERS = 300


class Known:
    """Each row is judged once, and then taken: later rows are compared with it too."""

    def __init__(self, scope: Scope, rows: Sequence[UserRow]) -> None:
        self.names = user_names_by_key()
        written = {row.username for row in rows}
        usernames = written | {name for row in written for name in self.names.get(name_key(row), ())}
        self.details = details_named(usernames)
        self.visible = set(
            users_within(scope).filter(username__in=usernames).values_list("username", flat=True)
        )
        self.units: dict[str, list[Organisation]] = {}
        units = Organisation.objects.units().filter(within(scope.organisation_ids), external=False)
        for unit in units.select_related("parent", "department", "principal"):
            self.units.setdefault(name_key(unit.name), []).append(unit)
            if unit.hsa_id:
                self.units[name_key(unit.hsa_id)] = [unit]
        self.assignments: dict[str, list[Assignment]] = {name: [] for name in usernames}
        related = ("user", "unit__parent", "unit__department", "unit__principal")
        for row in Assignment.objects.filter(user__username__in=usernames).select_related(*related):
            self.assignments[row.user.username].append(row)
        self.scope = scope
        self.grants: dict[str, list[SystemRoleGrant]] = {}
        granted = SystemRoleGrant.objects.filter(user__username__in=usernames)
        for grant in granted.select_related("user", "organisation"):
            self.grants.setdefault(grant.user.username, []).append(grant)
        self.said: dict[str, dict[str, str | bool]] = {}
        self.named: dict[tuple[str, int, str], list[Period]] = {}

    def user_name(self, row: UserRow, answers: Mapping[str, str], outcome: FileOutcome) -> str | None:
        """Whom the row is about; None while nobody has said whether it is one whose user name is nearly the same."""
        alike = self.names.get(name_key(row.username), [])
        if row.username in alike or not alike:
            return row.username
        question = asked(row.line, row.username, alike, "", answers)
        outcome.ask(question)
        return (question.the_same or row.username) if question.answer else None

    def problem(self, row: UserRow, at: datetime) -> Problem | None:
        """Why the row cannot be carried out, or None."""
        if row.username in self.details and row.username not in self.visible:
            return problem_of(
                row, "användarnamn", _("The user name belongs to someone outside what you administer.")
            )
        said = self.said.get(row.username, {})
        if any(said[name] != value for name, value in row.details.items() if name in said):
            return problem_of(row, "användarnamn", _("An earlier line says something else about this user."))
        units = self.units_of(row)
        if len(units) != 1:
            return problem_of(row, "enhet", _no_unit(units))
        if not _fits(row, units[0]):
            return problem_of(
                row, "enhetens hsa-id", _("The HSA-id is that of %(unit)s.") % {"unit": _placed(units[0])}
            )
        return self._work_problem(row, units[0], at)

    def details_refused(self, username: str, at: datetime) -> Refusal | None:
        """Why the user's details are not changed from here, as on the user's page."""
        day = today(at)
        held = [(row.ends_on, row.unit) for row in self.assignments[username]]
        held += [(grant.ends_on, grant.organisation) for grant in self.grants.get(username, ())]
        now = {self.scope.holds(place) for ends_on, place in held if ends_on is None or ends_on >= day}
        return details_refusal(here_now=True in now, elsewhere_now=False in now)

    def take(self, row: UserRow) -> None:
        """Later rows are compared with this one too."""
        self.said.setdefault(row.username, {}).update(row.details)
        names = self.names.setdefault(name_key(row.username), [])
        if row.username not in names:
            names.append(row.username)
        unit = self.units_of(row)[0]
        self.named.setdefault((row.username, unit.pk, row.profession), []).append(self.period(row, unit))

    def wanted(self, row: UserRow) -> UserDetails:
        """What the user's details are to be, after this row."""
        known = self.details.get(row.username)
        return row.onto(known[1] if known else None)

    def units_of(self, row: UserRow) -> list[Organisation]:
        """Units within the scope that the row can mean; the one spelled just so before those nearly so."""
        if row.unit_hsa_id:
            return self.units.get(name_key(row.unit_hsa_id), [])
        found = [unit for unit in self.units.get(name_key(row.unit), []) if _stands_there(row, unit)]
        found = [unit for unit in found if unit.name == row.unit] or found
        # Where the user does that work from that day already, it is that unit: so it comes back from the export.
        held = [unit for unit in found if self.same(row, unit)]
        return held if len(held) == 1 else found

    def same(self, row: UserRow, unit: Organisation) -> Assignment | None:
        """The assignment that the row names again: the same work from the same day."""
        for known in self.assignments[row.username]:
            if (known.unit_id, known.profession, known.starts_on) == (unit.pk, row.profession, row.starts_on):
                return known
        return None

    def period(self, row: UserRow, unit: Organisation) -> Period:
        """From when until when, with the last day that is known already where the row tells none."""
        same = self.same(row, unit)
        return row.period(same.ends_on if same else None)

    def too_many_new(self) -> Problem | None:
        """Whether the file holds more new users than can be made at once."""
        new = [name for name in self.said if name not in self.details]
        if len(new) <= MOST_NEW_USERS:
            return None
        text = _("The file has more than %(most)d new users. Split it into several.")
        return Problem(1, "", text % {"most": MOST_NEW_USERS})

    def _work_problem(self, row: UserRow, unit: Organisation, at: datetime) -> Problem | None:
        same, period = self.same(row, unit), self.period(row, unit)
        others = [
            Period(known.starts_on, known.ends_on)
            for known in self.assignments[row.username]
            if known is not same and (known.unit_id, known.profession) == (unit.pk, row.profession)
        ]
        others += self.named.get((row.username, unit.pk, row.profession), [])
        refusal = assignment_refusal(
            period,
            unit_open=same is not None or unit.closed_on is None or unit.closed_on > today(at),
            unit_external=unit.external,
            meets_same=any(other.meets(period) for other in others),
        )
        return problem_of(row, "enhet", refusal.message) if refusal else None


def problem_of(row: UserRow, column: str, message: str | Promise) -> Problem:
    return Problem(row.line, column, message)


def _fits(row: UserRow, unit: Organisation) -> bool:
    """Whether the unit is called and stands as the row says: by an HSA-id alone another unit is found by mistake."""
    return _means(row.unit, unit) and _stands_there(row, unit)


def _stands_there(row: UserRow, unit: Organisation) -> bool:
    return (
        _means(row.operation, operation_of(unit))
        and _means(row.department, unit.department)
        and _means(row.principal, unit.principal)
    )


def _placed(unit: Organisation) -> str:
    above = (unit.principal, unit.department, operation_of(unit), unit)
    return " › ".join(place.name for place in above if place)


def _means(written: str, place: Organisation | None) -> bool:
    return not written or (place is not None and name_key(written) == name_key(place.name))


def _no_unit(found: Sequence[Organisation]) -> str:
    if found:
        said = _("Several units have this name: %(units)s. Give what it belongs to, or the unit's HSA-id.")
        return said % {"units": "; ".join(_placed(unit) for unit in found)}
    return _("There is no such unit within what you administer.")
