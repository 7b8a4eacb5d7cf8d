"""Taking a goal or an activity away, and *Ångra*."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samordna.casework.file.views.page import actor_of
from samordna.kernel import clock
from samordna.sip.addresses import part_url
from samordna.sip.plan.commands import goals as commands
from samordna.sip.plan.forms.participants import LineVersionForm
from samordna.sip.states import Part
from samordna.web.forms import refusals_in
from samordna.web.posting import posted_from
from samordna.web.receipts import once


@posted_from("sip:part", "case_id", slug="plan")
def goal_remove(request: HttpRequest, case_id: UUID, lineage: UUID) -> HttpResponse:
    """Take a goal away, with the strip that has *Ångra*."""
    return _removed(request, case_id, lineage, commands.remove_goal, f"goal-{lineage}")


@posted_from("sip:part", "case_id", slug="plan")
def activity_remove(request: HttpRequest, case_id: UUID, lineage: UUID) -> HttpResponse:
    """Take an activity away, with the strip that has *Ångra*."""
    return _removed(request, case_id, lineage, commands.remove_activity, f"activity-{lineage}")


@posted_from("sip:part", "case_id", slug="plan")
def goal_restore(request: HttpRequest, case_id: UUID, lineage: UUID) -> HttpResponse:
    """*Ångra*."""
    return _restored(request, case_id, lineage, commands.restore_goal)


@posted_from("sip:part", "case_id", slug="plan")
def activity_restore(request: HttpRequest, case_id: UUID, lineage: UUID) -> HttpResponse:
    """*Ångra*."""
    return _restored(request, case_id, lineage, commands.restore_activity)


def _removed(
    request: HttpRequest, case_id: UUID, lineage: UUID, remove: Callable[..., object], undo: str
) -> HttpResponse:
    actor, form = actor_of(request), LineVersionForm(request.POST)
    page_url = part_url(case_id, Part.PLAN)

    def act() -> HttpResponse:
        version = form.cleaned_data["version"]
        remove(actor=actor, case_id=case_id, lineage=lineage, version=version, at=clock.now())
        return redirect(f"{page_url}?undo={undo}#undo")

    if form.is_valid():
        with refusals_in(request):
            return once(request, act)
    return redirect(page_url)


def _restored(
    request: HttpRequest, case_id: UUID, lineage: UUID, restore: Callable[..., object]
) -> HttpResponse:
    actor, page_url = actor_of(request), part_url(case_id, Part.PLAN)

    def act() -> HttpResponse:
        restore(actor=actor, case_id=case_id, lineage=lineage, at=clock.now())
        return redirect(f"{page_url}#goals")

    with refusals_in(request):
        return once(request, act)
    return redirect(page_url)
