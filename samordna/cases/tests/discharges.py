"""A case of the other module, brought as far as a test needs by the commands that its room will use."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.assignments.models import Assignment
from samordna.cases import commands as cases
from samordna.cases import worklist
from samordna.cases.queries import case_for_rebuild
from samordna.cases.states import Access, Bucket, StepStatus
from samordna.cases.worklist import NextStep, Row, Symbol
from samordna.documents.commands import begin_document
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.messaging.commands import Recipient, begin_draft, send_draft
from samordna.sip.tests import factories as f


@dataclass(frozen=True)
class Discharge:
    """A case with a message that was sent to the units and a document that one of them has begun."""

    case_id: UUID
    message_id: UUID
    document_id: UUID
    version_id: UUID


def new_discharge(by: Assignment, *, person_id: UUID | None = None, at: datetime | None = None) -> UUID:
    """A discharge case of the person, made at this user's unit."""
    made_at = at or clock.now()
    creator = f.actor(by)
    person_id = person_id or f.new_person(creator, at=made_at)
    with transaction.atomic():
        return cases.create_case(actor=creator, person_id=person_id, module=Module.SPU, at=made_at)


@transaction.atomic
def discharge_at(ward: Assignment, *others: Assignment, person_id: UUID | None = None) -> Discharge:
    """The ward has told the others' units, which take part in all of it, and each has its row in the lists.

    The others handle it at their units; the first of them has begun a document.
    """
    at, actor = clock.now(), f.actor(ward)
    case_id = new_discharge(ward, person_id=person_id, at=at)
    units = {one.unit_id: one.unit.name for one in others}
    case = case_for_rebuild(case_id, Module.SPU)
    cases.admit_units(case=case, units=units, access=Access.FULL, at=at)
    for one in others:
        cases.name_handler(
            case_id=case_id, unit_id=one.unit_id, assignment_id=one.pk, name=one.user.name, at=at
        )
    message_id = begin_draft(case_id=case_id, round_number=1, kind="ADMISSION", actor=actor, at=at)
    told = [Recipient(unit_id, name, False, True, at, "LAW") for unit_id, name in units.items()]
    send_draft(message_id=message_id, recipients=told, actor=actor, at=at)
    document_id, version_id = begin_document(
        case_id=case_id, round_number=1, kind="BASIS", actor=f.actor(others[0]), at=at
    )
    store_rows(case_id, at)
    return Discharge(case_id, message_id, document_id, version_id)


def store_rows(case_id: UUID, at: datetime) -> None:
    """A row that is to be done at every unit."""
    case = case_for_rebuild(case_id, Module.SPU)
    to_do = Symbol(StepStatus.TODO)
    rows = [
        Row(one.unit_id, Bucket.TODO, False, None, at, NextStep("X"), {"ADMISSION": to_do}, last_change=at)
        for one in case.participations
    ]
    worklist.store_rows(case=case, rows=rows)
