"""Users and where they work, written by an administrator within the scope of the role (K-05, K-06)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samordna.accounts import commands as accounts
from samordna.accounts.hashers import stored
from samordna.accounts.queries import UserDetails, alike_user_names
from samordna.assignments.commands.passwords import keep_first_passwords
from samordna.assignments.hanging import CountHanging, Hanging, together
from samordna.assignments.models import Assignment
from samordna.assignments.passwords import initial_password, new_seed
from samordna.assignments.queries.actors import has_roles_of
from samordna.assignments.queries.administration import (
    Scope,
    UserPage,
    has_ended,
    place_in,
    scope_of,
    user_page,
)
from samordna.assignments.queries.closed import is_last_work
from samordna.assignments.queries.rights import used_at, work_gives
from samordna.assignments.rules import (
    Period,
    assignment_refusal,
    close_user_refusal,
    details_refusal,
    end_refusal,
    last_work_refusal,
    left_refusal,
    nearly_taken_refusal,
    own_work_refusal,
    password_refusal,
    stale_refusal,
    twice_refusal,
)
from samordna.assignments.states import Profession
from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.kernel.refusal import NotVisible, Refusal, Refused, Stale, demand
from samordna.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Work:
    """An assignment as it is written: where, as what, from when and until when."""

    unit_id: int
    profession: Profession
    title: str
    period: Period


@dataclass(frozen=True, slots=True)
class Created:
    """A new user, and by which id the password that was made is shown (None when it was typed)."""

    user_id: int
    passwords_id: UUID | None


@dataclass(frozen=True, slots=True)
class UserActs:
    """Why the actor may not do each of these to a user; None is that it may be done."""

    details: Refusal | None
    password: Refusal | None
    closing: Refusal | None
    may_end_managers: bool


def user_acts(actor: Actor, page: UserPage, at: datetime) -> UserActs:
    """What the page of a user offers, and the commands demand."""
    own, within = page.user.id == actor.user_id, not page.elsewhere_now
    gives = has_roles_of(actor.user_id, page.user.id, at)
    return UserActs(
        details=details_refusal(here_now=page.here_now, elsewhere_now=page.elsewhere_now),
        password=password_refusal(is_own=own, all_within_scope=within, may_give_roles=gives),
        closing=close_user_refusal(is_own=own, all_within_scope=within, may_give_roles=gives),
        may_end_managers=gives,
    )


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    username: str,
    details: UserDetails,
    password: str,
    work: Work,
    at: datetime,
    is_another: bool = False,
) -> Created:
    """A new user with a first assignment within the actor's scope; without a password one is made, to be shown.

    Refused: a user name in use, one that is nearly another's unless it `is_another`, a closed unit.
    """
    scope, seed = scope_of(actor, at), new_seed()
    hashed = stored(password or initial_password(seed, username))
    accounts.users_in_line()
    demand(nearly_taken_refusal(username, alike_user_names(username), is_another=is_another))
    user_id = accounts.create_user(actor=actor, username=username, details=details, hashed=hashed, at=at)
    _add(actor, scope, user_id, work, at)
    if password:
        return Created(user_id, None)
    return Created(user_id, keep_first_passwords(actor=actor, seed=seed, usernames=[username], at=at))


@transaction.atomic
def change_user(*, actor: Actor, user_id: int, details: UserDetails, seen: str, at: datetime) -> None:
    """Change a user's details. Refused for who has left the scope and works elsewhere.

    `Stale` when someone else changed them after the form was opened.
    """
    accounts.users_in_line()
    accounts.locked(user_id)
    page = _visible(actor, user_id, at)
    demand(user_acts(actor, page, at).details)
    if page.seen != seen:
        raise Stale(stale_refusal())
    accounts.change_user(actor=actor, user_id=user_id, details=details, at=at)


@transaction.atomic
def give_password(*, actor: Actor, user_id: int, at: datetime) -> UUID:
    """A new initial password, to be shown by the id that this gives; lifts a lockout.

    Refused for oneself, for users with more than the actor's scope, and for a system manager by who is none there.
    """
    page = _visible(actor, user_id, at)
    demand(user_acts(actor, page, at).password)
    seed, username = new_seed(), page.user.username
    password = initial_password(seed, username)
    accounts.set_initial_password(actor=actor, user_id=user_id, password=password, at=at)
    return keep_first_passwords(actor=actor, seed=seed, usernames=[username], at=at)


@transaction.atomic
def close_user(*, actor: Actor, user_id: int, hanging: CountHanging, left: str, at: datetime) -> None:
    """Close a user. Refused for oneself and for users with more than the actor's scope.

    Refused while something hangs on the user, unless that is `left`: the numbers that were shown; `Stale` when they are
    others now. The log keeps them.
    """
    page = _visible(actor, user_id, at)
    demand(user_acts(actor, page, at).closing)
    hangs = hanging_on_user(page, hanging, at)
    demand(left_refusal(hangs=hangs.some, left=bool(left)))
    if hangs.some and hangs.seen != left:
        raise Stale(stale_refusal())
    accounts.set_active(actor=actor, user_id=user_id, active=False, at=at, left=hangs._asdict())


@transaction.atomic
def open_user(*, actor: Actor, user_id: int, at: datetime) -> None:
    """Open a closed user again. Refused for oneself and for users with more than the actor's scope."""
    page = _visible(actor, user_id, at)
    demand(user_acts(actor, page, at).closing)
    accounts.set_active(actor=actor, user_id=user_id, active=True, at=at)


def hanging_on_user(page: UserPage, hanging: CountHanging, at: datetime) -> Hanging:
    """What hangs on the user by the work within the scope that has not ended."""
    held = [line.id for line in page.assignments if not has_ended(line, today(at))]
    return together(hanging(held).values()) if held else Hanging()


@transaction.atomic
def add_assignment(*, actor: Actor, user_id: int, work: Work, at: datetime) -> int:
    """A user gets one more place to work. Refused: a closed or external unit, the same work twice at a time."""
    scope = scope_of(actor, at)
    user_page(scope, user_id, at)
    return _add(actor, scope, user_id, work, at)


@transaction.atomic
def end_assignment(*, actor: Actor, assignment_id: int, ends_on: date, at: datetime) -> None:
    """The assignment's last day. Refused as `demand_end` says."""
    row = _assignment(scope_of(actor, at), assignment_id)
    demand_end(actor=actor, row=row, ends_on=ends_on, at=at)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    _record(actor, row, at, {"ends_on": ends_on})


def demand_end(
    *, actor: Actor, row: Assignment, ends_on: date | None, at: datetime, in_a_file: bool = False
) -> None:
    """Whether the assignment gets that last day, from a page or a file.

    Refused by `end_refusal`, over a later one of the same work, and by `last_work_refusal`.
    """
    own = row.pk == actor.assignment_id
    held = _period(row)
    demand(end_refusal(held, ends_on, today=today(at), is_own_present=own, in_a_file=in_a_file))
    wanted = Work(row.unit_id, Profession(row.profession), row.title, Period(row.starts_on, ends_on))
    longer = held.ends_on is not None and (ends_on is None or ends_on > held.ends_on)
    if longer and meets_same(row.user_id, wanted, other_than=row.pk):
        raise Refused(twice_refusal("ends_on"))
    if ends_on is not None:
        is_last = is_last_work(row.user_id, row.pk, ends_on)
        gives = has_roles_of(actor.user_id, row.user_id, at)
        demand(last_work_refusal(is_last=is_last, may_give_roles=gives))


def demand_not_oneself(
    *, actor: Actor, user_id: int, unit: Organisation, profession: Profession, at: datetime
) -> None:
    """Refused by `own_work_refusal`: new work at a unit by which the actor herself could read its cases."""
    if user_id == actor.user_id:
        new = work_gives(unit, profession) - used_at(user_id, unit.pk, at)
        demand(own_work_refusal(is_own=True, opens=new))


def write_assignment(*, actor: Actor | None, user_id: int, work: Work, at: datetime) -> Assignment:
    """The row itself, for what has been asked and answered already (imports, made-up counties)."""
    row = Assignment.objects.create(
        user_id=user_id,
        unit_id=work.unit_id,
        profession=work.profession,
        title=work.title,
        starts_on=work.period.starts_on,
        ends_on=work.period.ends_on,
    )
    _record(
        actor,
        row,
        at,
        {"unit": work.unit_id, "profession": work.profession, "starts_on": work.period.starts_on},
    )
    return row


def change_written(*, actor: Actor, row: Assignment, title: str, ends_on: date | None, at: datetime) -> None:
    """Title and last day of an assignment that an import names again."""
    row.title, row.ends_on = title, ends_on
    row.save(update_fields=["title", "ends_on"])
    _record(actor, row, at, {"ends_on": ends_on})


def meets_same(user_id: int, work: Work, *, other_than: int | None = None) -> bool:
    """Whether the user already does that work at that unit during some of the same time."""
    rows = Assignment.objects.filter(user_id=user_id, unit_id=work.unit_id, profession=work.profession)
    return any(_period(row).meets(work.period) for row in rows if row.pk != other_than)


def _add(actor: Actor, scope: Scope, user_id: int, work: Work, at: datetime) -> int:
    # Two additions for the same user wait for each other, so that neither overlooks the other.
    accounts.locked(user_id)
    unit = place_in(scope, work.unit_id)
    demand(
        assignment_refusal(
            work.period,
            unit_open=unit.closed_on is None or unit.closed_on > today(at),
            unit_external=unit.external,
            meets_same=meets_same(user_id, work),
        )
    )
    demand_not_oneself(actor=actor, user_id=user_id, unit=unit, profession=work.profession, at=at)
    return write_assignment(actor=actor, user_id=user_id, work=work, at=at).pk


def _visible(actor: Actor, user_id: int, at: datetime) -> UserPage:
    return user_page(scope_of(actor, at), user_id, at)


def _assignment(scope: Scope, assignment_id: int) -> Assignment:
    row = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk=assignment_id)
        .first()
    )
    if row is None or not scope.holds(row.unit):
        raise NotVisible
    return row


def _period(row: Assignment) -> Period:
    return Period(row.starts_on, row.ends_on)


def _record(actor: Actor | None, row: Assignment, at: datetime, details: dict[str, object]) -> None:
    record(
        actor=actor,
        at=at,
        action=Action.ASSIGNMENT_CHANGED,
        object_kind="assignment",
        object_id=str(row.pk),
        details={"user": row.user_id, **details},
    )
