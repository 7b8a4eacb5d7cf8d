"""A protected person's case at a unit where nobody is named yet: somebody takes it on (L-04)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samordna.cases import queries as doors
from samordna.casework.case.commands.case import take_on_protected_case
from samordna.casework.file.views.page import actor_of
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible
from samordna.web.receipts import once


def waits_for_somebody(actor: Actor, case_id: UUID) -> bool:
    """Whether the case is the unit's, protected, and nobody at the unit is named to read it."""
    try:
        doors.open_case_for_naming(actor, case_id, Module.SIP)
    except NotVisible:
        return False
    return True


def named_only(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Tell a colleague who may open a protected person's case of their unit. 404 for every other case."""
    names = doors.readers_named_at(actor_of(request), case_id, Module.SIP)
    if not names:
        raise NotVisible
    return render(request, "casework/case/named_only.html", {"names": names}, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
def take_on(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say what it means to take the case on; then name the user as reader and handler."""
    actor, at = actor_of(request), clock.now()
    case = doors.open_case_for_naming(actor, case_id, Module.SIP)
    if request.method == "POST":
        return once(
            request,
            lambda: redirect("sip:case", take_on_protected_case(actor=actor, case_id=case_id, at=at).case.id),
        )
    return render(request, "casework/case/take_on.html", {"number": case.number})
