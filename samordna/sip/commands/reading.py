"""Reading a case is an act too: no page without its row in the log (L-05)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible
from samordna.sip.facts import SipFacts, shows
from samordna.sip.queries import open_sip


@transaction.atomic
def read_envelopes(*, actor: Actor, at: datetime) -> tuple[doors.Envelope, ...]:
    """The cases whose coordinator has left, each logged once per session and day though nothing of it is shown."""
    envelopes = doors.envelopes_without_coordinator(actor, at)
    audit.record_reading_once(
        actor=actor,
        at=at,
        action=Action.CASE_ENVELOPE_SHOWN,
        person_ids=[envelope.person_id for envelope in envelopes],
    )
    return envelopes


@transaction.atomic
def read_sip(*, actor: Actor, case_id: UUID, part: str, at: datetime) -> SipFacts:
    """The SIP as the actor's unit may see it, with the reading logged.

    `NotVisible` as in `open_sip`, and for a place of the case where the unit has nothing to read.
    """
    facts = open_sip(actor, case_id)
    if not shows(facts, actor.unit_id, part):
        raise NotVisible
    cases.mark_read(case_id=case_id, user_id=actor.user_id, at=at)
    audit.record(
        actor=actor,
        at=at,
        action=Action.CASE_SHOWN,
        person_ids=[facts.case.person_id],
        case_id=case_id,
        object_kind="part",
        object_id=part,
    )
    return facts
