"""*Mål- och aktivitetsplan*: the page itself, and beginning, taking over, editing, saving, dropping."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.casework.documents.commands import writing
from samordna.casework.documents.presenters.versions import version_line
from samordna.casework.documents.rules.editions import drop_refusal, voided_like
from samordna.casework.documents.views.acts import TAKEN_OVER, act
from samordna.casework.documents.views.reader import reader_of
from samordna.casework.file.views.page import open_page
from samordna.documents.queries import signed_content
from samordna.drafts.queries import unsaved_of
from samordna.sip.addresses import part_url
from samordna.sip.page import SipPage
from samordna.sip.plan.commands import plan as commands
from samordna.sip.plan.presenters.gaps import gap_links
from samordna.sip.plan.presenters.participants import participant_lines
from samordna.sip.plan.presenters.plan import (
    compare_with_read_url,
    earlier_plans,
    held_to_the_end,
    plan_acts,
    row_versions,
)
from samordna.sip.plan.presenters.sheet import plan_sheet
from samordna.sip.plan.presenters.undo import undo_of
from samordna.sip.plan.presenters.unsaved import unsaved_lines
from samordna.sip.plan.print import of_another_number
from samordna.sip.plan.queries import handovers_of
from samordna.sip.plan.rules import gaps, print_refusal
from samordna.sip.plan.views.opening import OpenedPlan, open_plan
from samordna.sip.procedure_codes import codes_after
from samordna.sip.process import SIP
from samordna.sip.rounds.presenters.rounds import plan_name
from samordna.sip.states import Part
from samordna.web.posting import posted_from


@require_safe
def plan_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The plan as it stands: to be begun, written, read, locked or printed."""
    opened = open_plan(request, case_id)
    page, document = opened.page, opened.document
    standing = document if document and not document.voided else None
    context: dict[str, Any] = {
        "document": standing,
        "voided": voided_like(page.facts, page.actor.unit_id, Part.PLAN),
        "earlier": earlier_plans(page.facts, page.actor.unit_id, page.at),
        "cancelled_plans": earlier_plans(page.facts, page.actor.unit_id, page.at, cancelled=True),
        "unsaved": unsaved_lines(case_id, unsaved_of(page.actor, starting=opened.draft_key))
        if document
        else [],
    }
    context |= _holding(page) if standing is None else _standing(request, opened)
    acts = plan_acts(page.facts, page.actor, len(context.get("gaps", ())))
    held = held_to_the_end(page.facts, acts, page.at) if standing is not None else None
    return page.render("sip/plan/page.html", acts=acts, held=held, **context)


def _holding(page: SipPage) -> dict[str, Any]:
    """The plan that holds while no new one is written (V-70)."""
    plan, version = page.facts.valid_plan, page.facts.holding_version
    if plan is None or version is None:
        return {}
    content = signed_content(version.id)
    return {
        "holding": version,
        "name": plan_name(plan),
        "sheet": plan_sheet(content),
        "other_number": of_another_number(content, page.person.number),
        "print_refusal": print_refusal(page.facts, page.actor, version),
    }


def _standing(request: HttpRequest, opened: OpenedPlan) -> dict[str, Any]:
    """What is read of a plan that is begun: the open edition when the unit may see it, else the signed one."""
    page, document = opened.page, opened.document
    if document is None:
        return {}
    valid = document.valid_version
    content = opened.content or (signed_content(valid.id) if valid else None)
    context: dict[str, Any] = {
        "edition": opened.edition,
        "valid": valid,
        "hidden_open": document.open_version if opened.edition is None else None,
        "version_line": version_line(document, page.at) if content else "",
    }
    if content is None:
        return context
    missing = gaps(content)
    reader = reader_of(page, document)
    versions = row_versions(opened.plan) if opened.plan else {}
    acts = plan_acts(page.facts, page.actor, 0)
    writes, locked = opened.edition is not None and acts.write is None, acts.printed
    return context | {
        "changed_url": compare_with_read_url(page.facts, document, reader),
        "sheet": plan_sheet(content, reader, versions),
        "other_number": of_another_number(content, page.person.number),
        "lines": participant_lines(
            page.facts.case.id,
            Part.PLAN,
            content["participants"],
            may_write=writes,
            reader=reader,
            versions=versions,
        ),
        "may_write": writes,
        "gaps": gap_links(page.facts.case.id, missing),
        "undo": _undo(request, opened) if writes else None,
        "codes": codes_after(page.actor, page.settings, Part.PLAN) if locked else (),
        "handovers": handovers_of(locked.id) if locked else (),
    }


def _undo(request: HttpRequest, opened: OpenedPlan) -> object:
    if opened.plan is None:
        return None
    asked = request.GET.get("undo", "")
    return undo_of(opened.page.facts.case.id, Part.PLAN, asked, opened.plan.participants, opened.plan)


@posted_from("sip:part", "case_id", slug="plan")
def begin(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin the round's plan."""
    like = "like_voided" in request.POST
    return act(request, case_id, Part.PLAN, commands.begin_plan, like_voided=like)


@posted_from("sip:part", "case_id", slug="plan")
def edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Redigera*; `next` leads on to what was to be mended."""
    return act(request, case_id, Part.PLAN, commands.edit_plan, then=_own_page(request))


@posted_from("sip:part", "case_id", slug="plan")
def take_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Go on with what a colleague at the unit has begun."""
    return act(request, case_id, Part.PLAN, writing.take_over, told=TAKEN_OVER, process=SIP, part=Part.PLAN)


@posted_from("sip:part", "case_id", slug="plan")
def save(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Spara*: every passage is saved already, so this says so, and what others see."""
    page = open_page(request, case_id, Part.PLAN)
    document = page.facts.standing(Part.PLAN)
    if document is not None and document.ever_signed:
        messages.success(request, _("All is saved. The units that take part see it. Sign when it is ready."))
    else:
        messages.success(
            request, _("All is saved. Nobody outside your unit sees the plan until it is signed.")
        )
    return redirect("sip:part", case_id, "plan")


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Släng utkastet*: asked once, since what was written in the edition goes."""
    if request.method == "POST":
        return act(request, case_id, Part.PLAN, writing.drop, process=SIP, part=Part.PLAN)
    page = open_page(request, case_id, Part.PLAN)
    effects = [
        _("What was written since the plan was signed is thrown away."),
        _("The signed version holds and can be locked."),
    ]
    return page.render(
        "casework/case/confirm.html",
        heading=_("Throw the open edition away"), effects=effects, act_text=_("Throw away"),
        refusal=drop_refusal(page.facts, page.actor, Part.PLAN), back_url=part_url(case_id, Part.PLAN), danger=True,
    )  # fmt: skip


def _own_page(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
