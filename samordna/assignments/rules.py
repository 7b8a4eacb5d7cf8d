"""Who may decide where people work and what they may do there: plain values in, a `Refusal` or None out.

That the user or place lies within the administrator's scope is not a refusal but a question of being seen at all;
the queries answer it (`NotVisible`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from samordna.assignments.states import Profession, SystemRole
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Period:
    """From a day, and through a day if it is known to end."""

    starts_on: date
    ends_on: date | None = None

    def meets(self, other: "Period") -> bool:
        """Whether there is a day that belongs to both."""
        begins_in_time = other.ends_on is None or self.starts_on <= other.ends_on
        return begins_in_time and (self.ends_on is None or other.starts_on <= self.ends_on)


def rises(before: Actor, after: Actor) -> bool:
    """Whether a change of unit gives the user a right that was not there before: then the session gets a new key."""
    new_role = bool(after.system_roles - before.system_roles)
    return new_role or bool(after.module_rights - before.module_rights)


def period_refusal(period: Period) -> Refusal | None:
    """An end before the start is no period."""
    if period.ends_on is not None and period.ends_on < period.starts_on:
        return Refusal("assignment.ends_first", _("The last day is before the first."), field="ends_on")
    return None


def assignment_refusal(
    period: Period, *, unit_open: bool, unit_external: bool, meets_same: bool
) -> Refusal | None:
    """A new assignment: at an open unit in the system, and not twice for the same work at the same time."""
    if unit_external:
        return Refusal(
            "assignment.external_unit",
            _("The unit is outside the system, so nobody logs in there."),
            field="unit",
        )
    if not unit_open:
        return Refusal("assignment.closed_unit", _("The unit is closed."), field="unit")
    if meets_same:
        return twice_refusal("unit")
    return period_refusal(period)


def twice_refusal(field: str) -> Refusal:
    """Two assignments for the same work never share a day."""
    return Refusal(
        "assignment.twice",
        _("The user already works at the unit in that profession during the same time."),
        field=field,
    )


def own_work_refusal(*, is_own: bool, opens: Collection[Module]) -> Refusal | None:
    """Nobody lets herself in where she could not read before, by giving herself work that may use a module (K-04).

    `opens`: the modules that the work gives her and that she could not use at the unit.
    """
    if not is_own or not opens:
        return None
    return Refusal(
        "assignment.oneself",
        _("You cannot give yourself work that may use %(module)s.") % {"module": min(opens)},
        _("Another administrator can."),
        field="profession",
    )


NEARLY_TAKEN = "user.nearly_taken"


def nearly_taken_refusal(username: str, alike: Sequence[str], *, is_another: bool) -> Refusal | None:
    """A user name that a reader would take for another's is asked about: is it the same user, or another one?"""
    if is_another or not alike:
        return None
    return Refusal(
        NEARLY_TAKEN,
        _("Nearly the same user name is in use: %(names)s.") % {"names": ", ".join(alike)},
        _("If it is the same user, open that one. If it is another, tick the box below."),
        field="username",
    )


def end_refusal(
    held: Period, ends_on: date | None, *, today: date, is_own_present: bool, in_a_file: bool = False
) -> Refusal | None:
    """The end of an assignment takes effect after its last day (K-06). `held` is what holds now.

    One that has ended stays so: a new one begins the day that somebody comes back. A page takes no day that has
    passed, for whoever writes one means another year or another act; a file, which tells the year, does.
    """
    if held.ends_on is not None and held.ends_on < today and (ends_on is None or ends_on > held.ends_on):
        return Refusal(
            "assignment.has_ended",
            _("The assignment ended on %(day)s.") % {"day": held.ends_on.isoformat()},
            _("Add a new assignment."),
            field="ends_on",
        )
    if ends_on is None:
        return None
    if is_own_present:
        return Refusal(
            "assignment.own_present",
            _("You work with this assignment now, and would lock yourself out."),
            _("Another administrator can end it."),
        )
    if ends_on < held.starts_on:
        return Refusal("assignment.ends_first", _("The last day is before the first."), field="ends_on")
    if ends_on < today and not in_a_file:
        return Refusal(
            "assignment.past_day",
            _("%(day)s has passed. Choose today or a day to come.") % {"day": ends_on.isoformat()},
            _("To stop the user at once, close the user."),
            field="ends_on",
        )
    return None


def appoint_refusal(
    *, administers: bool, profession: str, same_unit: bool, gives_oneself: bool = False
) -> Refusal | None:
    """An administrator, or a headmaster for staff at the own unit, appoints by name (K-04); nobody appoints herself."""
    if gives_oneself:
        return Refusal(
            "right.appoint_oneself",
            _("You cannot appoint yourself for SIP."),
            _("Another administrator can."),
        )
    if administers or (profession == Profession.HEADMASTER and same_unit):
        return None
    return Refusal(
        "right.appoint_others",
        _("You cannot appoint people for SIP at this unit."),
        _("Its headmaster or the administrator can."),
    )


def details_refusal(*, here_now: bool, elsewhere_now: bool) -> Refusal | None:
    """Who once worked within the scope and now works elsewhere is kept by those who administer that."""
    if elsewhere_now and not here_now:
        return Refusal(
            "user.works_elsewhere",
            _("The user now works outside what you administer."),
            _("An administrator there can change the details."),
        )
    return None


def password_refusal(*, is_own: bool, all_within_scope: bool, may_give_roles: bool = True) -> Refusal | None:
    """A new password opens everything the user can do, so only one who administers all of it may give one.

    So it is with the roles too: who cannot make a system manager does not get into the account of one.
    """
    if is_own:
        return Refusal(
            "user.own_password", _("This is you."), _("Change your own password under My details.")
        )
    if not all_within_scope:
        return Refusal(
            "user.wider_than_scope",
            _("The user also works, or has a system role, outside what you administer."),
            _("An administrator of the whole of it can do this."),
        )
    return None if may_give_roles else _SYSTEM_MANAGER


_SYSTEM_MANAGER = Refusal(
    "user.system_manager",
    _("The user is a system manager."),
    _("An administrator who is a system manager too can do this."),
)


def close_user_refusal(
    *, is_own: bool, all_within_scope: bool, may_give_roles: bool = True
) -> Refusal | None:
    """Closing a user ends everything the user can do, so a system manager is closed by another one only."""
    if is_own:
        return Refusal("user.own_closing", _("This is you."), _("Another administrator can close your user."))
    return password_refusal(is_own=False, all_within_scope=all_within_scope, may_give_roles=may_give_roles)


def left_refusal(*, hangs: bool, left: bool) -> Refusal | None:
    """What hangs on a user who is closed is handed over first, or left on purpose (V-25).

    It is not refused altogether: closing also shuts somebody out at once.
    """
    if left or not hangs:
        return None
    return Refusal(
        "user.in_use",
        _("Ongoing cases hang on the user. Nothing is changed."),
        _("Hand them over first, or tick that they are left."),
    )


def last_work_refusal(*, is_last: bool, may_give_roles: bool) -> Refusal | None:
    """The end of the last assignment closes the user, so it is refused as closing is."""
    return _SYSTEM_MANAGER if is_last and not may_give_roles else None


def grant_refusal(period: Period, *, has_same: bool, may_give: bool) -> Refusal | None:
    """A system role is given once for the same place and time (K-05).

    A system manager may keep the whole county, so only a system manager there makes another.
    """
    if not may_give:
        return Refusal(
            "role.not_yours_to_give",
            _("You cannot make anybody a system manager."),
            _("A system manager can do it."),
            field="role",
        )
    if has_same:
        return Refusal("role.twice", _("The user already has that role there."), field="organisation")
    return period_refusal(period)


def roles_to_give(*, makes_managers: bool) -> list[SystemRole]:
    """The roles that are offered: a system manager's only by whoever is one somewhere."""
    return [role for role in SystemRole if makes_managers or role != SystemRole.SYSTEM_MANAGER]


def first_roles_refusal(*, there_is_a_manager: bool) -> Refusal | None:
    """The operator makes the first administrator, or the first again when no system manager can log in any more."""
    if there_is_a_manager:
        return Refusal(
            "role.not_first",
            _("There is a system manager already."),
            _("A system manager gives roles to others from the pages."),
        )
    return None


def end_grant_refusal(*, is_own: bool, may_give: bool) -> Refusal | None:
    """Nobody takes a role from themselves, nor one that they could not give back: the last manager would be gone."""
    if is_own:
        return Refusal("role.own", _("This is your own role."), _("Another administrator can end it."))
    return None if may_give else _SYSTEM_MANAGER


def stale_refusal() -> Refusal:
    """What the form was opened with is no longer what is stored."""
    return Refusal(
        "administration.stale",
        _("Someone else changed this after you opened the page. Nothing was saved."),
        _("Look at what it says now, and make your change again."),
    )
