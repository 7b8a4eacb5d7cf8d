"""What is told when the person already has a case (V-23)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samordna.cases.facts import CaseFacts
from samordna.cases.queries import ExistingCase, open_case
from samordna.cases.seeing import person_seen_by
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible


@dataclass(frozen=True)
class ExistingCaseShown:
    """`own_case_id` when the asker's unit is in the case; else whom to call; for a protected person neither."""

    own_case_id: UUID | None
    unit_name: str
    phone: str


def existing_case(process: Process[Any], actor: Actor, existing: ExistingCase) -> ExistingCaseShown:
    """Only existence and the creating unit, and for a protected person not even the unit."""
    if _own(process, actor, existing) is not None:
        return ExistingCaseShown(existing.case_id, existing.created_unit_name, existing.created_unit_phone)
    if existing.protected:
        return ExistingCaseShown(None, "", "")
    return ExistingCaseShown(None, existing.created_unit_name, existing.created_unit_phone)


def _own(process: Process[Any], actor: Actor, existing: ExistingCase) -> CaseFacts | None:
    try:
        case = open_case(actor, existing.case_id, process.module)
    except NotVisible:
        return None
    # To a unit that has left or was only informed it would tell who its case is about now.
    return case if person_seen_by(case, actor.unit_id).now else None
