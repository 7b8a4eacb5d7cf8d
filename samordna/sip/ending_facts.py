"""What a follow-up, an evaluation or a SBAR says, as frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samordna.sip.plan_facts import ParticipantFacts, Written
from samordna.sip.states import ReportStatus


@dataclass(frozen=True)
class ReportFacts:
    """How one activity goes. No status: nothing is reported yet."""

    activity_lineage: UUID
    goal_text: str
    activity_text: str
    responsible_name: str
    done_on: date | None
    status: ReportStatus | None
    note: str
    written: Written
    done_before: bool = False

    @property
    def closed(self) -> bool:
        """Only *Klar* closes an activity for further follow-up (V-60)."""
        return self.status == ReportStatus.DONE


@dataclass(frozen=True)
class EarlierReportFacts:
    """What was reported on an activity before somebody reported anew or corrected it."""

    activity_lineage: UUID
    status: ReportStatus
    note: str
    at: datetime
    by: str
    unit: str


@dataclass(frozen=True)
class EvaluationFacts:
    """Without a day (`met_on`) the plan is ended without a meeting (V-82)."""

    edition_id: UUID
    met_on: date | None
    text: str
    written: Written
    participants: tuple[ParticipantFacts, ...]


@dataclass(frozen=True)
class SbarFacts:
    edition_id: UUID
    situation: str
    background: str
    assessment: str
    recommendation: str
    written: Written

    @property
    def texts(self) -> dict[str, str]:
        return {
            "situation": self.situation,
            "background": self.background,
            "assessment": self.assessment,
            "recommendation": self.recommendation,
        }
