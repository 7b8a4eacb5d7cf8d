"""Reading a case is an act too: no page without its row in the log (L-05)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible
from samordna.sip.facts import shows
from samordna.sip.queries import OpenedSip, open_page


@transaction.atomic
def read_sip(*, actor: Actor, case_id: UUID, part: str, at: datetime) -> tuple[OpenedSip, datetime | None]:
    """The SIP as the actor's unit may see it, with the reading logged; and when the user had read it before.

    `NotVisible` as in `open_sip`, and for a place of the case where the unit has nothing to read.
    """
    opened = open_page(actor, case_id, at=at)
    if not shows(opened.facts, actor.unit_id, part):
        raise NotVisible
    before = cases.mark_read(case_id=case_id, user_id=actor.user_id, last=opened.reading, at=at)
    audit.record(
        actor=actor,
        at=at,
        action=Action.CASE_SHOWN,
        person_ids=[opened.facts.case.person_id],
        case_id=case_id,
        object_kind="part",
        object_id=part,
    )
    return opened, before
