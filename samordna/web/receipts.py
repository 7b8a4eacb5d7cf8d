"""A form that is posted twice acts once: double clicks, reloads, impatient networks."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib.messages.storage import default_storage
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from samordna.kernel.clock import now
from samordna.kernel.refusal import NotVisible, Refused
from samordna.web.models import FormReceipt
from samordna.web.requests import actor_of, form_key_of


class _AnsweredBefore(Exception):
    """Another post of the same form has ended first."""


def once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """What `act` answers; or, if this form has already been acted upon, the same redirect again.

    The act and its receipt stand in one transaction, so either both are kept or none. Of two simultaneous posts the
    one that comes to the receipt's unique constraint last is undone, and gets the first one's redirect; so does one
    that is refused because the first has done what it asks for. An act that raises, or that answers with a page
    instead of a redirect, leaves no receipt. A form without a key acts each time.
    """
    key = form_key_of(request)
    try:
        with transaction.atomic():
            response = act()
            if key is not None:
                _leave_receipt(_user_id(request), key, response.headers.get("Location", ""))
    except (_AnsweredBefore, Refused, NotVisible):
        first = answered_before(request)
        if first is None:
            raise
        return _instead(request, first)
    if "Location" in response.headers or key is None:
        return response
    first = answered_before(request)
    return response if first is None else _instead(request, first)


def answered_before(request: HttpRequest) -> HttpResponse | None:
    """The redirect that this form has already led to, or None.

    For what is refused: after the act what is asked for may no longer be possible, and the second click of a double
    one must not be told so.
    """
    key = form_key_of(request)
    if key is None:
        return None
    found = FormReceipt.objects.filter(user_id=_user_id(request), key=key).exclude(redirect="").first()
    return HttpResponseRedirect(found.redirect) if found else None


def forget_receipts(*, before: datetime) -> int:
    """Delete receipts older than that; called by the worker. Returns how many there were."""
    return FormReceipt.objects.filter(at__lt=before).delete()[0]


def _leave_receipt(user_id: int, key: UUID, redirect: str) -> None:
    if not redirect:
        return
    try:
        # The outer transaction is given up anyway, so none is needed around this insert.
        with transaction.atomic(savepoint=False):
            FormReceipt.objects.create(user_id=user_id, key=key, redirect=redirect, at=now())
    except IntegrityError as error:
        raise _AnsweredBefore from error


def _instead(request: HttpRequest, first: HttpResponse) -> HttpResponse:
    """The first post's answer, without what this one would have said or had logged."""
    request.refused = []  # type: ignore[attr-defined]
    if hasattr(request, "session"):
        request._messages = default_storage(request)  # type: ignore[attr-defined]
    return first


def _user_id(request: HttpRequest) -> int:
    actor = actor_of(request)
    if actor is not None:
        return actor.user_id
    user = getattr(request, "user", None)
    return int(getattr(user, "pk", None) or 0)
