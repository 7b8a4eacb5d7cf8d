"""*Signera*, *Lås*, *Öppna*, *Makulera*: each after a page that shows what it is about and what it leads to."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.documents.presenters.since_read import SinceRead, known_version
from samordna.casework.documents.rules.editions import NOT_BEGUN, write_refusal
from samordna.casework.documents.views.acts import act
from samordna.casework.documents.views.password import asks_password
from samordna.casework.documents.views.reader import reader_of
from samordna.casework.documents.views.reviewing import Review, lock_page, sign_page
from samordna.casework.file.views.page import actor_of, open_page
from samordna.documents.facts import DocumentFacts
from samordna.documents.queries import signed_content
from samordna.drafts.queries import unsaved_of
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.organisations import queries as places
from samordna.sip.addresses import part_url
from samordna.sip.page import SipPage
from samordna.sip.plan.commands import plan as commands
from samordna.sip.plan.forms.plan import PlanVoidForm
from samordna.sip.plan.presenters.gaps import gap_links
from samordna.sip.plan.presenters.plan import compare_with_read_url
from samordna.sip.plan.presenters.sheet import plan_sheet
from samordna.sip.plan.presenters.unsaved import unsaved_lines
from samordna.sip.plan.presenters.voiding import plan_effects
from samordna.sip.plan.print import not_printed
from samordna.sip.plan.rules import attended_ahead, gaps, lock_refusal, unlock_plan_refusal, void_plan_refusal
from samordna.sip.plan.views.opening import open_plan
from samordna.sip.rounds.presenters.rounds import plan_name
from samordna.sip.states import Part
from samordna.web.acting import carry_out


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole plan as it will stand, its gaps, and *Signera*."""
    return sign_page(
        request, case_id, Part.PLAN, commands.sign_plan,
        told=_("The plan is signed."), review=lambda: _to_sign(request, case_id), asks=asks_password(request),
    )  # fmt: skip


def _to_sign(request: HttpRequest, case_id: UUID) -> Review:
    opened = open_plan(request, case_id)
    page, content = opened.page, opened.content
    refusal = write_refusal(page.facts, page.actor, Part.PLAN)
    if refusal is not None or content is None:
        return Review(page, closed=refusal or NOT_BEGUN)
    context = {
        "sheet": plan_sheet(content),
        "gaps": gap_links(case_id, gaps(content)),
        "ahead": attended_ahead(content, page.facts.meeting_of(Part.SUMMONS), page.at),
        "unsaved": unsaved_lines(case_id, unsaved_of(page.actor, starting=opened.draft_key)),
        "first": opened.document is not None and not opened.document.ever_signed,
    }
    return Review(page, "sip/plan/sign.html", content=content, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The signed plan as it will print, its gaps, what locking leads to, and *Lås*."""
    return lock_page(
        request, case_id, Part.PLAN, commands.lock_plan,
        told=_("The plan is locked. Now it can be printed."), review=lambda: _to_lock(request, case_id),
    )  # fmt: skip


def _to_lock(request: HttpRequest, case_id: UUID) -> Review:
    page = open_page(request, case_id, Part.PLAN)
    plan = page.facts.standing(Part.PLAN)
    valid = plan.valid_version if plan else None
    content = signed_content(valid.id) if valid else None
    missing = gaps(content) if content else ()
    earlier = page.facts.valid_plan
    context = {
        "refusal": lock_refusal(page.facts, page.actor, missing),
        "sheet": plan_sheet(content) if content else None,
        "gaps": gap_links(case_id, missing),
        "since_read": _since_read(page, plan) if plan is not None else None,
        "not_printed": not_printed(content) if content else "",
        "effects": _lock_effects(page, replaces=earlier is not None and earlier is not plan),
    }
    return Review(page, "sip/plan/lock.html", version=valid.id if valid else None, context=context)


def _since_read(page: SipPage, plan: DocumentFacts) -> SinceRead:
    """Where the reader sees what others have signed since she knew it."""
    reader = reader_of(page, plan)
    href = compare_with_read_url(page.facts, plan, reader)
    return SinceRead(first=known_version(plan, reader) is None, changed=bool(href), href=href)


def _lock_effects(page: SipPage, *, replaces: bool) -> list[str]:
    effects = [
        _("Nobody can change the plan until you open it again."),
        _("It can be printed and handed to %(name)s.") % {"name": isolated(page.person.name)},
        _("The units that take part are told that the plan is locked."),
    ]
    if replaces:
        effects.insert(0, _("The plan that holds now is replaced and becomes history."))
    return effects


@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Öppna* the locked plan."""
    if request.method == "POST":
        told = _("The plan is open. It is signed, and can be edited or locked.")
        return act(request, case_id, Part.PLAN, commands.unlock_plan, told=told)
    page = open_page(request, case_id, Part.PLAN)
    effects = [
        _("The plan is signed again: it can be edited, or locked as it is."),
        _("It cannot be printed or followed up until it is locked."),
    ]
    return page.render(
        "casework/case/confirm.html", heading=_("Open the plan"), effects=effects, act_text=_("Open"),
        refusal=unlock_plan_refusal(page.facts, page.actor), back_url=part_url(case_id, Part.PLAN),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Makulera* the plan and its follow-up, with *Orsak*."""
    reasons = places.settings_of(actor_of(request).department_id).void_reasons
    posted = request.POST if request.method == "POST" else None
    form = PlanVoidForm(posted, reasons=reasons, initial={"plan": request.GET.get("plan", "")})
    if form.is_valid():
        told = _("The plan is voided. It can be read at the top of this page.")
        acts = partial(commands.void_plan, actor=actor_of(request), case_id=case_id, at=clock.now())
        void_it = partial(acts, reason=form.why(), plan_id=form.cleaned_data["plan"])
        voided = carry_out(request, void_it, then=part_url(case_id, Part.PLAN), told=told, form=form)
        if voided.answer:
            return voided.answer
    page = open_page(request, case_id, Part.PLAN)
    plan = commands.plan_to_void(page.facts, form.plan_id)
    effects = plan_effects(page.facts, plan, page.person.name, page.at) if plan is not None else []
    name = plan_name(plan) if plan is not None else ""
    return page.render(
        "casework/case/confirm.html", heading=_("Void %(plan)s") % {"plan": name},
        effects=effects, act_text=_("Void"), form=form,
        refusal=void_plan_refusal(page.facts, page.actor, plan), back_url=part_url(case_id, Part.PLAN), danger=True,
    )  # fmt: skip
