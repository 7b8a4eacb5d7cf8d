"""A protected person's case at a unit where nobody is named yet: somebody takes it on (L-04)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samordna.cases import queries as doors
from samordna.casework.file.views.page import actor_of, process_of
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible


def waits_for_somebody(process: Process[Any], actor: Actor, case_id: UUID) -> bool:
    """Whether the case is the unit's, protected, and nobody at the unit is named to read it."""
    try:
        doors.open_case_for_naming(actor, case_id, process.module)
    except NotVisible:
        return False
    return True


def named_only(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Tell a colleague who may open a protected person's case of their unit. 404 for every other case."""
    names = doors.readers_named_at(actor_of(request), case_id, process_of(request).module)
    if not names:
        raise NotVisible
    return render(request, "casework/case/named_only.html", {"names": names}, status=403)
