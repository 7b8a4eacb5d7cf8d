"""The case page: which part to open, and the one place that knows which view shows which part (V-05)."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from samordna.casework.file.presenters.frame import how_it_ended_url
from samordna.casework.file.steps.rows import next_of, part_views
from samordna.casework.file.views.page import actor_of
from samordna.casework.file.views.protected import named_only, waits_for_somebody
from samordna.casework.messages.views import (
    evaluation_summons_page,
    information_page,
    initiative_page,
    summons_page,
)
from samordna.kernel import clock
from samordna.kernel.refusal import NotVisible
from samordna.sip.evaluation.views import evaluation_page
from samordna.sip.facts import shows
from samordna.sip.follow_up.views.page import follow_up_page
from samordna.sip.plan.views.page import plan_page
from samordna.sip.queries import open_sip
from samordna.sip.sbar.views import sbar_page
from samordna.sip.states import Part
from samordna.sip.words import PART_SLUGS, PARTS_BY_SLUG

PART_PAGES: dict[Part, Callable[[HttpRequest, UUID], HttpResponse]] = {
    Part.INITIATIVE: initiative_page,
    Part.SBAR: sbar_page,
    Part.SUMMONS: summons_page,
    Part.PLAN: plan_page,
    Part.FOLLOW_UP: follow_up_page,
    Part.EVALUATION_SUMMONS: evaluation_summons_page,
    Part.EVALUATION: evaluation_page,
    Part.INFORMATION: information_page,
}


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """On to the part where the unit's next step is, else the initiative; of a case that is over to how it ended."""
    actor = actor_of(request)
    try:
        facts = open_sip(actor, case_id)
    except NotVisible:
        if waits_for_somebody(actor, case_id):
            return redirect("sip:take_on", case_id)
        return named_only(request, case_id)
    if not facts.case.active:
        return redirect(how_it_ended_url(facts, actor.unit_id))
    at = clock.now()
    step = next_of(facts, actor.unit_id, part_views(facts, actor.unit_id, at), at).next_step
    held = [place for place in Part if shows(facts, actor.unit_id, place)]
    first = Part(step.part) if step.part in held else next(iter(held), Part.INITIATIVE)
    return redirect("sip:part", case_id, PART_SLUGS[first])


def part(request: HttpRequest, case_id: UUID, slug: str) -> HttpResponse:
    """One part of the case."""
    if slug not in PARTS_BY_SLUG:
        raise Http404
    try:
        return PART_PAGES[PARTS_BY_SLUG[slug]](request, case_id)
    except NotVisible:
        return named_only(request, case_id)
