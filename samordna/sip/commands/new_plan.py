"""*Ny plan*: the next round of summons, plan and follow-up (V-70)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import demand
from samordna.sip.commands.act import finish
from samordna.sip.facts import SipFacts
from samordna.sip.models import FollowUpSchedule
from samordna.sip.queries import hold_sip
from samordna.sip.rules.ending import new_plan_refusal


@transaction.atomic
def start_new_plan(*, actor: Actor, case_id: UUID, at: datetime) -> SipFacts:
    """Begin the next round. The locked plan stays the valid one until the new one is locked.

    A follow-up that was due is not asked for any more: there is none until the new plan is locked.
    """
    facts, at = hold_sip(actor, case_id, at)
    demand(new_plan_refusal(facts, actor))
    number = facts.round_number + 1
    cases.start_round(case_id=case_id, number=number, actor=actor, at=at)
    FollowUpSchedule.objects.filter(case_id=case_id, met_at__isnull=True).update(met_at=at)
    return finish(
        facts, actor=actor, at=at, action=Action.ROUND_STARTED, object_kind="round", object_id=str(number)
    )
