"""A session from login to its end.

What the limits need stands in Django's session; `LoginSession` says which sessions a user has, so that the user can
end them from elsewhere. The session's public id, which the audit log keeps, is not the key in the cookie.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.crypto import constant_time_compare

from samordna.accounts.models import LoginSession, User
from samordna.accounts.rules import SessionLimits, seconds_left, session_end
from samordna.accounts.session_store import SessionStore
from samordna.accounts.states import SessionEnd

# The session is not written at every request: what was last done is known within a minute.
WRITE_EVERY = timedelta(seconds=60)

BEGUN, LAST_SEEN, METHOD, PUBLIC_ID = "begun_at", "last_seen_at", "login_method", "public_id"
# The key of the posted form that the session got its present key by.
RENEWED_BY = "renewed_by_form"


@dataclass(frozen=True, slots=True)
class SessionClock:
    """When a session began and when something was last done in it."""

    begun_at: datetime
    last_seen_at: datetime

    @classmethod
    def of(cls, session: SessionBase | Mapping[str, Any]) -> Self | None:
        """The times of a logged-in session; None for one that was not begun through a login."""
        begun, seen = session.get(BEGUN), session.get(LAST_SEEN)
        return None if begun is None or seen is None else cls(_moment(begun), _moment(seen))

    def end(self, at: datetime) -> SessionEnd | None:
        """Why the session is over, or None."""
        return session_end(begun_at=self.begun_at, last_seen_at=self.last_seen_at, at=at, limits=limits())

    def seconds_left(self, at: datetime) -> int:
        """Seconds until the session is over if nothing more is done."""
        return seconds_left(begun_at=self.begun_at, last_seen_at=self.last_seen_at, at=at, limits=limits())


def limits() -> SessionLimits:
    """The installation's limits."""
    return SessionLimits(
        idle=timedelta(seconds=settings.SESSION_IDLE_SECONDS),
        absolute=timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS),
    )


def holds(session: SessionBase, password: str) -> bool:
    """Whether the session was begun, or has gone on, with the password that the user has now (as it is stored)."""
    kept = session.get(HASH_SESSION_KEY)
    return kept is not None and constant_time_compare(kept, User(password=password).get_session_auth_hash())


def begin(session: SessionBase, *, user_id: int, method: str, browser: str, at: datetime) -> str:
    """Mark the session as begun; answers with its public id. The caller holds the user, and has asked for a new key."""
    if session.session_key is None or key_is_replaced(session):
        # Of two who logged in by one visitor's session at once this is the second: it gets a session of its own.
        session.create()
    row = LoginSession.objects.create(
        id=uuid.uuid4(),
        user_id=user_id,
        session_key=session.session_key,
        method=method,
        browser=browser[:80],
        begun_at=at,
    )
    session[BEGUN] = session[LAST_SEEN] = int(at.timestamp())
    session[METHOD], session[PUBLIC_ID] = method, str(row.id)
    # A visitor's session may have been short-lived; from now on the limits of this module hold.
    session.set_expiry(None)
    return str(row.id)


def touch(session: SessionBase, at: datetime, *, at_once: bool = False) -> None:
    """Something was done: the idle limit counts from now, exactly so with `at_once`."""
    clock = SessionClock.of(session)
    if clock and (at_once or at - clock.last_seen_at >= min(WRITE_EVERY, limits().idle / 10)):
        session[LAST_SEEN] = int(at.timestamp())


def hold(*user_ids: int) -> None:
    """Let all that begins, renews or ends sessions of these users come one after the other, until the transaction ends.

    Everybody holds the user first, then rows of sessions, then those of `LoginSession`.
    """
    users = User.objects.select_for_update(no_key=True).filter(pk__in=user_ids).order_by("pk")
    list(users.values_list("pk"))


@transaction.atomic
def renew_key(session: SessionBase, form_key: UUID | None) -> None:
    """Another key in the cookie for the same session, as when the user gets higher rights.

    Not where another request has renewed it already: that one's answer has the new key, and so has this one's when
    both are the same form, posted twice.
    """
    hold(_user_of(session))
    old = session.session_key
    session[RENEWED_BY] = str(form_key or "")
    session.cycle_key()
    if session.session_key != old:
        LoginSession.objects.filter(session_key=old).update(session_key=session.session_key)
    else:
        follow(session, form_key)


def follow(session: SessionBase, form_key: UUID | None) -> bool:
    """Go on by the newest key, if it was this very form that renewed it: the browser threw the first answer away.

    The form's key stands in the user's page alone, so whoever else knows the old key of the session gets nothing by it.
    Says whether it did.
    """
    newest = session.newest_key()  # type: ignore[attr-defined]
    if form_key is None or newest == session.session_key:
        return False
    if SessionStore(newest).get(RENEWED_BY) != str(form_key):
        return False
    session.go_over()  # type: ignore[attr-defined]
    session.modified = True
    return True


@transaction.atomic
def go_on_with(session: SessionBase, password: str, form_key: UUID | None) -> None:
    """The session goes on by a new key with the password that its user has now (as it is stored).

    Whoever asks has just written the one of before, and so goes on also where the key was replaced meanwhile.
    """
    hold(_user_of(session))
    session.go_over()  # type: ignore[attr-defined]
    if SESSION_KEY in session:
        session[HASH_SESSION_KEY] = User(password=password).get_session_auth_hash()
        renew_key(session, form_key)


@transaction.atomic
def close(session: SessionBase, at: datetime) -> None:
    """The session is over by all its keys, and what it held is gone."""
    hold(_user_of(session))
    keys = session.end()  # type: ignore[attr-defined]
    LoginSession.objects.filter(session_key__in=keys).update(ended_at=at, session_key=None)


def key_is_replaced(session: SessionBase) -> bool:
    """Whether it was found by a key that another came after, or another request was faster to renew it."""
    return bool(session.replaced_by)  # type: ignore[attr-defined]


def key_of(session: SessionBase) -> str | None:
    """The key that the session goes by now; not that of the cookie, when it was just replaced."""
    return session.living_key  # type: ignore[attr-defined, no-any-return]


def _user_of(session: SessionBase) -> int:
    return int(session.get(SESSION_KEY, 0))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
