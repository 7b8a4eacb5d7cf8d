"""The forms of a follow-up's activities: fresh, or with what was typed and not saved."""

from collections.abc import Sequence

from samordna.documents.facts import DocumentFacts
from samordna.drafts.queries import unsaved_for
from samordna.sip.follow_up.facts import ReportFacts
from samordna.sip.follow_up.forms import ReportForm, TypedReport, typed_report
from samordna.sip.follow_up.presenters import Entry
from samordna.sip.follow_up.rules import report_refusal
from samordna.sip.page import SipPage


def follow_up_key(document: DocumentFacts) -> str:
    """What unsaved typing in this follow-up is kept under, whatever edition is open."""
    return f"sip:follow_up:{document.id}"


def entries(page: SipPage, document: DocumentFacts, reports: Sequence[ReportFacts]) -> dict[str, Entry]:
    """A form for each activity that the actor may report on, by the activity's lineage."""
    unsaved = unsaved_for(page.actor, follow_up_key(document))
    held: dict[str, Entry] = {}
    for report in reports:
        lineage = str(report.activity_lineage)
        typed = typed_report(unsaved.text, lineage) if unsaved else None
        waits = typed if typed is not None and typed.changed and not _same(typed, report) else None
        if report_refusal(page.facts, page.actor, report) is None:
            held[lineage] = _entry(lineage, report, waits)
        elif waits is not None:
            held[lineage] = Entry(None, waits, undecided=True)
    return held


def _entry(lineage: str, report: ReportFacts, waits: TypedReport | None) -> Entry:
    """The form, upon what stands now. Whoever typed upon something older must choose what is to stand."""
    stands = {
        "version": report.written.version,
        "base_status": report.status.value if report.status else "",
        "base_note": report.note,
    }
    if waits is None:
        fresh = {"status": stands["base_status"], "note": report.note}
        return Entry(ReportForm(initial={**stands, **fresh}, prefix=lineage, activity=report.activity_text))
    typed = {"status": waits.status, "note": waits.note}
    form = ReportForm(initial={**stands, **typed}, prefix=lineage, activity=report.activity_text)
    began = (waits.base_status, waits.base_note) == (stands["base_status"], report.note)
    return Entry(form, waits, undecided=not began)


def _same(typed: TypedReport, report: ReportFacts) -> bool:
    return (typed.status, typed.note) == (report.status.value if report.status else "", report.note)
