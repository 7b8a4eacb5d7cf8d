"""All writing about users: who they are, their passwords and their sessions.

Who may change whom is decided in `assignments`, which knows who works where; here are the acts themselves.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from axes.utils import reset as forget_failed_logins
from django.db import transaction

from samordna.accounts.hashers import composed, stored
from samordna.accounts.models import LoginSession, Session, User
from samordna.accounts.queries import UserDetails
from samordna.accounts.rules import contact_changed, new_password_refusal, user_refusal
from samordna.accounts.session_store import SessionStore
from samordna.accounts.states import SessionEnd
from samordna.accounts.user_names import fold_user_name
from samordna.audit.commands import record
from samordna.audit.states import Action, Result
from samordna.kernel.actor import Actor
from samordna.kernel.line import wait_in_line
from samordna.kernel.refusal import NotVisible, Stale, demand
from samordna.kernel.text import fingerprint, search_key

# Longer than any lockout; what people type as their user name is not kept without need.
COUNTS_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What users themselves keep current (K-10)."""

    email: str
    phone: str
    work_address: str


@transaction.atomic
def create_user(
    *, actor: Actor | None, username: str, details: UserDetails, hashed: str | None, at: datetime
) -> int:
    """A new user who must change the password at the first login; without one nobody can log in.

    `hashed` is the password as `hashers.stored` gives it. Refuses a user name that is in use.
    """
    users_in_line()
    user = User(username=fold_user_name(username), must_change_password=True, created_at=at)
    _write(user, details)
    if hashed is None:
        user.set_unusable_password()
    else:
        user.password = hashed
    _save_unique(user)
    record(actor=actor, at=at, action=Action.USER_CREATED, object_kind="user", object_id=str(user.pk))
    return user.pk


@transaction.atomic
def change_user(*, actor: Actor | None, user_id: int, details: UserDetails, at: datetime) -> None:
    """What an administrator changed about a user. Writes nothing when nothing differs."""
    users_in_line()
    user = locked(user_id)
    changed = _write(user, details)
    if changed:
        if "name" in changed:
            user.rows_stale_from = at
        _save_unique(user)
        _record_user(actor, at, Action.USER_CHANGED, user_id, {"fields": sorted(changed)})


@transaction.atomic
def change_contact(
    *, actor: Actor | None, user_id: int, contact: ContactDetails, at: datetime, seen: str = ""
) -> None:
    """What the user changed about itself (K-10). Writes nothing when nothing differs.

    Stale when something else is written than when the form was opened with `seen`.
    """
    user = locked(user_id)
    before = asdict(ContactDetails(user.email, user.phone, user.work_address))
    changed = [name for name, value in asdict(contact).items() if before[name] != value]
    if changed and seen and seen != fingerprint(before):
        raise Stale(contact_changed())
    for name in changed:
        setattr(user, name, getattr(contact, name))
    if changed:
        user.save(update_fields=changed)
        _record_user(actor, at, Action.USER_CHANGED, user_id, {"by": "user", "fields": sorted(changed)})


@transaction.atomic
def change_password(
    *, actor: Actor | None, user_id: int, current: str, new: str, keep_session: str | None, at: datetime
) -> str:
    """The user's own change; gives the new password as it is stored.

    Refuses a wrong present password and the same one again; ends the other sessions.
    """
    user = locked(user_id)
    demand(
        new_password_refusal(
            current_is_right=user.check_password(current), same_as_before=composed(current) == composed(new)
        )
    )
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    _end_sessions(user_id, at, keep=keep_session)
    _record_user(actor, at, Action.USER_PASSWORD_CHANGED, user_id, {"by": "user"})
    return user.password


@transaction.atomic
def set_initial_password(*, actor: Actor | None, user_id: int, password: str, at: datetime) -> None:
    """An administrator's: it must be changed at the next login, a lockout is lifted and every session ends."""
    hashed = stored(password)
    user = locked(user_id)
    user.password = hashed
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    forget_failed_logins(username=user.username)
    _end_sessions(user_id, at)
    _record_user(actor, at, Action.USER_PASSWORD_CHANGED, user_id, {"by": "administrator"})


@transaction.atomic
def set_active(
    *, actor: Actor | None, user_id: int, active: bool, at: datetime, left: Mapping[str, int] | None = None
) -> None:
    """Close or reopen a user. Closing ends every session at once; nothing that the user did is lost.

    What hangs on the user is `left`, in numbers for the log.
    """
    user = locked(user_id)
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        _end_sessions(user_id, at)
    numbers = {kind: count for kind, count in (left or {}).items() if count}
    _record_user(
        actor,
        at,
        Action.USER_CHANGED,
        user_id,
        {"is_active": active, **({"left": numbers} if numbers else {})},
    )


@transaction.atomic
def end_other_sessions(*, actor: Actor | None, user_id: int, keep_session: str | None, at: datetime) -> int:
    """End the user's sessions but the present one; answers with how many there were."""
    locked(user_id)
    ended = _end_sessions(user_id, at, keep=keep_session)
    _record_user(actor, at, Action.SESSION_ENDED_ELSEWHERE, user_id, {"ended": ended})
    return ended


@transaction.atomic
def purge_sessions(*, at: datetime) -> int:
    """Throw away sessions that are over and counts of failed log-ins that no longer lock; called by the worker.

    Answers with how many sessions there were. That they have been stands in the log.
    """
    over_now = Session.objects.filter(expire_date__lt=at)
    purged = over_now.filter(replaced_by="").count()
    over_now.delete()
    listed = LoginSession.objects.filter(session_key__isnull=False)
    gone = listed.exclude(session_key__in=Session.objects.values("session_key"))
    # By their keys: a session that gets a new one at this moment is not over.
    keys = list(gone.values_list("session_key", flat=True))
    LoginSession.objects.filter(session_key__in=keys).update(ended_at=at, session_key=None)
    AccessAttempt.objects.filter(attempt_time__lt=at - COUNTS_KEPT_FOR).delete()
    return purged


def record_login(*, action: Action, user_id: int | None, at: datetime, details: Mapping[str, object]) -> None:
    """What happens before a unit is chosen. What was typed as user name is not kept: it may be a password."""
    record(
        actor=None,
        at=at,
        action=action,
        object_kind="user",
        object_id="" if user_id is None else str(user_id),
        result=Result.REFUSED
        if action in {Action.SESSION_LOGIN_FAILED, Action.SESSION_LOCKED_OUT}
        else Result.DONE,
        details=details,
    )


def record_logout(*, actor: Actor | None, user_id: int, at: datetime) -> None:
    """The user chose to end the session."""
    _record_user(actor, at, Action.SESSION_LOGGED_OUT, user_id, {})


def record_expiry(*, actor: Actor | None, user_id: int, why: SessionEnd, at: datetime) -> None:
    """The session was over when the next request came."""
    _record_user(actor, at, Action.SESSION_EXPIRED, user_id, {"why": why})


def users_in_line() -> None:
    """Before any user's row is held: who gives a user its name or HSA-id waits for whoever gives another the same."""
    wait_in_line("users")


def locked(user_id: int) -> User:
    """The user, locked until the end of the transaction."""
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotVisible
    return user


def _save_unique(user: User) -> None:
    """Save what may collide with another user, who may have been written a moment ago. After `users_in_line`."""
    _demand_unique(user)
    user.save()


def _demand_unique(user: User) -> None:
    others = User.objects.exclude(pk=user.pk)
    demand(
        user_refusal(
            name_taken=others.filter(username=user.username).exists(),
            hsa_id_taken=user.hsa_id is not None and others.filter(hsa_id=user.hsa_id).exists(),
        )
    )


def _write(user: User, details: UserDetails) -> list[str]:
    values = {**asdict(details), "hsa_id": details.hsa_id or None}
    changed = [name for name, value in values.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, values[name])
    user.search_key = search_key(user.name)[:200]
    return changed


def _end_sessions(user_id: int, at: datetime, *, keep: str | None = None) -> int:
    """The user is held: none of the sessions gets a new key, or begins, meanwhile."""
    kept = SessionStore(keep).newest_key() if keep else ""
    listed = LoginSession.objects.filter(user_id=user_id, session_key__isnull=False)
    keys = list(listed.exclude(session_key=kept).values_list("session_key", flat=True))
    ended, _each = Session.objects.filter(session_key__in=keys).delete()
    Session.objects.filter(replaced_by__in=keys).delete()
    LoginSession.objects.filter(session_key__in=keys).update(ended_at=at, session_key=None)
    return ended


def _record_user(
    actor: Actor | None, at: datetime, action: Action, user_id: int, details: Mapping[str, object]
) -> None:
    record(actor=actor, at=at, action=action, object_kind="user", object_id=str(user_id), details=details)
