"""*Signera*, *Lås*, *Öppna*, *Makulera*: each after a page that shows what it is about and what it leads to."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.accounts.queries import check_password
from samordna.documents.queries import signed_content
from samordna.drafts.queries import unsaved_of
from samordna.kernel import clock
from samordna.organisations import queries as places
from samordna.sip.commands import plan as commands
from samordna.sip.commands.writing import fingerprint
from samordna.sip.forms.plan import LockForm, SignForm, VoidForm
from samordna.sip.presenters.frame import part_url
from samordna.sip.presenters.gaps import gap_links
from samordna.sip.presenters.plan_sheet import plan_sheet
from samordna.sip.presenters.unsaved import unsaved_lines
from samordna.sip.rules.documents import unlock_refusal, write_refusal
from samordna.sip.rules.plan import gaps, lock_refusal, void_plan_refusal
from samordna.sip.states import Part
from samordna.sip.views.page import CasePage, open_page
from samordna.sip.views.plan.opening import open_plan
from samordna.web.forms import refusals_in
from samordna.web.receipts import once


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole plan as it will stand, its gaps, and *Signera*."""
    opened = open_plan(request, case_id)
    page, content = opened.page, opened.content
    refusal = write_refusal(page.facts, page.actor, Part.PLAN)
    if refusal is not None or content is None:
        return page.render("sip/plan/closed.html", refusal=refusal)
    right = right_password(page)
    form = SignForm(_posted(request), initial={"seen": fingerprint(content)}, right_password=right)
    if request.method == "POST" and form.is_valid():
        with refusals_in(request, form) as outcome:
            seen = form.cleaned_data["seen"]
            return once(
                request, lambda: _done(case_id, commands.sign_plan, _("The plan is signed."), page, seen=seen)
            )
        if outcome.stale:
            # What is shown now is what the next click signs.
            form = SignForm(initial={"seen": fingerprint(content)}, right_password=right)
            messages.error(request, str(outcome.refusal))
    first = opened.document is not None and not opened.document.ever_signed
    return page.render(
        "sip/plan/sign.html",
        form=form,
        sheet=plan_sheet(content),
        gaps=gap_links(case_id, gaps(content)),
        unsaved=unsaved_lines(case_id, unsaved_of(page.actor, starting=opened.draft_key)),
        first=first,
        back_url=part_url(case_id, Part.PLAN),
    )


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def right_password(page: CasePage) -> Callable[[str], bool] | None:
    """The question about the password, where it is asked and there is one (V-53)."""
    wanted = places.settings_of(page.actor.department_id).ask_password_when_signing
    return (
        partial(check_password, page.actor.user_id)
        if wanted and page.actor.login_method == "password"
        else None
    )


@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The signed plan as it will print, its gaps, what locking leads to, and *Lås*."""
    page = open_page(request, case_id, Part.PLAN)
    plan = page.facts.standing(Part.PLAN)
    valid = plan.valid_version if plan else None
    content = signed_content(valid.id) if valid else None
    missing = gaps(content) if content else ()
    form = LockForm(_posted(request), initial={"version": valid.id if valid else None})
    if request.method == "POST" and form.is_valid():
        version_id = form.cleaned_data["version"]
        with refusals_in(request, form):
            told = _("The plan is locked. Now it can be printed.")
            return once(
                request, lambda: _done(case_id, commands.lock_plan, told, page, version_id=version_id)
            )
    earlier = page.facts.valid_plan
    return page.render(
        "sip/plan/lock.html",
        form=form,
        refusal=lock_refusal(page.facts, page.actor, missing),
        sheet=plan_sheet(content) if content else None,
        gaps=gap_links(case_id, missing),
        effects=_lock_effects(page, replaces=earlier is not None and earlier is not plan),
        back_url=part_url(case_id, Part.PLAN),
    )


def _lock_effects(page: CasePage, *, replaces: bool) -> list[str]:
    effects = [
        _("Nobody can change the plan until you open it again."),
        _("It can be printed and handed to %(name)s.") % {"name": page.person.name},
        _("The units that take part are told that the plan is locked."),
    ]
    if replaces:
        effects.insert(0, _("The plan that holds now is replaced and becomes history."))
    return effects


@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Öppna* the locked plan."""
    page = open_page(request, case_id, Part.PLAN)
    if request.method == "POST":
        with refusals_in(request):
            told = _("The plan is open. It is signed, and can be edited or locked.")
            return once(request, lambda: _done(case_id, commands.unlock_plan, told, page))
        return redirect("sip:part", case_id, "plan")
    effects = [
        _("The plan is signed again: it can be edited, or locked as it is."),
        _("It cannot be printed or followed up until it is locked."),
    ]
    return page.render(
        "sip/plan/confirm.html", heading=_("Open the plan"), effects=effects, act_text=_("Open"),
        refusal=unlock_refusal(page.facts, page.actor, Part.PLAN), back_url=part_url(case_id, Part.PLAN),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Makulera* the plan and its follow-up, with *Orsak*."""
    page = open_page(request, case_id, Part.PLAN)
    reasons = places.settings_of(page.actor.department_id).void_reasons
    form = VoidForm(_posted(request), reasons=reasons)
    if request.method == "POST" and form.is_valid():
        with refusals_in(request, form):
            told = _("The plan is voided. It can be read at the top of this page.")
            return once(request, lambda: _done(case_id, commands.void_plan, told, page, reason=form.text()))
    effects = [
        _("The plan of %(name)s no longer holds.") % {"name": page.person.name},
        _("Its follow-up is voided too."),
        _("Both can be read with the reason, and a new plan can be begun."),
        _("The units that take part are told."),
    ]
    return page.render(
        "sip/plan/confirm.html", heading=_("Void the plan"), effects=effects, act_text=_("Void"), form=form,
        refusal=void_plan_refusal(page.facts, page.actor), back_url=part_url(case_id, Part.PLAN), danger=True,
    )  # fmt: skip


def _done(
    case_id: UUID, command: Callable[..., object], told: str, page: CasePage, **what: object
) -> HttpResponse:
    command(actor=page.actor, case_id=case_id, at=clock.now(), **what)
    messages.success(page.request, told)
    return redirect("sip:part", case_id, "plan")
