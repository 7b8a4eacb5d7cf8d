"""*Ny plan*: asked once, with what it leads to (V-70), and cancelled when it was a mistake (V-73)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.documents.views.acts import void_page
from samordna.casework.file.views.page import open_page
from samordna.sip.addresses import part_url
from samordna.sip.rounds.commands import cancel_new_plan, start_new_plan
from samordna.sip.rounds.presenters.cancelling import cancel_effects
from samordna.sip.rounds.rules import cancel_round_refusal, new_plan_refusal
from samordna.sip.states import Part
from samordna.web.acting import carry_out


@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The confirming question; afterwards the new summons."""
    page = open_page(request, case_id, Part.PLAN)
    refusal = new_plan_refusal(page.facts, page.actor)
    if request.method == "POST":
        told, then = _("A new plan has begun. Summon to the planning of it."), part_url(case_id, Part.SUMMONS)
        begin = partial(start_new_plan, actor=page.actor, case_id=case_id, at=page.at)
        begun = carry_out(request, begin, then=then, told=told)
        if begun.answer:
            return begun.answer
        refusal = begun.refusal
    return page.render(
        "casework/case/confirm.html",
        heading=_("Begin a new plan?"),
        effects=[
            _("The plan that the individual has holds until the new one is locked. Then it becomes history."),
            _("Until then it is followed up as before."),
            _("You write a new summons to planning. Those who took part before are proposed as recipients."),
            _("The new plan begins with what the plan says now, unsigned."),
            _("Until it is locked the coordinator can cancel it, if it was begun by mistake."),
        ],
        refusal=refusal,
        act_text=_("New plan"),
        back_url=part_url(case_id, Part.PLAN),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Avbryt den nya planen*, with *Orsak* and what it leads to (V-73)."""
    page = open_page(request, case_id, Part.PLAN)
    refusal = cancel_round_refusal(page.facts, page.actor)
    told = _("The new plan is cancelled. It can be read under History.")
    heading = _("Cancel the new plan")
    return void_page(page, Part.PLAN, heading, cancel_effects(page.facts), refusal, cancel_new_plan, told)
