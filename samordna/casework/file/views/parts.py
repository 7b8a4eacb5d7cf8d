"""The case page: which part to open, and which part an address is about (V-05)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from samordna.casework.file.facts import shows
from samordna.casework.file.presenters.addresses import address, part_url
from samordna.casework.file.presenters.frame import how_it_ended_url
from samordna.casework.file.queries import open_work
from samordna.casework.file.steps.rows import next_of, part_views
from samordna.casework.file.views.page import actor_of, pages_of
from samordna.casework.file.views.protected import named_only, waits_for_somebody
from samordna.kernel import clock
from samordna.kernel.refusal import NotVisible


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """On to the part where the unit's next step is, else the first; of a case that is over to how it ended."""
    actor, pages = actor_of(request), pages_of(request)
    process = pages.process
    try:
        facts = open_work(process, actor, case_id)
    except NotVisible:
        if waits_for_somebody(process, actor, case_id):
            return redirect(address(process, "take_on", case_id))
        return named_only(request, case_id)
    if not facts.case.active:
        return redirect(how_it_ended_url(pages, facts, actor.unit_id))
    at = clock.now()
    step = next_of(facts, actor.unit_id, part_views(facts, actor.unit_id, at), at).next_step
    held = [part for part in process.parts if shows(facts, actor.unit_id, part)]
    first = step.part if step.part in held else next(iter(held), process.parts[0])
    return redirect(part_url(process, case_id, first))


def part(request: HttpRequest, case_id: UUID, slug: str) -> HttpResponse:
    """One part of the case."""
    pages = pages_of(request)
    about = pages.process.part_of(slug)
    if about is None:
        raise Http404
    try:
        return pages.parts[about](request, case_id)
    except NotVisible:
        return named_only(request, case_id)
