"""Reading what a follow-up, an evaluation or a SBAR says. Who may see the case is settled before, at its door."""

from uuid import UUID

from samordna.kernel.refusal import NotVisible
from samordna.sip.ending_facts import EarlierReportFacts, EvaluationFacts, ReportFacts, SbarFacts
from samordna.sip.models import ActivityReport, EarlierReport, EvaluationContent, SbarContent
from samordna.sip.models.plan import Written as WrittenRow
from samordna.sip.plan_facts import Written
from samordna.sip.queries.plan import participants_of
from samordna.sip.states import ReportStatus


def reports_of(edition_id: UUID) -> tuple[ReportFacts, ...]:
    """Every activity of one edition of a follow-up, in the plan's order. One statement."""
    rows = ActivityReport.objects.filter(edition_id=edition_id).order_by("position", "id")
    return tuple(_report(row) for row in rows)


def evaluation_of(edition_id: UUID) -> EvaluationFacts:
    """What the edition of an evaluation says. NotVisible when it is no evaluation's."""
    row = EvaluationContent.objects.filter(edition_id=edition_id).first()
    if row is None:
        raise NotVisible
    return EvaluationFacts(edition_id, row.met_on, row.text, _written(row), participants_of(edition_id))


def sbar_of(edition_id: UUID) -> SbarFacts:
    """What the edition of a SBAR says. NotVisible when it is no SBAR's."""
    row = SbarContent.objects.filter(edition_id=edition_id).first()
    if row is None:
        raise NotVisible
    return SbarFacts(
        edition_id, row.situation, row.background, row.assessment, row.recommendation, _written(row)
    )


def _report(row: ActivityReport) -> ReportFacts:
    return ReportFacts(
        activity_lineage=row.activity_lineage,
        goal_text=row.goal_text,
        activity_text=row.activity_text,
        responsible_name=row.responsible_name,
        done_on=row.done_on,
        status=ReportStatus(row.status) if row.status else None,
        note=row.note,
        written=_written(row),
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


def _written(row: WrittenRow) -> Written:
    return Written(
        version=row.version,
        at=row.written_at,
        by_id=row.written_by_id,
        by=row.written_by_name,
        unit=row.written_unit_name,
    )
