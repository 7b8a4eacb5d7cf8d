"""What is read of a SIP beside what every case has, and how its facts come of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from samordna.cases.reading import Rows
from samordna.casework.meetings.facts import Meeting
from samordna.documents.facts import DocumentFacts
from samordna.documents.states import VersionStatus
from samordna.kernel.prepared import Prepared
from samordna.organisations.settings_catalogue import Settings
from samordna.sip.facts import NOTHING_REPORTED, ProcessSettings, Progress, SipFacts
from samordna.sip.models import ActivityReport, FollowUpSchedule, PlanContent, PlanPrinting, SummonsContent
from samordna.sip.states import Part


def facts(common: Mapping[str, Any], rows: Rows, settings: ProcessSettings) -> SipFacts:
    """The SIP of what all cases have and of its own rows."""
    days, held = rows["follow_up_days"], common["documents"]
    return SipFacts(
        **common,
        meetings={message_id: Meeting(*meeting) for message_id, *meeting in rows["meetings"]},
        settings=settings,
        # The newest word counts.
        follow_up_due_on=days[-1][0] if days else None,
        plan_printed=_plan_printed(held, rows["printings"]),
        follow_up_progress=_progress(held, rows["reports"]),
        gaps=dict(rows["gaps"]),
    )


def settings(chosen: Settings) -> ProcessSettings:
    """What the county has decided about the SIP."""
    return ProcessSettings(
        sbar_enabled=chosen.sbar_enabled,
        plan_start=chosen.deadlines["plan_start"],
        plan_signed=chosen.deadlines["plan_signed"],
        plan_locked=chosen.deadlines["plan_locked"],
        other_step=chosen.deadlines["other_step"],
    )


def _plan_printed(held: Iterable[DocumentFacts], printings: Iterable[Sequence[Any]]) -> bool:
    locked = [d.locked_version.id for d in held if d.kind == Part.PLAN and d.locked_version is not None]
    return bool(locked) and locked[-1] in {edition_id for (edition_id,) in printings}


def _progress(held: Iterable[DocumentFacts], reports: Iterable[Sequence[Any]]) -> Progress:
    counted = {edition_id: Progress(reported, total) for edition_id, reported, total in reports}
    editions = [d.open_version.id for d in held if d.kind == Part.FOLLOW_UP and d.open_version is not None]
    return counted.get(editions[-1], NOTHING_REPORTED) if editions else NOTHING_REPORTED


def _meetings(*, case_id: UUID) -> QuerySet[SummonsContent, Any]:
    written = SummonsContent.objects.filter(message__case_id=case_id, meets_on__isnull=False)
    return written.values_list("message_id", "meets_on", "starts", "ends", "place")


def _follow_up_days(*, case_id: UUID) -> QuerySet[FollowUpSchedule, Any]:
    waiting = FollowUpSchedule.objects.filter(case_id=case_id, met_at__isnull=True)
    return waiting.order_by("set_at").values_list("due_on")


def _printings(*, case_id: UUID) -> QuerySet[PlanPrinting, Any]:
    return (
        PlanPrinting.objects.filter(edition__document__case_id=case_id).values_list("edition_id").distinct()
    )


def _gaps(*, case_id: UUID) -> QuerySet[PlanContent, Any]:
    """How much was missing in each edition that was signed with something missing."""
    return PlanContent.objects.filter(edition__document__case_id=case_id, gaps__gt=0).values_list(
        "edition_id", "gaps"
    )


def _open_reports(*, case_id: UUID) -> QuerySet[ActivityReport, Any]:
    """How many activities of an open follow-up are reported on, of how many."""
    reports = ActivityReport.objects.filter(
        edition__document__case_id=case_id, edition__status=VersionStatus.OPEN
    )
    counted = (
        reports.order_by()
        .values("edition_id")
        .annotate(reported=Count("pk", filter=~Q(status="")), total=Count("pk"))
    )
    return counted.values_list("edition_id", "reported", "total")


ROWS = {
    "meetings": Prepared(_meetings, case_id=UUID),
    "follow_up_days": Prepared(_follow_up_days, case_id=UUID),
    "printings": Prepared(_printings, case_id=UUID),
    "reports": Prepared(_open_reports, case_id=UUID),
    "gaps": Prepared(_gaps, case_id=UUID),
}
