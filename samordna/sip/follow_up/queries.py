"""What is reported in a follow-up."""

from uuid import UUID

from samordna.casework.documents.queries import written_of
from samordna.sip.follow_up.facts import EarlierReportFacts, ReportFacts
from samordna.sip.follow_up.models import ActivityReport, EarlierReport
from samordna.sip.follow_up.states import ReportStatus


def reports_of(edition_id: UUID) -> tuple[ReportFacts, ...]:
    """Every activity of one edition of a follow-up, in the plan's order. One statement."""
    rows = ActivityReport.objects.filter(edition_id=edition_id).order_by("position", "id")
    return tuple(_report(row) for row in rows)


def _report(row: ActivityReport) -> ReportFacts:
    return ReportFacts(
        activity_lineage=row.activity_lineage,
        goal_text=row.goal_text,
        activity_text=row.activity_text,
        responsible_name=row.responsible_name,
        done_on=row.done_on,
        status=ReportStatus(row.status) if row.status else None,
        note=row.note,
        written=written_of(row),
        done_before=row.done_before,
    )


def earlier_reports_of(edition_id: UUID) -> tuple[EarlierReportFacts, ...]:
    """What was reported in an edition and then reported anew or corrected, oldest first."""
    rows = EarlierReport.objects.filter(edition_id=edition_id).order_by("id")
    return tuple(
        EarlierReportFacts(
            row.activity_lineage,
            ReportStatus(row.status),
            row.note,
            row.said_at,
            row.said_by_name,
            row.said_unit_name,
        )
        for row in rows
    )
