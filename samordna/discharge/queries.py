"""The doors of casework, to a discharge."""

from datetime import datetime
from uuid import UUID

from samordna.casework.file import queries
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.process import DISCHARGE
from samordna.kernel.actor import Actor


def hold_discharge(actor: Actor, case_id: UUID, at: datetime) -> tuple[DischargeFacts, datetime]:
    """As `hold`."""
    return queries.hold(DISCHARGE, actor, case_id, at)


def discharge_for_rebuild(case_id: UUID) -> DischargeFacts:
    """As `for_rebuild`."""
    return queries.for_rebuild(DISCHARGE, case_id)
