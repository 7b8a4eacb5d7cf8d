"""A protected person's case at a unit where nobody is named yet: somebody takes it on (L-04)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samordna.cases import queries as doors
from samordna.casework.case.commands.case import take_on_protected_case
from samordna.casework.file.views.page import actor_of, address_of, process_of
from samordna.kernel import clock
from samordna.web.receipts import once


@require_http_methods(["GET", "HEAD", "POST"])
def take_on(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say what it means to take the case on; then name the user as reader and handler."""
    actor, at = actor_of(request), clock.now()
    case = doors.open_case_for_naming(actor, case_id, process_of(request).module)
    if request.method == "POST":
        return once(
            request,
            lambda: redirect(
                address_of(
                    request,
                    "case",
                    take_on_protected_case(
                        process=process_of(request), actor=actor, case_id=case_id, at=at
                    ).case.id,
                )
            ),
        )
    return render(request, "casework/case/take_on.html", {"number": case.number})
