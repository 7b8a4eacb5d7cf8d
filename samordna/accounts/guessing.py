"""Passwords that are asked for, and wrong ones counted: at login, when it is changed and before signing (L-07).

`axes` counts per user and origin. Beside it stand ceilings per user over all addresses, per network and for the whole
installation; a browser known to be the user's is not held up by them, so nobody is kept out by what others fail with.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import Q, Sum
from django.http import HttpRequest

from samordna.accounts import commands
from samordna.accounts.models import User
from samordna.accounts.origins import KNOWN_BEGIN, address_of, network_of, origin_of
from samordna.accounts.queries import user_named
from samordna.accounts.rules import wrong_password_refusal
from samordna.audit.states import Action
from samordna.kernel.clock import now
from samordna.kernel.line import wait_in_line
from samordna.kernel.refusal import Refusal

# Known browsers stand as addresses that begin so.
_KNOWN = Q(ip_address__startswith=KNOWN_BEGIN)


class Door(StrEnum):
    """Where a password is asked for."""

    LOGIN = "login"
    CHANGE = "change"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a password: whose it is, or until when no more are tried; neither when it was just wrong."""

    user: User | None
    locked_until: datetime | None = None


def try_password(request: HttpRequest, *, username: str, typed: str, door: Door) -> Tried:
    """Whether it is the user's password. A wrong one is counted and logged; unknown users are treated alike.

    While too many have been wrong nothing is tried, counted or logged: that is done once, when it begins.
    """
    at, known = now(), user_named(username)
    user_id = known.id if known else None
    origin, is_known = origin_of(request, user_id)
    shut_until = None if is_known else _ceiling_until(request, username, at)
    if shut_until is not None:
        return Tried(None, shut_until)
    asked = _asked(origin, network_of(address_of(request)))
    with transaction.atomic():
        # One after the other for each name: all are counted, and two first ones do not meet in the database.
        wait_in_line("password", username)
        locked_before = _failures(_at_origin(username, origin), at) >= settings.AXES_FAILURE_LIMIT
        user = authenticate(asked, username=username, password=typed)
    if isinstance(user, User):
        if door == Door.LOGIN:
            # Nowhere else: the session that asks is held by the hash as it is.
            user.renew_hash(typed)
        AccessAttempt.objects.filter(_at_origin(username, origin)).delete()
        return Tried(user)
    locked_until = _free_again(_at_origin(username, origin), at) if asked.axes_locked_out else None  # type: ignore[attr-defined]
    if not locked_before:
        _log(user_id, door, locked=locked_until is not None)
    return Tried(None, locked_until)


def asked_again(request: HttpRequest, typed: str, door: Door) -> Refusal | None:
    """The logged-in user's password, asked for once more: why the act is not carried out, or None when it is right."""
    tried = try_password(request, username=request.user.get_username(), typed=typed, door=door)
    return wrong_password_refusal(is_right=tried.user is not None, locked_until=tried.locked_until)


def _ceiling_until(request: HttpRequest, username: str, at: datetime) -> datetime | None:
    ceilings = (
        (Q(username=username) & ~_KNOWN, settings.MOST_GUESSES_PER_USER),
        (Q(path_info=network_of(address_of(request))) & ~_KNOWN, settings.MOST_GUESSES_PER_ADDRESS),
        (~_KNOWN, settings.MOST_GUESSES_IN_ALL),
    )
    reached = [which for which, most in ceilings if _failures(which, at) >= most]
    return _free_again(reached[0], at) if reached else None


def _at_origin(username: str, origin: str) -> Q:
    return Q(username=username, ip_address=origin)


def _recent(which: Q, at: datetime) -> Q:
    return which & Q(attempt_time__gt=at - _cool_off())


def _failures(which: Q, at: datetime) -> int:
    found = AccessAttempt.objects.filter(_recent(which, at)).aggregate(all=Sum("failures_since_start"))
    return int(found["all"] or 0)


def _free_again(which: Q, at: datetime) -> datetime:
    times = AccessAttempt.objects.filter(_recent(which, at)).values_list("attempt_time", flat=True)
    return max(times, default=at) + _cool_off()


def _cool_off() -> timedelta:
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    return cool_off


def _asked(origin: str, network: str) -> HttpRequest:
    """What `axes` is shown: where the guess comes from and no more. It would keep what was posted.

    The network stands where it keeps the address of the page, which is the same for all.
    """
    asked = HttpRequest()
    asked.method = "POST"
    asked.META["REMOTE_ADDR"] = origin
    asked.META["PATH_INFO"] = network
    return asked


def _log(user_id: int | None, door: Door, *, locked: bool) -> None:
    details = {} if door == Door.LOGIN else {"door": door}
    commands.record_login(action=Action.SESSION_LOGIN_FAILED, user_id=user_id, at=now(), details=details)
    if locked:
        commands.record_login(action=Action.SESSION_LOCKED_OUT, user_id=user_id, at=now(), details=details)
