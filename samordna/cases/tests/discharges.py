"""A case of the other module, brought as far as a test needs by the commands that its room will use."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.assignments.models import Assignment
from samordna.cases.commands import create_case
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.sip.tests import factories as f


def new_discharge(by: Assignment, *, person_id: UUID | None = None, at: datetime | None = None) -> UUID:
    """A discharge case of the person, made at this user's unit."""
    made_at = at or clock.now()
    creator = f.actor(by)
    person_id = person_id or f.new_person(creator, at=made_at)
    with transaction.atomic():
        return create_case(actor=creator, person_id=person_id, module=Module.SPU, at=made_at)
