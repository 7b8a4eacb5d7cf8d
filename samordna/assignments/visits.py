"""What a session knows of the actor: which assignment was chosen, how and in which session the user logged in."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import translation

from samordna.accounts.sessions import METHOD, PUBLIC_ID
from samordna.assignments.queries import Visit, actor_for
from samordna.kernel.actor import Actor

CHOSEN = "assignment_id"


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit of a logged-in user, or None."""
    session = request.session
    user_id = session.get(SESSION_KEY)
    # Asked of the user too: a session that no longer holds (password changed, user closed) still names one.
    if user_id is None or not request.user.is_authenticated:
        return None
    return Visit(
        user_id=int(user_id),
        login_method=session.get(METHOD, ""),
        session_id=session.get(PUBLIC_ID, ""),
        request_id=str(getattr(request, "request_id", "")),
        language=translation.get_language() or "sv",
    )


def actor_at(request: HttpRequest, assignment_id: int | None, at: datetime) -> Actor | None:
    """The actor of the request at that assignment, if it is the user's and valid; else None."""
    visit = visit_of(request)
    if visit is None or assignment_id is None:
        return None
    return actor_for(visit, assignment_id, at)


def chosen(session: SessionBase) -> int | None:
    """The assignment that was chosen in the session, or None."""
    pk = session.get(CHOSEN)
    return pk if isinstance(pk, int) else None
