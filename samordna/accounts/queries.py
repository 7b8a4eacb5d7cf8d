"""All reading of users and their sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samordna.accounts.models import LoginSession, Session, User
from samordna.accounts.session_store import SessionStore
from samordna.accounts.sessions import SessionClock
from samordna.accounts.user_names import fold_user_name
from samordna.kernel.refusal import NotVisible
from samordna.kernel.text import name_key


@dataclass(frozen=True, slots=True)
class UserDetails:
    """What an administrator writes about a user."""

    name: str
    email: str = ""
    phone: str = ""
    work_address: str = ""
    hsa_id: str = ""
    protected: bool = False


@dataclass(frozen=True, slots=True)
class UserCard:
    """A user as administrators and the user see it."""

    id: int
    username: str
    name: str
    email: str
    phone: str
    work_address: str
    hsa_id: str
    protected: bool
    is_active: bool
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One of a user's sessions that is not over."""

    begun_at: datetime
    last_seen_at: datetime
    browser: str
    is_this_one: bool


def user_card(user_id: int) -> UserCard:
    """The user; `NotVisible` when there is none."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotVisible
    return _card(user)


def user_named(username: str) -> UserCard | None:
    """The user with that user name, whatever case it is written in."""
    user = User.objects.filter(username=fold_user_name(username)).first()
    return _card(user) if user else None


def details_named(usernames: Iterable[str]) -> dict[str, tuple[int, UserDetails]]:
    """Id and details by user name, for many at once."""
    return {
        user.username: (user.pk, details_of(user))
        for user in User.objects.filter(username__in=list(usernames))
    }


def user_names_by_key() -> dict[str, list[str]]:
    """All user names; those that a reader would take for one another stand together."""
    names: dict[str, list[str]] = {}
    for name in User.objects.order_by("username").values_list("username", flat=True):
        names.setdefault(name_key(name), []).append(name)
    return names


def alike_user_names(username: str) -> list[str]:
    """The user names that a reader would take for this one; none when it is in use itself, which is told anyhow."""
    names = user_names_by_key().get(name_key(username), [])
    return [] if username in names else names


def sessions_of(user_id: int, *, this_key: str | None, at: datetime) -> list[SessionLine]:
    """The user's sessions that are not over, the latest first."""
    own = {s.session_key: s for s in LoginSession.objects.filter(user_id=user_id, session_key__isnull=False)}
    lines = []
    for stored in Session.objects.filter(session_key__in=list(own), expire_date__gt=at):
        clock = SessionClock.of(SessionStore().decode(stored.session_data))
        if clock is not None and clock.end(at) is None:
            row = own[stored.session_key]
            lines.append(
                SessionLine(row.begun_at, clock.last_seen_at, row.browser, stored.session_key == this_key)
            )
    return sorted(lines, key=lambda line: line.last_seen_at, reverse=True)


def details_of(user: User) -> UserDetails:
    """What an administrator has written about the user."""
    return UserDetails(
        name=user.name,
        email=user.email,
        phone=user.phone,
        work_address=user.work_address,
        hsa_id=user.hsa_id or "",
        protected=user.protected,
    )


def _card(user: User) -> UserCard:
    return UserCard(
        id=user.pk,
        username=user.username,
        name=user.name,
        email=user.email,
        phone=user.phone,
        work_address=user.work_address,
        hsa_id=user.hsa_id or "",
        protected=user.protected,
        is_active=user.is_active,
        must_change_password=user.must_change_password,
    )
