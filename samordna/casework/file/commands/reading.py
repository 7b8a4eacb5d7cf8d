"""Reading a case is an act too: no page without its row in the log (L-05)."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.cases.facts import CaseFacts
from samordna.cases.seeing import person_seen_by
from samordna.casework.file.facts import CaseWork, shows
from samordna.casework.file.queries import OpenedCase, open_page
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible

W = TypeVar("W", bound=CaseWork)


@transaction.atomic
def read_envelopes(*, process: Process[Any], actor: Actor, at: datetime) -> tuple[doors.Envelope, ...]:
    """The cases whose coordinator has left, each logged once per session and day though nothing of it is shown."""
    envelopes = doors.envelopes_without_coordinator(actor, process.module, at)
    audit.record_reading_once(
        actor=actor,
        at=at,
        action=Action.CASE_ENVELOPE_SHOWN,
        person_ids=[envelope.person_id for envelope in envelopes],
    )
    return envelopes


@transaction.atomic
def read_case(
    *, process: Process[W], actor: Actor, case_id: UUID, part: str, at: datetime
) -> tuple[OpenedCase[W], datetime | None]:
    """The case as the actor's unit may see it, with the reading logged; and when the user had read the part before.

    `NotVisible` as in `open_work`, and for a place of the case where the unit has nothing to read.
    """
    opened = open_page(process, actor, case_id, part=part, at=at)
    if not shows(opened.facts, actor.unit_id, part):
        raise NotVisible
    before = None
    if part in process.marks_news:
        before = cases.mark_read(
            case_id=case_id, user_id=actor.user_id, part=part, last=opened.reading, at=at
        )
    audit.record(
        actor=actor,
        at=at,
        action=Action.CASE_SHOWN,
        person_ids=[_read_about(opened.facts.case, actor.unit_id)],
        case_id=case_id,
        object_kind="part",
        object_id=part,
    )
    return opened, before


def _read_about(case: CaseFacts, unit_id: int) -> UUID:
    """Whose record the unit reads: what it holds of the case is about the person it was told of."""
    period = case.period_of(unit_id)
    if person_seen_by(case, unit_id).now or period is None or period.known is None:
        return case.person_id
    return period.known.person_id
