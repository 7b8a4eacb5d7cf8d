"""What every request passes through on its way to a page."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from structlog.contextvars import bound_contextvars

from samordna.kernel.patience import waiting_at_most
from samordna.web.requests import AWAY, actor_of
from samordna.web.views import empty_error, other_unit

Respond = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives each request an id (told on error pages, found in the log) and an empty list of refusals.

    An id sent by the caller is not believed: it could be anything, and it reaches the log.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = str(uuid4())  # type: ignore[attr-defined]
        request.refused = []  # type: ignore[attr-defined]
        # Every line that is logged on the way carries it, those of the web server's own errors too.
        with bound_contextvars(request_id=request.request_id):  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class DatabasePatience:
    """Waits for the database for some seconds at most, and answers 503 when it is away (`views.database_away`).

    Stands outside all that asks the database.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with waiting_at_most(settings.DATABASE_SECONDS):
            response = self.get_response(request)
        if getattr(response, AWAY, False):
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
            response.headers["Retry-After"] = str(settings.DATABASE_SECONDS or 1)
        return response


class LanguageFromCookieMiddleware:
    """Swedish, or the language that the user has chosen; never the browser's wish.

    A shared computer's browser often asks for English although its users write Swedish.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _name in settings.LANGUAGES}
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class PageHeadersMiddleware:
    """No page is kept by a browser or a proxy, found by a search engine or given the machine's devices.

    What a page showed is gone when the session is: computers are shared (L-07).
    """

    HEADERS = {
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class NoEmptyError:
    """No error is an empty page: what cannot be opened or sent in this way, or needs a login, says so and leads on."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        empty = response.status_code >= 400 and not response.streaming and not response.content
        if not empty:
            return response
        page = empty_error(request, response.status_code)
        for name in ("Allow", "HX-Redirect"):
            if name in response.headers:
                page.headers[name] = response.headers[name]
        return page


class OtherUnitMiddleware:
    """Refuses a form that was opened at another unit than the one the user works at now.

    Someone who changed unit in one tab and sends from another would otherwise act for the wrong
    unit. Nothing is done; the page names both units and hands back what was typed. Stands after
    the middleware that sets `request.actor`.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse | None:
        actor = actor_of(request)
        if request.method != "POST" or actor is None:
            return None
        opened_at = request.POST.get("assignment")
        if opened_at is None or opened_at == str(actor.assignment_id):
            return None
        return other_unit(request, actor)
