"""*Skriv ut* the locked plan, waiting for the print while it is made, and recording that it was handed over."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.accounts.activity import passive
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.queries import signed_content
from samordna.kernel import clock
from samordna.printouts.queries import PrintoutState, pdf_for, printout_for
from samordna.printouts.states import Status
from samordna.sip.addresses import part_url
from samordna.sip.page import SipPage
from samordna.sip.plan.commands.printing import print_again, record_handover, record_printed
from samordna.sip.plan.forms.plan import HandoverForm
from samordna.sip.plan.print import present_source, template_of
from samordna.sip.plan.rules import handover_refusal, print_refusal
from samordna.sip.plan.views.opening import find_version
from samordna.sip.states import Part
from samordna.web.acting import carry_out
from samordna.web.posting import posted_from
from samordna.web.views import refused

SECONDS_BETWEEN_LOOKS = 3
LATE_AFTER_SECONDS = 60


@posted_from("sip:part", "case_id", slug="plan")
def print_plan(request: HttpRequest, case_id: UUID, version_id: UUID) -> HttpResponse:
    """The stored PDF of a locked, replaced or voided version; while it is not ready, the page that waits for it."""
    page = open_page(request, case_id, Part.PLAN)
    document, version = find_version(page, version_id)
    refusal = print_refusal(page.facts, page.actor, version)
    if refusal is not None:
        return refused(request, refusal, back=part_url(case_id, Part.PLAN))
    pdf = pdf_for(_source(page, version), template_of(document, version))
    if pdf is None:
        print_again(actor=page.actor, case_id=case_id, version_id=version_id, at=page.at)
        return redirect("sip:print_wait", case_id, version_id)
    record_printed(actor=page.actor, case_id=case_id, version_id=version_id, at=page.at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        f'inline; filename="{_file_name(page.facts.case.number, document, version)}"'
    )
    return response


def _source(page: SipPage, version: VersionFacts) -> UUID:
    return present_source(page.facts, version, signed_content(version.id))


def _file_name(case_number: str, document: DocumentFacts, version: VersionFacts) -> str:
    """Without anything about the person: sip-2026-00012-K-version-2.pdf."""
    later = f"-plan-{document.ordinal}" if document.ordinal > 1 else ""
    return f"sip-{case_number}{later}-version-{version.number}.pdf"


@require_safe
@passive
def print_wait(request: HttpRequest, case_id: UUID, version_id: UUID) -> HttpResponse:
    """*Planen görs i ordning*: looks again by itself until the print is ready, then offers it."""
    page = open_page(request, case_id, Part.PLAN)
    document, version = find_version(page, version_id)
    state = printout_for(_source(page, version), template_of(document, version))
    ready = state is not None and state.status == Status.READY
    response = page.render(
        "sip/plan/print_wait.html",
        version=version,
        ready=ready,
        late=_is_late(state, page.at.timestamp()),
        back_url=part_url(case_id, Part.PLAN),
    )
    if not ready:
        response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def _is_late(state: PrintoutState | None, now: float) -> bool:
    if state is None or state.status == Status.FAILED:
        return True
    return state.status == Status.REQUESTED and now - state.requested_at.timestamp() > LATE_AFTER_SECONDS


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record that the plan was handed over and who signed it on paper (V-54)."""
    page = open_page(request, case_id, Part.PLAN)
    today = clock.today(page.at)
    initial = {"handed_on": today.isoformat(), "handed_to": page.person.name}
    form = HandoverForm(request.POST if request.method == "POST" else None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.handover()
        record = partial(record_handover, actor=page.actor, case_id=case_id, handover=given, at=page.at)
        told, back = _("The handing over is recorded."), part_url(case_id, Part.PLAN)
        recorded = carry_out(request, record, then=back, told=told, form=form)
        if recorded.answer:
            return recorded.answer
    return page.render(
        "sip/plan/handover.html",
        form=form,
        refusal=handover_refusal(page.facts, page.actor),
        back_url=part_url(case_id, Part.PLAN),
    )
