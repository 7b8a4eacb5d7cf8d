"""Refused attempts are logged at this one place, in a transaction of their own."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from samordna.audit.commands import record
from samordna.audit.queries import refused_today
from samordna.audit.states import Action, Result
from samordna.kernel.clock import now
from samordna.kernel.refusal import NotVisible, Refusal, Refused
from samordna.web.requests import actor_of
from samordna.web.views import refused

Respond = Callable[[HttpRequest], HttpResponse]
NOT_VISIBLE = "not_visible"


class RefusalLog:
    """Logs what was refused, after the answer is made and the refused transaction is rolled back.

    Stands outside everything that refuses. Views, forms and other middleware leave refusals that they
    show themselves on `request.refused`; one that a view lets through becomes a page that says why
    (409). What a page keeps from the actor by its 404, a case or a place or a user, is logged with the
    ids that were asked for. What a page sends by itself (SENT_BY_PAGES) is logged once a session and day.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        refusals: list[Refusal] = getattr(request, "refused", [])
        for refusal in refusals if _is_somebody(request) else []:
            _log_refusal(request, refusal)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for what was refused, with what was typed; any other exception goes on its way."""
        if isinstance(exception, Refused):
            return refused(request, exception.refusal)
        if not _is_somebody(request):
            return None
        if isinstance(exception, NotVisible) or (isinstance(exception, Http404) and _case_id(request)):
            _log_unseen(request)
        return None


def _is_somebody(request: HttpRequest) -> bool:
    """A stranger is not written down: the log tells who did what, and must not grow by what nobody answers for."""
    user = getattr(request, "user", None)
    return actor_of(request) is not None or bool(getattr(user, "is_authenticated", False))


def _log_refusal(request: HttpRequest, refusal: Refusal) -> None:
    persons = [refusal.about] if refusal.about else []
    _log(request, Action.ACT_REFUSED, refusal.code, _what(request), persons)


def _log_unseen(request: HttpRequest) -> None:
    action = Action.CASE_ACCESS_REFUSED if _case_id(request) else Action.ACT_REFUSED
    _log(request, action, NOT_VISIBLE, _what(request) | _asked_for(request), [])


def _log(
    request: HttpRequest, action: Action, reason: str, details: dict[str, object], persons: list[UUID]
) -> None:
    actor, case_id, at = actor_of(request), _case_id(request), now()
    by_itself = not persons and details["route"] in settings.SENT_BY_PAGES
    if by_itself and details in refused_today(actor, action, case_id=case_id, reason=reason, at=at):
        return
    record(
        actor=actor,
        at=at,
        action=action,
        result=Result.REFUSED,
        person_ids=persons,
        case_id=case_id,
        reason=reason,
        details=details,
    )


def _what(request: HttpRequest) -> dict[str, object]:
    match = request.resolver_match
    return {"route": match.view_name if match else "", "method": request.method or ""}


def _asked_for(request: HttpRequest) -> dict[str, object]:
    """The ids of the address, the case's excepted, which has a column of its own."""
    match = request.resolver_match
    ids = {key: value for key, value in match.kwargs.items() if key != "case_id"} if match else {}
    return {"asked_for": ids} if ids else {}


def _case_id(request: HttpRequest) -> UUID | None:
    match = request.resolver_match
    found = match.kwargs.get("case_id") if match else None
    return found if isinstance(found, UUID) else None
