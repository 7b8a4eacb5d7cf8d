"""What an evaluation says, as frozen values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samordna.casework.documents.facts import Written
from samordna.sip.plan.facts import ParticipantFacts


@dataclass(frozen=True)
class EvaluationFacts:
    """Without a day (`met_on`) the plan is ended without a meeting (V-82)."""

    edition_id: UUID
    met_on: date | None
    text: str
    written: Written
    participants: tuple[ParticipantFacts, ...]
