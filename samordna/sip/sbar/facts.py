"""What a SBAR says, as frozen values."""

from dataclasses import dataclass
from uuid import UUID

from samordna.casework.documents.facts import Written


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
