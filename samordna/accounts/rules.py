"""When a session is over, and what a password may be: plain values in, an answer or a refusal out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from samordna.accounts.states import SessionEnd
from samordna.kernel.clock import shown_time
from samordna.kernel.refusal import Refusal

LOCKED = "password.locked"


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lasts without anything being done, and at the very longest (L-07)."""

    idle: timedelta
    absolute: timedelta


def session_end(
    *, begun_at: datetime, last_seen_at: datetime, at: datetime, limits: SessionLimits
) -> SessionEnd | None:
    """Why the session is over at that moment, or None while it lasts."""
    if at - begun_at >= limits.absolute:
        return SessionEnd.ABSOLUTE
    if at - last_seen_at >= limits.idle:
        return SessionEnd.IDLE
    return None


def seconds_left(*, begun_at: datetime, last_seen_at: datetime, at: datetime, limits: SessionLimits) -> int:
    """Seconds until the session is over if nothing more is done; never below 0."""
    ends_at = min(begun_at + limits.absolute, last_seen_at + limits.idle)
    return max(0, int((ends_at - at).total_seconds()))


def contact_changed() -> Refusal:
    """One's own details are also written by an administrator, by a file, and in another tab."""
    return Refusal(
        "user.contact_changed",
        _("Your details have been changed since you opened the page."),
        _("Read what it says now. Save once more to let yours stand."),
    )


def new_password_refusal(*, current_is_right: bool, same_as_before: bool) -> Refusal | None:
    """The present password must be known, and the new one must be another."""
    if not current_is_right:
        return Refusal(
            "password.current_wrong", _("The present password is not right."), field="current_password"
        )
    if same_as_before:
        return Refusal(
            "password.same", _("Choose another password than the present one."), field="new_password"
        )
    return None


def wrong_password_refusal(*, is_right: bool, locked_until: datetime | None) -> Refusal | None:
    """A password that is asked for again must be right, and too many wrong ones stop it for a while."""
    if is_right:
        return None
    if locked_until is not None:
        return Refusal(
            LOCKED,
            _("The password has been wrong too many times. You can try again at %(time)s.")
            % {"time": shown_time(locked_until)},
            field="password",
        )
    return Refusal("password.wrong", _("The password is not right. Write it again."), field="password")


def user_refusal(*, name_taken: bool, hsa_id_taken: bool) -> Refusal | None:
    """A user name is unique in the installation, and so is an HSA-id."""
    if name_taken:
        return Refusal(
            "user.name_taken", _("The user name is already in use. Choose another."), field="username"
        )
    if hsa_id_taken:
        return Refusal("user.hsa_id_taken", _("Another user has this HSA-id."), field="hsa_id")
    return None
