"""What the law wants in a plan beside goals, and who coordinates from the meeting on."""

from functools import partial
from typing import cast
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.documents.views.passages import Passage
from samordna.sip.addresses import part_url
from samordna.sip.plan.commands import plan as commands
from samordna.sip.plan.facts import LawFacts
from samordna.sip.plan.forms.goals import LawForm
from samordna.sip.plan.views.opening import OpenedPlan, edited_plan, open_plan
from samordna.sip.plan.views.writing import plan_passage
from samordna.sip.states import Part


@require_http_methods(["GET", "HEAD", "POST"])
def law(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The four things of the law but for who answers for what, which the goals say."""
    return plan_passage(request, case_id, "law", LawForm, _passage)


def _passage(request: HttpRequest, opened: OpenedPlan) -> Passage:
    page, said = opened.page, edited_plan(opened).law
    principals = commands.principal_choices(page.facts)
    case_id = page.facts.case.id

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
        part=Part.PLAN,
        key=f"{opened.draft_key}:law",
        template="sip/plan/law.html",
        back_url=f"{part_url(case_id, Part.PLAN)}#law",
        values=_values(said),
        make_form=partial(LawForm, principals=principals),
        save=save,
        written=said.written,
        said=shown,
        context={"heading": _("What the plan must hold")},
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
