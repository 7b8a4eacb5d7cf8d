"""The day a child comes of age: its guardians' consent ends, and the coordinator is to ask anew (L-03)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases.consent import lapse_consents, outgrown_cases
from samordna.kernel import clock
from samordna.sip.commands.act import store_steps
from samordna.sip.queries import reread, sip_for_rebuild


def lapse_outgrown_consents(*, at: datetime) -> int:
    """For every ongoing case where it has come to that. Called by the worker; gives how many cases."""
    return sum(_lapse(case_id, at) for case_id in dict.fromkeys(outgrown_cases(at)))


@transaction.atomic
def _lapse(case_id: UUID, at: datetime) -> int:
    facts = sip_for_rebuild(case_id, lock=True)
    # Other cases may have taken long, and this one may have been ended, corrected or withdrawn from meanwhile.
    at = facts.case.moment_of_act(max(at, clock.now()))
    outgrown = [consent for consent in facts.consents if consent.to_lapse(clock.today(at))]
    if not outgrown or not facts.case.active:
        return 0
    lapse_consents(consents=outgrown, at=at)
    store_steps(reread(facts))
    audit.record(
        actor=None,
        at=at,
        action=Action.CONSENT_LAPSED,
        person_ids=[facts.case.person_id],
        case_id=case_id,
    )
    return 1
