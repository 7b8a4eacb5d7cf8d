"""What a session knows of the actor: which assignment was chosen, how and in which session the user logged in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import translation

from samordna.accounts.kept_text import keep_apart, keep_for, keep_for_absent, posted_form
from samordna.accounts.middleware import EndedSession
from samordna.accounts.origins import known_users
from samordna.accounts.session_store import CHOSEN
from samordna.accounts.sessions import METHOD, PUBLIC_ID, holds
from samordna.assignments.queries import Visit, WhoAsks, actor_with_password, is_of, who_typed
from samordna.kernel import clock
from samordna.kernel.actor import Actor

_ALONE = WhoAsks()
Rows = Mapping[str, list[tuple[Any, ...]]]


def ask_together(request: HttpRequest, at: datetime) -> None:
    """Ask for the session and for who acts in one statement, with what a room above wants to know beside.

    That is `request.asks_beside`: a `WhoAsks` and its values; the rows are then in `request.asked_beside`.
    """
    key = request.session.session_key
    if key:
        who, values = getattr(request, "asks_beside", (_ALONE, {}))
        rows = who.rows(key=key, at=at, day=clock.today(at), **values)
        request.session.take(rows["session"])  # type: ignore[attr-defined]
        request.asked_beside = rows  # type: ignore[attr-defined]


def answered_beside(request: HttpRequest, actor: Actor, name: str) -> list[tuple[Any, ...]] | None:
    """What was asked beside by that name; None where it was not, or for another than who acts now."""
    asked: Rows = getattr(request, "asked_beside", {})
    return asked.get(name) if is_of(asked.get("actor", ()), actor.user_id, actor.assignment_id) else None


def visit_of(request: HttpRequest) -> Visit | None:
    """What the session knows, or None when nobody has logged in. Whether it still holds is not asked here."""
    session = request.session
    user_id = session.get(SESSION_KEY)
    if user_id is None:
        return None
    return Visit(
        user_id=int(user_id),
        login_method=session.get(METHOD, ""),
        session_id=session.get(PUBLIC_ID, ""),
        request_id=str(getattr(request, "request_id", "")),
        language=translation.get_language() or "sv",
    )


def actor_at(request: HttpRequest, assignment_id: int | None, at: datetime) -> Actor | None:
    """The actor of the request at that assignment, if it is the user's and valid; else None.

    None too when the session no longer holds: the password was changed since, or the user closed.
    """
    visit = visit_of(request)
    asked: Rows = getattr(request, "asked_beside", {})
    known = asked.get("actor", ())
    found = actor_with_password(visit, assignment_id, at, known=known) if visit and assignment_id else None
    if found is None:
        return None
    actor, password = found
    # Django asks the same in a statement of its own; that one also knows of keys that are being replaced.
    return actor if holds(request.session, password) or request.user.is_authenticated else None


def chosen(session: SessionBase) -> int | None:
    """The assignment that was chosen in the session, or None."""
    pk = session.get(CHOSEN)
    return pk if isinstance(pk, int) else None


def keep_text_of_ended(request: HttpRequest, ended: EndedSession, at: datetime) -> bool:
    """Keep a posted form for the user whose session is over, at the unit where the page was opened.

    Where the user is no longer at that unit, at the one that the session was at, on a page of ours.
    """
    kept = posted_form(request)
    if kept is None:
        return False
    actor = ended.actor
    if kept.assignment_id is not None and (actor is None or actor.assignment_id != kept.assignment_id):
        typed_at = who_typed(_absent(ended.user_id), kept.assignment_id, at)
        if typed_at is None:
            if actor is not None:
                keep_apart(actor, kept, at)
            return actor is not None
        actor = typed_at
    if actor is not None:
        keep_for(actor, kept, at)
    return actor is not None


def keep_text_of_absent(request: HttpRequest, at: datetime) -> bool:
    """Keep a posted form for the one whose assignment it was opened with, when the browser is known to be theirs.

    A stranger's form is kept nowhere: nobody who is not logged in adds to the database.
    """
    users = known_users(request)
    kept = posted_form(request) if users else None
    if kept is None or kept.assignment_id is None:
        return False
    for user_id in users:
        found = who_typed(_absent(user_id), kept.assignment_id, at)
        if found is not None:
            return keep_for_absent(found, kept, at)
    return False


def _absent(user_id: int) -> Visit:
    return Visit(user_id=user_id, login_method="", session_id="", request_id="", language="sv")
