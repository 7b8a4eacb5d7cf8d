"""Taking a goal or an activity away, and *Ångra*."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samordna.casework.documents.views.acts import act
from samordna.sip.addresses import part_url
from samordna.sip.plan.commands import goals as commands
from samordna.sip.plan.forms.participants import LineVersionForm
from samordna.sip.states import Part
from samordna.web.posting import posted_from


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
    form, page_url = LineVersionForm(request.POST), part_url(case_id, Part.PLAN)
    if not form.is_valid():
        return redirect(page_url)
    version, then = form.cleaned_data["version"], f"{page_url}?undo={undo}#undo"
    return act(request, case_id, Part.PLAN, remove, then=then, lineage=lineage, version=version)


def _restored(
    request: HttpRequest, case_id: UUID, lineage: UUID, restore: Callable[..., object]
) -> HttpResponse:
    then = f"{part_url(case_id, Part.PLAN)}#goals"
    return act(request, case_id, Part.PLAN, restore, then=then, lineage=lineage)
