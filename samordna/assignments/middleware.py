"""Who acts: the actor of each request, and the choice of unit that it asks for.

Order: Django's authentication, `ActorMiddleware`, then accounts' `SessionLimits` and `LoginRequired`, `UnitRequired`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from samordna.accounts.commands import record_expiry
from samordna.accounts.middleware import PASSWORD_ROUTES, EndedSession, came_from, follow_double_click
from samordna.accounts.sessions import close
from samordna.accounts.states import SessionEnd
from samordna.assignments.queries.closed import last_day_of
from samordna.assignments.visits import (
    actor_at,
    ask_together,
    chosen,
    keep_text_of_absent,
    keep_text_of_ended,
)
from samordna.kernel.clock import now, today
from samordna.web.requests import actor_of, typed_fields
from samordna.web.typed import typed_by_label
from samordna.web.views import without_unit

Respond = Callable[[HttpRequest], HttpResponse]

# What a user may do before a unit is chosen, or when there is none to choose.
ROUTES_WITHOUT_UNIT = PASSWORD_ROUTES | {
    "accounts:me",
    "accounts:end_other_sessions",
    "assignments:choose_unit",
    "assignments:change_unit",
}


# Logging out goes on as it is, and what needs no login has nothing to tell.
LEAVING = {"accounts:logout", *settings.LOGIN_EXEMPT_ROUTES}


class ActorMiddleware:
    """Sets `request.actor` from the assignment chosen in the session, asked of the database each time.

    None before login, before a unit is chosen, and from the moment when the assignment, the user or the unit is closed.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = now()
        ask_together(request, at)
        follow_double_click(request)
        request.actor = actor_at(request, chosen(request.session), at)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
        """What somebody sends whose session is gone is kept for its owner, once its token has been found right."""
        if request.method != "POST" or actor_of(request) is not None:
            return
        ended: EndedSession | None = getattr(request, "ended_session", None)
        if ended is not None:
            request.text_is_kept = keep_text_of_ended(request, ended, now())  # type: ignore[attr-defined]
        elif not request.user.is_authenticated:
            request.text_is_kept = keep_text_of_absent(request, now())  # type: ignore[attr-defined]


class UnitRequired:
    """Leads a logged-in user without a chosen unit to the choice, and back to the same page after it.

    What was typed at an assignment that ended meanwhile is handed back.

    Who has no assignment left is logged out and told so: the user is closed until there is a new one (K-06).
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse | None:
        route = request.resolver_match.view_name if request.resolver_match else ""
        if actor_of(request) is None and request.user.is_authenticated and route not in LEAVING:
            last_day = last_day_of(int(request.user.pk or 0), today(now()))
            if last_day is not None:
                return _closed(request, last_day)
        free = route in ROUTES_WITHOUT_UNIT or route in settings.LOGIN_EXEMPT_ROUTES
        if free or actor_of(request) is not None:
            return None
        back = came_from(request)
        address = reverse("assignments:choose_unit") + (f"?{urlencode({'next': back})}" if back else "")
        if "HX-Request" in request.headers:
            return HttpResponse(status=401, headers={"HX-Redirect": address})
        has_typed = request.method == "POST" and bool(typed_fields(request))
        return without_unit(request, address) if has_typed else HttpResponseRedirect(address)


def _closed(request: HttpRequest, last_day: date) -> HttpResponse:
    """Told to nobody but who has just given the right password, or was logged in when the day came."""
    at = now()
    record_expiry(actor=None, user_id=int(request.user.pk or 0), why=SessionEnd.CLOSED, at=at)
    close(request.session, at)
    request.user = AnonymousUser()
    if "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("accounts:login")})
    typed = typed_by_label(request) if request.method == "POST" else []
    return render(request, "assignments/closed.html", {"last_day": last_day, "typed": typed}, status=403)
