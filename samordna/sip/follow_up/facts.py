"""What a follow-up says, as frozen values. `lineage` is that of the activity, the same in plan and follow-up."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samordna.casework.documents.facts import Written
from samordna.sip.follow_up.states import ReportStatus


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
