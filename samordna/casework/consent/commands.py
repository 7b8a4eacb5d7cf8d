"""The day a child comes of age: its guardians' consent ends, and the coordinator is to ask anew (L-03)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases.consent import lapse_consents, outgrown_cases
from samordna.casework.file.commands.act import store_steps
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.queries import for_rebuild, reread
from samordna.casework.process import Process
from samordna.kernel import clock
from samordna.kernel.actor import Actor


def lapse_outgrown_consents(*, process: Process[Any], at: datetime) -> int:
    """For every ongoing case where it has come to that. Called by the worker; gives how many cases."""
    return sum(_lapse(process, case_id, at) for case_id in dict.fromkeys(outgrown_cases(process.module, at)))


@transaction.atomic
def _lapse(process: Process[Any], case_id: UUID, at: datetime) -> int:
    facts = for_rebuild(process, case_id, lock=True)
    # Other cases may have taken long, and this one may have been ended, corrected or withdrawn from meanwhile.
    at = facts.case.moment_of_act(max(at, clock.now()))
    if not note_lapsed(facts, actor=None, at=at):
        return 0
    store_steps(reread(facts))
    return 1


def note_lapsed(facts: CaseWork, *, actor: Actor | None, at: datetime) -> bool:
    """Note which consents do not stand at the age that the number tells now. The case is held; says whether any.

    Asked by the worker, and by each act that may have changed whose number the case is about (L-12).
    """
    ended = [consent for consent in facts.consents if consent.to_lapse(clock.today(at))]
    if not ended or not facts.case.active:
        return False
    lapse_consents(consents=ended, at=at)
    audit.record(
        actor=actor,
        at=at,
        action=Action.CONSENT_LAPSED,
        person_ids=[facts.case.person_id],
        case_id=facts.case.id,
    )
    return True
