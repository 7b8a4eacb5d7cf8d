"""Reading a follow-up, an evaluation or a SBAR that no longer stands (V-61, L-06)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samordna.casework.file.facts import EARLIER
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import VersionFacts
from samordna.documents.queries import signed_content
from samordna.sip.addresses import part_url
from samordna.sip.evaluation.content import evaluation_content
from samordna.sip.evaluation.presenters import evaluation_sheet
from samordna.sip.evaluation.queries import evaluation_of
from samordna.sip.follow_up.content import follow_up_content
from samordna.sip.follow_up.presenters import goal_reports
from samordna.sip.follow_up.queries import reports_of
from samordna.sip.page import SipPage
from samordna.sip.plan.presenters.participants import participant_lines
from samordna.sip.rounds.presenters.earlier import EarlierVersion, find_earlier
from samordna.sip.sbar.content import sbar_content
from samordna.sip.sbar.presenters import sbar_rows
from samordna.sip.sbar.queries import sbar_of
from samordna.sip.states import Part

HEADINGS = {
    Part.FOLLOW_UP: _("Earlier follow-up"),
    Part.EVALUATION: _("Earlier evaluation"),
    Part.SBAR: _("Earlier survey by SBAR"),
}


@require_safe
def earlier(request: HttpRequest, case_id: UUID, version_id: UUID) -> HttpResponse:
    """From the bytes that were signed; what was never signed, from its rows."""
    page = open_page(request, case_id, None, f"{EARLIER}{version_id}")
    found = find_earlier(page.facts, page.actor.unit_id, version_id, page.at)
    part = Part(found.document.kind)
    return page.render(
        "sip/earlier/page.html",
        earlier=found,
        heading=HEADINGS[part],
        back_url=part_url(case_id, part),
        **_shown(page, found, part),
    )


def _shown(page: SipPage, found: EarlierVersion, part: Part) -> dict[str, Any]:
    version = found.version
    content = signed_content(version.id) if version.signed_at else _unsigned(page, part, version)
    if part == Part.FOLLOW_UP:
        return {"goals": goal_reports(content, over=not page.facts.case.active)}
    if part == Part.SBAR:
        return {"sbar": sbar_rows(content)}
    lines = participant_lines(page.facts.case.id, part, content["participants"], may_write=False)
    return {"evaluation": evaluation_sheet(content), "lines": lines}


def _unsigned(page: SipPage, part: Part, version: VersionFacts) -> dict[str, Any]:
    facts, person = page.facts, page.person
    if part == Part.FOLLOW_UP:
        return follow_up_content(facts, version, person, reports_of(version.id))
    if part == Part.SBAR:
        return sbar_content(facts, version, person, sbar_of(version.id))
    return evaluation_content(facts, version, person, evaluation_of(version.id))
