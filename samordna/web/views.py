"""Error pages, the change of language, and the page that shows every component.

An error page says in plain words what happened, what to do next and whom to turn to, with an id
that is found in the log. What was typed in a refused form is handed back.
"""

import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    HttpResponseServerError,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from samordna.kernel.actor import Actor
from samordna.kernel.patience import is_away
from samordna.kernel.refusal import Refusal
from samordna.web.context import Frame
from samordna.web.forms import remember_refusal
from samordna.web.posting import posted_from
from samordna.web.requests import AWAY, again_of, own_page
from samordna.web.samples import sample_page
from samordna.web.standing_pages import NOT_THIS_WAY, PAGES, TOO_LARGE, Words
from samordna.web.typed import typed_by_label


@posted_from(lambda _request: "/")
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page it was chosen on."""
    response = HttpResponseRedirect(own_page(request, request.POST.get("next", "")) or "/")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 60 * 60,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def components(request: HttpRequest, page: str = "components") -> HttpResponse:
    """Every component in every state, for the tests and for whoever builds pages. Not in production."""
    if not (settings.DEBUG or getattr(settings, "IS_EXERCISE", False)):
        raise Http404
    template, context = sample_page(page)
    return render(request, template, context)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself could not be read. 413 when it was larger than what is taken."""
    if isinstance(exception, BadRequest):
        # A form that cannot be read is asked for no more: by the token's check, and by the page.
        request.POST = QueryDict()
    return _bad_request(request, exception)


@requires_csrf_token
def _bad_request(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _standing(request, 413, TOO_LARGE)
    return _error(
        request,
        400,
        heading=_("The page could not be shown"),
        cause=_("The address or the form was incomplete when it reached us."),
        advice=_("Go back, load the page again and try once more."),
    )


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is forbidden looks as if it were not there, to the number of the status: nobody learns what exists."""
    return _not_here(request)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: unknown, or not for this user at this unit."""
    return _not_here(request)


def empty_error(request: HttpRequest, status: int) -> HttpResponse:
    """The page of an error that was answered with nothing, such as 405."""
    if status == 401:
        return _error(
            request,
            status,
            heading=_("You are not logged in"),
            cause=_("The page is shown when you have logged in."),
            advice=_("Go to the start page and log in."),
        )
    return _standing(request, status, PAGES.get(status, NOT_THIS_WAY))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Nothing half done is kept: each act is one transaction.

    Drawn without session and database, since they may be what failed. When it is the database that is away, the page
    says so instead.
    """
    if is_away(sys.exc_info()[1]):
        return database_away(request)
    _ask_nothing(request)
    context = {
        "frame": Frame(request),
        "heading": _("A fault in the system stopped the page"),
        "cause": _("What was saved before is still there. The last thing you did was not carried out."),
        "advice": _(
            "Try again in a minute. If the fault comes back, turn to support and tell the error number."
        ),
        "typed": _typed_or_nothing(request),
    }
    return HttpResponseServerError(get_template("web/errors/server_error.html").render(context))


def database_away(request: HttpRequest) -> HttpResponse:
    """503: the database is away for the moment. What a form of ours held stands on the page, to be sent again from it.

    Keeping it is up to the page: nothing can be stored now. Who asks by script gets an answer that a script can tell.
    """
    _ask_nothing(request)
    if "X-Autosave" in request.headers:
        response: HttpResponse = JsonResponse({"error": "database_away"})
    elif "HX-Request" in request.headers:
        response = HttpResponse(
            format_html("<p>{}</p>", _("The database does not answer. Try again in a while."))
        )
    else:
        page = get_template("web/errors/database_away.html")
        response = HttpResponse(page.render(_away_words(request) | {"frame": Frame(request)}))
    # The status tells the middleware outside not to write anything into the session; the outermost turns it into 503.
    response.status_code = HTTPStatus.INTERNAL_SERVER_ERROR
    setattr(response, AWAY, True)
    return response


def _away_words(request: HttpRequest) -> dict[str, Any]:
    posted = request.method == "POST"
    kept = again_of(request) if not posted or _from_our_pages(request) else {}
    if not posted:
        advice = _("Wait a while and try again.")
    elif kept:
        advice = _(
            "What you typed stands on this page. Wait a while and press Try again: it will not be saved twice."
        )
    else:
        advice = _("Go back in your browser, wait a while and send again.")
    return {
        "heading": _("The system does not answer just now"),
        "cause": _("The database cannot be reached. It is not because of anything you did."),
        "advice": advice,
        **kept,
    }


def _ask_nothing(request: HttpRequest) -> None:
    # The foot of the page has the county's own words by asking for them.
    request.support_chain = None  # type: ignore[attr-defined]


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token was not valid: nothing is done, and what was typed is handed back.

    Only to a form that came from our own pages: another site must not decide what stands on this page.
    """
    refusal = Refusal(
        "web.old_form",
        _("You have logged in again, or changed user, since the form was opened. Nothing was sent."),
        _("Copy your text below, open the page again and paste it."),
    )
    remember_refusal(request, refusal)
    return _error(
        request,
        403,
        heading=_("The form was too old to be sent"),
        cause=str(refusal.message),
        advice=str(refusal.who_can),
        typed=typed_by_label(request) if _from_our_pages(request) else [],
    )


@requires_csrf_token
def other_unit(request: HttpRequest, actor: Actor) -> HttpResponse:
    """409: the form was opened at another unit than the present one."""
    opened_at = request.POST.get("assignment_unit", "")[:200] or _("another unit")
    refusal = Refusal(
        "web.other_unit",
        _("You opened the form at %(opened)s but now work at %(present)s. Nothing was sent.")
        % {"opened": opened_at, "present": actor.unit_name},
        _("Change unit in the menu and send again, or copy your text below."),
    )
    remember_refusal(request, refusal)
    return _error(
        request,
        409,
        heading=_("The form belongs to another unit"),
        cause=str(refusal.message),
        advice=str(refusal.who_can),
        typed=typed_by_label(request),
    )


def without_unit(request: HttpRequest, back: str) -> HttpResponse:
    """409: the assignment or the unit that the form was opened at has ended while one typed; `back` leads on."""
    opened_at = request.POST.get("assignment_unit", "")[:200] or _("another unit")
    return _error(
        request,
        409,
        heading=_("The form was not sent"),
        cause=_("You no longer work at %(unit)s, or the unit is closed.") % {"unit": opened_at},
        advice=_("Copy your text below. Then go back and choose the unit where you go on."),
        typed=typed_by_label(request),
        back=back,
    )


def refused(request: HttpRequest, refusal: Refusal, *, back: str = "", status: int = 409) -> HttpResponse:
    """The page of an act that was refused and has no form to show it in: why, and who can instead."""
    remember_refusal(request, refusal)
    return _error(
        request,
        status,
        heading=_("This cannot be done now"),
        cause=str(refusal.message),
        advice=str(refusal.who_can),
        typed=typed_by_label(request) if request.method == "POST" else [],
        back=back,
    )


def _standing(request: HttpRequest, status: int, words: Words) -> HttpResponse:
    """In the words of the page that nginx would give."""
    heading, cause, advice = str(words.heading), str(words.cause), str(words.advice)
    return _error(request, status, heading=heading, cause=cause, advice=advice)


def _not_here(request: HttpRequest) -> HttpResponse:
    return _error(
        request,
        404,
        heading=_("The page is not here"),
        cause=_("The address is wrong, the page is gone, or it is not for you at the unit you work at now."),
        advice=_("Go to the overview and look for the case there, or change unit in the menu."),
        # What was typed meanwhile is one's own, whatever the page was about.
        typed=_typed_or_nothing(request) if request.method == "POST" and _from_our_pages(request) else [],
    )


def _error(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    context.setdefault("frame", Frame(request))
    return render(request, "web/errors/error.html", {**context, "status": status}, status=status)


def _typed_or_nothing(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        return typed_by_label(request)
    except Exception:  # the body itself may be what could not be read
        return []


def _from_our_pages(request: HttpRequest) -> bool:
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
