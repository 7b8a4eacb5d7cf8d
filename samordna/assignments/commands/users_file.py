"""Import and export of users: all of a file or nothing of it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samordna.accounts import commands as accounts
from samordna.accounts.queries import UserDetails, details_named
from samordna.assignments.commands.people import Work, change_written, write_assignment
from samordna.assignments.models import Assignment
from samordna.assignments.passwords import initial_password
from samordna.assignments.queries.administration import Scope, scope_of, users_within
from samordna.assignments.rules import Period, assignment_refusal, end_refusal
from samordna.assignments.users_csv import UserRow, read_users, write_users
from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.kernel.collation import swedish
from samordna.kernel.refusal import Refused, demand
from samordna.kernel.text import search_key
from samordna.organisations.csv_file import Problem
from samordna.organisations.models import Organisation
from samordna.organisations.places import within

# Each new user's password takes time to hash; a longer file would keep the page waiting past its limit.
MOST_NEW_USERS = 300


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user whom the file made. The password is shown once, to the one who imported."""

    name: str
    username: str
    password: str


@dataclass(slots=True)
class ImportOutcome:
    """What was done, or (with problems) what has to be mended before anything is done."""

    problems: list[Problem] = field(default_factory=list)
    new_users: list[NewUser] = field(default_factory=list)
    changed_users: int = 0
    new_assignments: int = 0
    changed_assignments: int = 0


@transaction.atomic
def import_users(*, actor: Actor, content: bytes, at: datetime) -> ImportOutcome:
    """Users and assignments as in the file; those that it does not name stay as they are.

    With any problem nothing is written. A row that says what is known already changes nothing.
    """
    table = read_users(content)
    county = _Known(scope_of(actor, at), table.rows)
    for row in table.rows:
        problem = county.problem(row, at)
        if problem:
            table.problems.append(problem)
        else:
            county.take(row)
    if table.problems or county.too_many_new(table.problems):
        return ImportOutcome(problems=sorted(table.problems, key=lambda problem: problem.line))
    return _written(actor, county, table.rows, at)


@transaction.atomic
def export_users(*, actor: Actor, at: datetime) -> bytes:
    """Everyone who works or has worked within the actor's scope, in Swedish order."""
    scope = scope_of(actor, at)
    rows = (
        Assignment.objects.filter(within(scope.organisation_ids, place="unit"))
        .select_related("user", "unit__department", "unit__principal")
        .order_by(swedish("user__name"), "user__username", "starts_on", "pk")
    )
    record(actor=actor, at=at, action=Action.USER_EXPORTED, details={"rows": len(rows)})
    return write_users(rows)


class _Known:
    """The users, units and assignments that a file's rows are compared with, and what earlier rows have said."""

    def __init__(self, scope: Scope, rows: list[UserRow]) -> None:
        usernames = {row.username for row in rows}
        self.details = details_named(usernames)
        self.visible = set(
            users_within(scope).filter(username__in=usernames).values_list("username", flat=True)
        )
        self.units: dict[str, list[Organisation]] = {}
        units = Organisation.objects.units().filter(within(scope.organisation_ids), external=False)
        for unit in units.select_related("department", "principal"):
            self.units.setdefault(search_key(unit.name), []).append(unit)
            if unit.hsa_id:
                self.units[unit.hsa_id] = [unit]
        self.assignments: dict[str, list[Assignment]] = {name: [] for name in usernames}
        for row in Assignment.objects.filter(user__username__in=usernames).select_related("user"):
            self.assignments[row.user.username].append(row)
        self.said: dict[str, UserDetails] = {}
        self.named: dict[tuple[str, int, str], list[Period]] = {}

    def problem(self, row: UserRow, at: datetime) -> Problem | None:
        """Why the row cannot be carried out, or None."""
        if row.username in self.details and row.username not in self.visible:
            return _problem(
                row, "användarnamn", _("The user name belongs to someone outside what you administer.")
            )
        if row.username in self.said and self.said[row.username] != self.wanted(row):
            return _problem(row, "användarnamn", _("An earlier line says something else about this user."))
        units = self.units_of(row)
        if len(units) != 1:
            return _problem(row, "enhet", _no_unit(len(units)))
        return self._work_problem(row, units[0], at)

    def take(self, row: UserRow) -> None:
        """Later rows are compared with this one too."""
        self.said[row.username] = self.wanted(row)
        unit = self.units_of(row)[0]
        self.named.setdefault((row.username, unit.pk, row.profession), []).append(row.period)

    def wanted(self, row: UserRow) -> UserDetails:
        """What the user's details are to be."""
        known = self.details.get(row.username)
        return row.onto(known[1]) if known else row.details

    def units_of(self, row: UserRow) -> list[Organisation]:
        """Units within the scope that the row can mean."""
        if row.unit_hsa_id:
            return self.units.get(row.unit_hsa_id, [])
        return [
            unit
            for unit in self.units.get(search_key(row.unit), [])
            if _means(row.department, unit.department) and _means(row.principal, unit.principal)
        ]

    def same(self, row: UserRow, unit: Organisation) -> Assignment | None:
        """The assignment that the row names again: the same work from the same day."""
        for known in self.assignments[row.username]:
            if (known.unit_id, known.profession, known.starts_on) == (
                unit.pk,
                row.profession,
                row.period.starts_on,
            ):
                return known
        return None

    def too_many_new(self, problems: list[Problem]) -> bool:
        """Whether the file holds more new users than can be made at once; says so among the problems."""
        new = [name for name in self.said if name not in self.details]
        if len(new) > MOST_NEW_USERS:
            text = _("The file has more than %(most)d new users. Split it into several.") % {
                "most": MOST_NEW_USERS
            }
            problems.append(Problem(1, "", text))
        return len(new) > MOST_NEW_USERS

    def _work_problem(self, row: UserRow, unit: Organisation, at: datetime) -> Problem | None:
        same = self.same(row, unit)
        others = [
            Period(known.starts_on, known.ends_on)
            for known in self.assignments[row.username]
            if known is not same and (known.unit_id, known.profession) == (unit.pk, row.profession)
        ]
        others += self.named.get((row.username, unit.pk, row.profession), [])
        refusal = assignment_refusal(
            row.period,
            unit_open=same is not None or unit.closed_on is None or unit.closed_on > today(at),
            unit_external=unit.external,
            meets_same=any(period.meets(row.period) for period in others),
        )
        return _problem(row, "enhet", refusal.message) if refusal else None


def _written(actor: Actor, county: _Known, rows: list[UserRow], at: datetime) -> ImportOutcome:
    outcome = ImportOutcome()
    ids: dict[str, int] = {}
    for row in rows:
        try:
            if row.username not in ids:
                ids[row.username] = _write_user(actor, county, row, at, outcome)
            _write_work(actor, county, row, ids[row.username], at, outcome)
        except Refused as refused:
            # Another user's file or page came between: all of this one is undone.
            transaction.set_rollback(True)
            return ImportOutcome(problems=[_problem(row, "", refused.refusal.message)])
    counts = {
        "new_users": len(outcome.new_users),
        "changed_users": outcome.changed_users,
        "new_assignments": outcome.new_assignments,
        "changed_assignments": outcome.changed_assignments,
    }
    record(actor=actor, at=at, action=Action.USER_IMPORTED, details=counts)
    return outcome


def _write_user(actor: Actor, county: _Known, row: UserRow, at: datetime, outcome: ImportOutcome) -> int:
    known, wanted = county.details.get(row.username), county.said[row.username]
    if known is None:
        password = initial_password()
        outcome.new_users.append(NewUser(wanted.name, row.username, password))
        return accounts.create_user(
            actor=actor, username=row.username, details=wanted, password=password, at=at
        )
    user_id, details = known
    if details != wanted:
        outcome.changed_users += 1
        accounts.change_user(actor=actor, user_id=user_id, details=wanted, at=at)
    return user_id


def _write_work(
    actor: Actor, county: _Known, row: UserRow, user_id: int, at: datetime, outcome: ImportOutcome
) -> None:
    unit = county.units_of(row)[0]
    same = county.same(row, unit)
    if same is None:
        work = Work(unit.pk, row.profession, row.title, row.period)
        write_assignment(actor=actor, user_id=user_id, work=work, at=at)
        outcome.new_assignments += 1
    elif (same.title, same.ends_on) != (row.title, row.period.ends_on):
        if row.period.ends_on is not None:
            own = same.pk == actor.assignment_id
            demand(end_refusal(row.period, row.period.ends_on, is_own_present=own))
        change_written(actor=actor, row=same, title=row.title, ends_on=row.period.ends_on, at=at)
        outcome.changed_assignments += 1


def _means(written: str, place: Organisation | None) -> bool:
    return not written or (place is not None and search_key(written) == search_key(place.name))


def _no_unit(found: int) -> str:
    if found:
        return _("Several units have this name. Give the department or the unit's HSA-id too.")
    return _("There is no such unit within what you administer.")


def _problem(row: UserRow, column: str, message: str | Promise) -> Problem:
    return Problem(row.line, column, message)
