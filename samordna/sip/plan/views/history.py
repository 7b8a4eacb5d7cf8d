"""*Historik*: the earlier plans, each to be read as it was signed, and two versions compared."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samordna.casework.documents.rules.editions import seen_version
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.queries import signed_content
from samordna.kernel.refusal import NotVisible
from samordna.sip.addresses import part_url
from samordna.sip.page import SipPage
from samordna.sip.plan.content import plan_content
from samordna.sip.plan.forms.plan import CompareForm
from samordna.sip.plan.presenters.compare import compare as compare_contents
from samordna.sip.plan.presenters.history import cancelled_plans, time_line, version_choices, version_label
from samordna.sip.plan.presenters.participants import participant_lines
from samordna.sip.plan.presenters.plan import earlier_plans, past_versions, version_status, why_earlier
from samordna.sip.plan.presenters.sheet import plan_sheet, shown_content
from samordna.sip.plan.queries import plan_of
from samordna.sip.plan.rules import print_refusal, void_plan_refusal
from samordna.sip.plan.views.opening import find_version
from samordna.sip.rounds.presenters.rounds import plan_name
from samordna.sip.states import Part

Found = tuple[DocumentFacts, VersionFacts]


@require_safe
def history(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The drop-down with the dates of all earlier plans, the time line, and what to compare (V-72)."""
    page = open_page(request, case_id, None, "history")
    return page.render(
        "sip/plan/history/page.html",
        earlier=earlier_plans(page.facts, page.actor.unit_id, page.at),
        plans=time_line(page.facts, page.actor.unit_id, page.at),
        cancelled=cancelled_plans(page.facts, page.actor.unit_id, page.at),
        form=_compare_form(page, None),
        back_url=part_url(case_id, Part.PLAN),
    )


@require_safe
def history_version(request: HttpRequest, case_id: UUID, version_id: UUID) -> HttpResponse:
    """One signed version, read from the bytes that were signed, or one voided before that; marked with what it is."""
    page = open_page(request, case_id, None, "history")
    document, version = find_version(page, version_id)
    if version not in past_versions(page.facts, document, page.actor.unit_id):
        raise NotVisible
    content = _content(page, (document, version))
    return page.render(
        "sip/plan/history/version.html",
        document=document,
        version=version,
        status=version_status(page.facts, document, version),
        why=why_earlier(page.facts, document, version, page.at),
        name=plan_name(document),
        label=version_label(document, version),
        holds=version == page.facts.holding_version,
        sheet=plan_sheet(content),
        lines=participant_lines(case_id, Part.PLAN, content["participants"], may_write=False),
        print_refusal=print_refusal(page.facts, page.actor, version),
        may_void=page.facts.renewing
        and version == page.facts.holding_version
        and void_plan_refusal(page.facts, page.actor, document) is None,
    )


@require_safe
def compare(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Two versions: what was added and what was struck."""
    page = open_page(request, case_id, None, "history")
    form = _compare_form(page, request)
    sections = None
    if form.is_bound and form.is_valid():
        older, newer = (find_version(page, UUID(form.cleaned_data[name])) for name in ("older", "newer"))
        if _order(newer) < _order(older):
            older, newer = newer, older
        before, after = (shown_content(_content(page, one), page.person) for one in (older, newer))
        sections = compare_contents(before, after)
    return page.render("sip/plan/history/compare.html", form=form, sections=sections)


def _order(found: Found) -> tuple[int, int]:
    document, version = found
    return document.ordinal, version.number


def _content(page: SipPage, found: Found) -> dict[str, Any]:
    """What a version says: the bytes that were signed, or the rows of one never signed where the unit may see it."""
    document, version = found
    if version.signed_at is not None:
        return signed_content(version.id)
    if not seen_version(page.facts, document, version, page.actor.unit_id):
        raise NotVisible
    return plan_content(page.facts, plan_of(version.id), page.person, version)


def _compare_form(page: SipPage, request: HttpRequest | None) -> CompareForm:
    versions = version_choices(page.facts, page.actor.unit_id)
    initial = {"older": versions[-2][0], "newer": versions[-1][0]} if len(versions) > 1 else {}
    asked = request.GET if request is not None and "older" in request.GET else None
    return CompareForm(asked, versions=versions, initial=initial)
