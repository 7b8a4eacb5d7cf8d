"""A form that is posted twice acts once: double clicks, reloads, impatient networks."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from samordna.kernel.changing import Insert, Update
from samordna.kernel.clock import now
from samordna.web.models import FormReceipt
from samordna.web.requests import actor_of, form_key_of

# Of one that stands nothing is new: it is named so that whoever comes second waits for it, and is told of it.
_claim = Insert(FormReceipt, unique=("user_id", "key"), replaced=("key",), returning=("id", "redirect"))
_keep = Update(
    lambda receipt_id, redirect: (FormReceipt.objects.filter(pk=receipt_id), {"redirect": redirect}),
    receipt_id=int,
    redirect=str,
)


def once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """What `act` answers; or, if this form has already been acted upon, the same redirect again.

    The receipt and the act stand in one transaction, so either both are kept or none. Of two
    simultaneous posts the later waits at the receipt's unique constraint until the first has ended:
    then it gets the first one's redirect, or acts itself if the first one failed. An act that raises,
    or that answers with a page instead of a redirect, leaves no receipt. A form without a key acts
    each time.
    """
    key = form_key_of(request)
    with transaction.atomic():
        if key is None:
            return act()
        receipt_id, redirect = _claimed(_user_id(request), key)
        if redirect:
            return HttpResponseRedirect(redirect)
        return _kept(receipt_id, act())


def answered_before(request: HttpRequest) -> HttpResponse | None:
    """The redirect that this form has already led to, or None.

    For a view that refuses before it comes to `once`: after the act what is asked for may no longer be possible,
    and the second click of a double one must not be told so.
    """
    key = form_key_of(request)
    if key is None:
        return None
    found = FormReceipt.objects.filter(user_id=_user_id(request), key=key).exclude(redirect="").first()
    return HttpResponseRedirect(found.redirect) if found else None


def unless_acted(request: HttpRequest, keep: Callable[[], object]) -> bool:
    """Run `keep`, unless this form has already been acted upon; says whether it ran.

    For what is kept of a form while it is being filled in: it may reach the server together with the form itself. It
    holds the form's receipt while it runs, so each of the two waits for the other, and comes before or not at all.
    """
    key = form_key_of(request)
    with transaction.atomic():
        if key is None:
            keep()
            return True
        receipt_id, redirect = _claimed(_user_id(request), key)
        if redirect:
            return False
        keep()
        _forget(receipt_id)
    return True


def forget_receipts(*, before: datetime) -> int:
    """Delete receipts older than that; called by the worker. Returns how many there were."""
    return FormReceipt.objects.filter(at__lt=before).delete()[0]


def _claimed(user_id: int, key: UUID) -> tuple[int, str]:
    """The form's receipt, and where the form has led to, or nothing when it is new."""
    # Waits for whoever is writing the same one; never an error, which the database's own log would tell of.
    ((receipt_id, redirect),) = _claim([FormReceipt(user_id=user_id, key=key, at=now())])
    return receipt_id, redirect


def _kept(receipt_id: int, response: HttpResponse) -> HttpResponse:
    location = response.headers.get("Location", "")
    if location:
        _keep(receipt_id=receipt_id, redirect=location)
    else:
        _forget(receipt_id)
    return response


def _forget(receipt_id: int) -> None:
    FormReceipt.objects.filter(pk=receipt_id).delete()


def _user_id(request: HttpRequest) -> int:
    actor = actor_of(request)
    if actor is not None:
        return actor.user_id
    user = getattr(request, "user", None)
    return int(getattr(user, "pk", None) or 0)
