"""Import and export of users: all of a file or nothing of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.accounts import commands as accounts
from samordna.accounts.queries import UserDetails, details_named
from samordna.assignments.commands.passwords import (
    FirstPasswordsMade,
    keep_first_passwords,
    make_first_passwords,
)
from samordna.assignments.commands.people import (
    Work,
    change_written,
    demand_end,
    demand_not_oneself,
    write_assignment,
)
from samordna.assignments.commands.users_known import MOST_NEW_USERS, Known, problem_of
from samordna.assignments.commands.users_told import Closed, accounts_closing, left_hanging
from samordna.assignments.hanging import CountHanging
from samordna.assignments.models import Assignment
from samordna.assignments.queries.administration import scope_of
from samordna.assignments.users_csv import UserRow, read_users, user_cells, work_cells, write_users
from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.collation import swedish
from samordna.kernel.refusal import Refused, Stale, demand
from samordna.organisations.file_changes import FileOutcome, RowChange, cells_that_change
from samordna.organisations.models import Organisation
from samordna.organisations.places import within
from samordna.organisations.rules import file_changed


@dataclass(slots=True)
class UsersOutcome(FileOutcome):
    """What the file does. By `passwords_id` the first passwords of its new users are shown."""

    new_users: int = 0
    changed_users: int = 0
    new_assignments: int = 0
    changed_assignments: int = 0
    passwords_id: UUID | None = None

    @property
    def counts(self) -> dict[str, int]:
        """For the log and for the page."""
        return {
            "new_users": self.new_users,
            "changed_users": self.changed_users,
            "new_assignments": self.new_assignments,
            "changed_assignments": self.changed_assignments,
        }


@transaction.atomic
def preview_users(
    *, actor: Actor, content: bytes, answers: Mapping[str, str], at: datetime, hanging: CountHanging
) -> UsersOutcome:
    """What `import_users` would do with the file and these answers. Nothing is written."""
    outcome = _taken_in(actor, content, answers, at, hanging, FirstPasswordsMade())
    # All of it has been done, so whatever would be refused has been; and all of it is undone.
    transaction.set_rollback(True)
    return outcome


def passwords_for(content: bytes) -> FirstPasswordsMade:
    """First passwords for those whom the file names and who are not users yet.

    Before the transaction of the import: hashing hundreds of them takes a minute, for which nobody else shall wait.
    """
    named = {row.username for row in read_users(content).rows}
    new = sorted(named - set(details_named(named)))
    return make_first_passwords(new if len(new) <= MOST_NEW_USERS else ())


@transaction.atomic
def import_users(
    *,
    actor: Actor,
    content: bytes,
    answers: Mapping[str, str],
    seen: str,
    passwords: FirstPasswordsMade,
    at: datetime,
    hanging: CountHanging,
) -> UsersOutcome:
    """Users and assignments as in the file; what it does not mention stays as it is.

    What hangs on an assignment that the file ends is told by the outcome, as the page of the user tells it.

    A user name nearly another's is asked about, and `answers` say which is meant. With any problem or open question
    nothing is written. `seen` is the fingerprint of what was shown; stale when the file would do something else now.
    """
    outcome = _taken_in(actor, content, answers, at, hanging, passwords)
    if not outcome.ready:
        transaction.set_rollback(True)
        return outcome
    if outcome.seen != seen:
        raise Stale(file_changed())
    record(actor=actor, at=at, action=Action.USER_IMPORTED, details=outcome.counts)
    return outcome


@transaction.atomic
def export_users(*, actor: Actor, at: datetime) -> bytes:
    """Everyone who works or has worked within the actor's scope, in Swedish order."""
    scope = scope_of(actor, at)
    rows = (
        Assignment.objects.filter(within(scope.organisation_ids, place="unit"))
        .select_related("user", "unit__parent", "unit__department", "unit__principal")
        .order_by(swedish("user__name"), "user__username", "starts_on", "pk")
    )
    record(actor=actor, at=at, action=Action.USER_EXPORTED, details={"rows": len(rows)})
    return write_users(rows)


def _taken_in(
    actor: Actor,
    content: bytes,
    answers: Mapping[str, str],
    at: datetime,
    hanging: CountHanging,
    passwords: FirstPasswordsMade,
) -> UsersOutcome:
    accounts.users_in_line()
    table = read_users(content)
    known, outcome = Known(scope_of(actor, at), table.rows), UsersOutcome(problems=table.problems)
    rows = []
    for typed in table.rows:
        username = known.user_name(typed, answers, outcome)
        if username is None:
            continue
        row = replace(typed, username=username)
        problem = known.problem(row, at)
        if problem:
            outcome.problems.append(problem)
        else:
            known.take(row)
            rows.append(row)
    if too_many := known.too_many_new():
        outcome.problems.append(too_many)
    if not outcome.problems:
        writer = _Writer(actor, known, outcome, at, passwords)
        closed = Closed(known.details, at)
        writer.write(rows)
        counted = hanging([work.pk for work in writer.ended]) if writer.ended else {}
        outcome.warnings += left_hanging(writer.ended, counted)
        outcome.warnings += accounts_closing(writer.ended, known)
        outcome.warnings += closed.told(writer.changed, writer.units)
    if outcome.problems:
        return UsersOutcome(problems=sorted(outcome.problems, key=lambda problem: problem.line))
    return outcome


class _Writer:
    """Writes rows that have been judged, and notes down what each changes. Without passwords nobody new logs in."""

    def __init__(
        self, actor: Actor, known: Known, outcome: UsersOutcome, at: datetime, passwords: FirstPasswordsMade
    ) -> None:
        self.actor, self.known, self.outcome, self.at = actor, known, outcome, at
        self.passwords = passwords
        self.made: list[str] = []
        self.ended: list[Assignment] = []
        self.changed: dict[str, str] = {}
        self.units: list[Organisation] = []

    def write(self, rows: list[UserRow]) -> None:
        for row in rows:
            try:
                self._write(row)
            except Refused as refused:
                self.outcome.problems.append(problem_of(row, "", refused.refusal.message))
        if self.made and self.passwords.seed:
            self.outcome.passwords_id = keep_first_passwords(
                actor=self.actor, seed=self.passwords.seed, usernames=self.made, at=self.at
            )

    def _write(self, row: UserRow) -> None:
        known, wanted = self.known.details.get(row.username), self.known.wanted(row)
        unit = self.known.units_of(row)[0]
        same = self.known.same(row, unit)
        before = user_cells(row.username, known[1]) if known else {}
        before |= work_cells(same) if same else {}
        user_id = self._user(row, wanted, known)
        self.known.details[row.username] = (user_id, wanted)
        work = self._work(row, user_id, same)
        work.unit = unit
        cells = cells_that_change(before, {**user_cells(row.username, wanted), **work_cells(work)})
        if cells:
            name = f"{wanted.name} ({row.username})"
            self.outcome.changes.append(RowChange(row.line, name, cells, added=same is None))
            self.changed[row.username] = wanted.name
            self.units.append(unit)
        else:
            self.outcome.unchanged += 1

    def _user(self, row: UserRow, wanted: UserDetails, known: tuple[int, UserDetails] | None) -> int:
        actor, at = self.actor, self.at
        if known is None:
            self.made.append(row.username)
            self.outcome.new_users += 1
            hashed = self.passwords.hashed.get(row.username)
            return accounts.create_user(
                actor=actor, username=row.username, details=wanted, hashed=hashed, at=at
            )
        user_id, details = known
        if details != wanted:
            if row.username not in self.made:
                demand(self.known.details_refused(row.username, at))
                self.outcome.changed_users += 1
            accounts.change_user(actor=actor, user_id=user_id, details=wanted, at=at)
        return user_id

    def _work(self, row: UserRow, user_id: int, same: Assignment | None) -> Assignment:
        unit = self.known.units_of(row)[0]
        period = self.known.period(row, unit)
        if same is None:
            work = Work(unit.pk, row.profession, row.title, period)
            self.outcome.new_assignments += 1
            demand_not_oneself(
                actor=self.actor, user_id=user_id, unit=unit, profession=row.profession, at=self.at
            )
            return write_assignment(actor=self.actor, user_id=user_id, work=work, at=self.at)
        if (same.title, same.ends_on) != (row.title, period.ends_on):
            if same.ends_on != period.ends_on:
                demand_end(actor=self.actor, row=same, ends_on=period.ends_on, at=self.at, in_a_file=True)
            if period.ends_on is not None and period.ends_on != same.ends_on:
                self.ended.append(same)
            change_written(actor=self.actor, row=same, title=row.title, ends_on=period.ends_on, at=self.at)
            self.outcome.changed_assignments += 1
        return same
