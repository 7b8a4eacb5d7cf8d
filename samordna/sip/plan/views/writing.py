"""The page of one passage of the plan: the form, or why nothing can be written now."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from samordna.casework.documents.forms import texts_of
from samordna.casework.documents.rules.editions import write_refusal
from samordna.casework.documents.views.closed import closed_page
from samordna.casework.documents.views.passages import Passage, keep_typed, passage_page, save_passage
from samordna.casework.file.views.left import left_text
from samordna.sip.plan.views.opening import OpenedPlan, open_plan
from samordna.sip.states import Part

Build = Callable[[HttpRequest, OpenedPlan], Passage]


def plan_passage(
    request: HttpRequest, case_id: UUID, name: str, form: type[Form], build: Build
) -> HttpResponse:
    """The passage that is kept unsaved under `name`, and is built when it may be written."""
    opened = open_plan(request, case_id)
    page, key = opened.page, f"{opened.draft_key}:{name}"
    refusal = write_refusal(page.facts, page.actor, Part.PLAN)
    if refusal is not None:
        if request.method == "POST":
            return keep_typed(request, page, Part.PLAN, key, refusal, texts=texts_of(form))
        return closed_page(page, Part.PLAN, refusal, **left_text(page, key))
    passage = build(request, opened)
    return save_passage(request, passage) if request.method == "POST" else passage_page(request, passage)
