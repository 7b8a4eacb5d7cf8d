"""What the law wants in a plan beside goals, and who coordinates from the meeting on."""

from typing import Any, cast
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.documents.rules.editions import write_refusal
from samordna.casework.documents.views.passages import (
    Passage,
    closed_page,
    keep_typed,
    passage_page,
    save_passage,
)
from samordna.casework.file.views.left import left_text
from samordna.sip.addresses import part_url
from samordna.sip.plan.commands import plan as commands
from samordna.sip.plan.facts import LawFacts
from samordna.sip.plan.forms.goals import LawForm
from samordna.sip.plan.views.opening import OpenedPlan, edited_plan, open_plan
from samordna.sip.states import Part


@require_http_methods(["GET", "HEAD", "POST"])
def law(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The four things of the law but for who answers for what, which the goals say."""
    opened = open_plan(request, case_id)
    refusal = write_refusal(opened.page.facts, opened.page.actor, Part.PLAN)
    if refusal is not None:
        if request.method == "POST":
            return keep_typed(request, opened.page, f"{opened.draft_key}:law", refusal)
        return closed_page(opened.page, refusal, **left_text(opened.page, f"{opened.draft_key}:law"))
    passage = _passage(request, opened)
    return save_passage(request, passage) if request.method == "POST" else passage_page(request, passage)


def _passage(request: HttpRequest, opened: OpenedPlan) -> Passage:
    page, said = opened.page, edited_plan(opened).law
    principals = commands.principal_choices(page.facts)
    case_id = page.facts.case.id

    def make_form(**kwargs: Any) -> Form:
        return LawForm(principals=principals, **kwargs)

    def save(form: Form, version: int) -> None:
        text = cast(LawForm, form).law()
        commands.save_law(actor=page.actor, case_id=case_id, version=version, text=text, at=page.at)

    def shown(name: str, value: str) -> str:
        if name == "principal":
            return principals.get(int(value), value) if value.isdigit() else ""
        if name == "coordinator_confirmed":
            return _("Yes") if value else _("No")
        return value

    return Passage(
        page=page,
        key=f"{opened.draft_key}:law",
        heading=_("What the plan must hold"),
        template="sip/plan/law.html",
        back_url=f"{part_url(case_id, Part.PLAN)}#law",
        values=_values(said),
        make_form=make_form,
        save=save,
        version=said.written.version,
        by=f"{said.written.by}, {said.written.unit}",
        at=said.written.at,
        labels={
            "met_on": _("Day of the meeting"),
            "needs": _("What is needed"),
            "others_do": _("What others do"),
            "principal": _("Principal with the overall responsibility"),
            "coordinator_confirmed": _("The coordinator is right from the meeting on"),
        },
        said=shown,
        again=lambda: _passage(request, open_plan(request, case_id)),
    )


def _values(said: LawFacts) -> dict[str, str]:
    return {
        "met_on": said.met_on.isoformat() if said.met_on else "",
        "needs": said.needs,
        "others_do": said.others_do,
        "principal": str(said.principal_id or ""),
        "coordinator_confirmed": "on" if said.coordinator_confirmed else "",
    }
