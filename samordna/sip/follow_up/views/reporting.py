"""*Följ upp aktivitet*: saving one line, or all that were changed, each by itself; nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.casework.documents.rules.editions import NOT_BEGUN
from samordna.casework.documents.views.closed import closed_page
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts
from samordna.drafts.commands import discard_unsaved, save_unsaved
from samordna.kernel.refusal import Refused
from samordna.sip.addresses import part_url
from samordna.sip.follow_up import commands
from samordna.sip.follow_up.facts import ReportFacts
from samordna.sip.follow_up.forms import ReportForm, TypedReport, typed_report
from samordna.sip.follow_up.presenters import Entry
from samordna.sip.follow_up.queries import reports_of
from samordna.sip.follow_up.rules import report_refusal
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.follow_up.views.entries import follow_up_key
from samordna.sip.follow_up.views.page import shown
from samordna.sip.page import SipPage
from samordna.sip.states import Part
from samordna.web.forms import remember_refusal
from samordna.web.posting import posted_from
from samordna.web.receipts import once


@dataclass
class Posted:
    """The lines of a posted page. `wanted` are to be saved now; the others' text is kept as unsaved."""

    page: SipPage
    document: DocumentFacts
    reports: dict[str, ReportFacts]
    typed: dict[str, TypedReport]
    wanted: dict[str, ReportForm] = field(default_factory=dict)
    dropped: str = ""
    corrected: str = ""

    def form(self, key: str, data: Mapping[str, str]) -> ReportForm:
        return ReportForm(data, prefix=key, activity=self.reports[key].activity_text)


@posted_from("sip:part", "case_id", slug="follow-up")
def report(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Spara* beside one activity, *Spara alla*, or the choice of what is to stand after a conflict."""
    page = open_page(request, case_id, Part.FOLLOW_UP)
    document = page.facts.standing(Part.FOLLOW_UP)
    edition = document.open_version if document else None
    if document is None or edition is None:
        return _closed(page)
    reports = {str(line.activity_lineage): line for line in reports_of(edition.id)}
    shown_keys = [key for key in reports if f"{key}-version" in request.POST]
    typed = {key: typed_report(lambda name: request.POST.get(name, ""), key) for key in shown_keys}
    posted = Posted(page, document, reports, typed)
    _choose(request, posted)
    valid = [form.is_valid() for form in posted.wanted.values()]
    if all(valid):
        return once(request, lambda: _saved(posted))
    return shown(page, _as_posted(request, posted), page_has_errors=True)


@posted_from("sip:part", "case_id", slug="follow-up")
def discard(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Throw away what was filled in and not saved."""
    page = open_page(request, case_id, Part.FOLLOW_UP)
    document = page.facts.standing(Part.FOLLOW_UP)
    if document is not None:
        discard_unsaved(actor=page.actor, form=follow_up_key(document))
    return redirect(part_url(case_id, Part.FOLLOW_UP))


def _choose(request: HttpRequest, posted: Posted) -> None:
    """Which lines the pressed button is about. Without one it is all that are changed and not in dispute."""
    data = request.POST
    one = data.get("save") or data.get("both")
    posted.dropped = data.get("keep", "")
    if data.get("correct", "") in posted.typed:
        posted.corrected = data["correct"]
        return
    if one in posted.typed:
        posted.wanted[one] = posted.form(one, _both(request, posted, one) if data.get("both") else data)
    elif not posted.dropped and one is None:
        posted.wanted = {
            key: posted.form(key, data)
            for key, typed in posted.typed.items()
            if typed.changed and f"{key}-undecided" not in data
        }


def _both(request: HttpRequest, posted: Posted, key: str) -> dict[str, str]:
    """*Båda efter varandra*: theirs first."""
    data = {name: request.POST.get(name, "") for name in request.POST if name.startswith(key)}
    notes = (posted.reports[key].note, posted.typed[key].note)
    return data | {f"{key}-note": "\n\n".join(note for note in notes if note)}


def _saved(posted: Posted) -> HttpResponse:
    """Save each line in a transaction of its own; what was refused is kept, and shown beside what stands."""
    page, saved = posted.page, 0
    waiting = {key for key, typed in posted.typed.items() if typed.changed and key not in posted.wanted}
    for key, form in posted.wanted.items():
        try:
            _save(posted, key, form)
            saved += 1
        except Refused as refused:
            remember_refusal(page.request, refused.refusal)
            if not _says_the_same(posted, key):
                waiting.add(key)
                messages.error(page.request, str(refused.refusal))
    told = _corrected(posted) if posted.corrected else False
    _keep(posted, waiting - {posted.dropped})
    if told:
        messages.success(page.request, _("It is no longer done. Report how it goes."))
    elif saved:
        said = ngettext("%(count)d activity is saved.", "%(count)d activities are saved.", saved) % {
            "count": saved
        }
        messages.success(page.request, said)
    elif not posted.wanted and not posted.dropped and not posted.corrected:
        messages.info(page.request, _("Nothing was changed."))
    return redirect(part_url(page.facts.case.id, Part.FOLLOW_UP))


def _save(posted: Posted, key: str, form: ReportForm) -> None:
    data = form.cleaned_data
    commands.report_activity(
        actor=posted.page.actor,
        case_id=posted.page.facts.case.id,
        lineage=UUID(key),
        version=data["version"],
        status=ReportStatus(data["status"]),
        note=data["note"],
        at=posted.page.at,
    )


def _corrected(posted: Posted) -> bool:
    """Take back a *Klar*. False when it was refused, which is said."""
    page, key = posted.page, posted.corrected
    try:
        commands.correct_report(
            actor=page.actor,
            case_id=page.facts.case.id,
            lineage=UUID(key),
            version=posted.typed[key].version,
            at=page.at,
        )
    except Refused as refused:
        remember_refusal(page.request, refused.refusal)
        messages.error(page.request, str(refused.refusal))
        return False
    return True


def _says_the_same(posted: Posted, key: str) -> bool:
    """The line already says what was to be saved, such as after a page that was sent twice."""
    stands, typed = posted.reports[key], posted.typed[key]
    return (stands.status, stands.note) == (typed.status, typed.note)


def _keep(posted: Posted, waiting: set[str]) -> None:
    actor, key = posted.page.actor, follow_up_key(posted.document)
    if not waiting:
        discard_unsaved(actor=actor, form=key)
        return
    names = [name for name in posted.page.request.POST if name[:36] in waiting]
    fields = {name: [posted.page.request.POST[name]] for name in names}
    save_unsaved(actor=actor, form=key, base_version=None, fields=fields, at=posted.page.at)


def _as_posted(request: HttpRequest, posted: Posted) -> dict[str, Entry]:
    return {
        key: Entry(posted.wanted.get(key) or posted.form(key, request.POST))
        for key in posted.typed
        if report_refusal(posted.page.facts, posted.page.actor, posted.reports[key]) is None
    }


def _closed(page: SipPage) -> HttpResponse:
    """An old page after the follow-up was locked or voided: why, and the own notes to be copied."""
    refusal = report_refusal(page.facts, page.actor, None) or NOT_BEGUN
    document = page.facts.document_of(Part.FOLLOW_UP)
    key = follow_up_key(document) if document else "sip:follow_up:"
    notes = [name for name in page.request.POST if name.endswith("-note")]
    return closed_page(page, Part.FOLLOW_UP, refusal, key=key, texts=notes)
