"""Who is let through: sessions that last, logged-in users, passwords that need not be changed.

Order: Django's sessions and authentication, the actor (`assignments`), `SessionLimits`, `LoginRequired`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from samordna.accounts import commands, sessions
from samordna.accounts.activity import from_script, is_passive
from samordna.accounts.sessions import SessionClock
from samordna.accounts.states import SessionEnd
from samordna.kernel.actor import Actor
from samordna.kernel.clock import now
from samordna.web.requests import actor_of, form_key_of, own_page

Respond = Callable[[HttpRequest], HttpResponse]

PASSWORD_ROUTES = frozenset({"accounts:password", "accounts:logout", "accounts:session", "web:language"})


@dataclass(frozen=True, slots=True)
class EndedSession:
    """The session that this request came with, but that was over. `actor` is None when no unit was chosen."""

    user_id: int
    actor: Actor | None
    why: SessionEnd


class SessionCookie(SessionMiddleware):
    """Django's own, but a late answer never takes the cookie from a browser that has a newer one.

    The cookie is taken back only by the request that ended the session; what was asked for with a key that is replaced,
    or over, sets none; and none is begun by what a page's script sends.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session: Any = request.session
        late = bool(session.replaced_by)
        nothing = session.is_empty() and not session.ended_here
        begun_by_script = session.session_key is None and from_script(request)
        if late or nothing or begun_by_script:
            patch_vary_headers(response, ("Cookie",))
            return response
        answer = super().process_response(request, response)
        if session.replaced_by:
            # Found out only while it was saved: another request has renewed the key, or ended the session.
            answer.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return answer


class SessionLimits:
    """Ends a session that has been idle too long or has lasted too long (L-07), before any page is made.

    What a posted form held is kept for its user by `assignments`, which knows at which unit it was typed.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = now()
        request.ended_session = None  # type: ignore[attr-defined]
        if SESSION_KEY in request.session:
            clock = SessionClock.of(request.session)
            why = clock.end(at) if clock else SessionEnd.ABSOLUTE
            if clock is not None and sessions.key_is_replaced(request.session):
                # When something was last done stands by the new key; the old one is over in seconds anyway.
                why = None
            if why is not None:
                self._end(request, why, at)
            elif clock is not None:
                request.session_seconds_left = clock.seconds_left(at)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_args: Any, **_kwargs: Any) -> None:
        at = now()
        ended: EndedSession | None = request.ended_session  # type: ignore[attr-defined]
        if ended is None and not is_passive(request, view):
            sessions.touch(request.session, at)
            clock = SessionClock.of(request.session)
            if clock is not None:
                request.session_seconds_left = clock.seconds_left(at)  # type: ignore[attr-defined]

    def _end(self, request: HttpRequest, why: SessionEnd, at: datetime) -> None:
        actor, user_id = actor_of(request), int(request.session[SESSION_KEY])
        request.ended_session = EndedSession(user_id, actor, why)  # type: ignore[attr-defined]
        commands.record_expiry(actor=actor, user_id=user_id, why=why, at=at)
        sessions.close(request.session, at)
        request.actor = None  # type: ignore[attr-defined]
        request.user = AnonymousUser()


class LoginRequired:
    """Every route but those in LOGIN_EXEMPT_ROUTES asks for a login, and leads back to the same page after it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, *_args: Any, **_kwargs: Any
    ) -> HttpResponse | None:
        route = request.resolver_match.view_name if request.resolver_match else ""
        if route in settings.LOGIN_EXEMPT_ROUTES:
            return None
        if actor_of(request) is not None:
            # Whoever acts is logged in with a password that need not be changed.
            return None
        if not request.user.is_authenticated:
            if request.method == "POST" and sessions.follow(request.session, form_key_of(request)):
                # The first of two clicks changed the password meanwhile: this one is sent once more, by the new key.
                return HttpResponseRedirect(own_page(request, request.get_full_path()), preserve_request=True)
            return _to_login(request, asks_itself=is_passive(request, view))
        if request.user.must_change_password and route not in PASSWORD_ROUTES:
            return HttpResponseRedirect(_with_next("accounts:password", came_from(request)))
        return None


def follow_double_click(request: HttpRequest) -> None:
    """The form that renewed the key, posted twice, goes on by the new one: the browser takes only the last answer.

    For whoever asks the session first, before the actor is built from it.
    """
    # Asked for before, since the store learns of a newer key when it reads the session.
    is_user = request.method == "POST" and SESSION_KEY in request.session
    if is_user and sessions.key_is_replaced(request.session):
        sessions.follow(request.session, form_key_of(request))


def came_from(request: HttpRequest) -> str:
    """The page that the user was at: this one when it was opened, the one with the form when it was posted."""
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return own_page(request, request.get_full_path())
    try:
        before = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if before.netloc != request.get_host():
        return ""
    return own_page(request, before._replace(scheme="", netloc="", fragment="").geturl())


def _to_login(request: HttpRequest, *, asks_itself: bool) -> HttpResponse:
    ended: EndedSession | None = getattr(request, "ended_session", None)
    extra = {"ended": ended.why.value} if ended else {}
    if getattr(request, "text_is_kept", False):
        extra["kept"] = "1"
    address = _with_next("accounts:login", came_from(request), **extra)
    if "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if asks_itself or "X-Autosave" in request.headers:
        return HttpResponse(status=401)
    return HttpResponseRedirect(address)


def _with_next(route: str, address: str, **extra: str) -> str:
    values = {**({"next": address} if address and address != "/" else {}), **extra}
    return reverse(route) + (f"?{urlencode(values)}" if values else "")
