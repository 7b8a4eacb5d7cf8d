"""Whether a user may take the step that the unit is told of."""

from datetime import datetime

from samordna.cases.worklist import NextStep
from samordna.casework.file.rules import participant_refusal
from samordna.casework.messages.rules.next_step import message_rules
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.messages import MESSAGES
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal

_RULES = message_rules(MESSAGES, ("send_admission", "admission_anew", "send_ready", "ready_anew"))


def step_refusal(facts: DischargeFacts, actor: Actor, step: NextStep, _at: datetime) -> Refusal | None:
    """Why this user cannot take the step now; None when she can, and for what is no step of the unit's own."""
    if step.code == "renew_consent":
        return participant_refusal(facts.case, actor)
    rule = _RULES.get(step.code)
    return rule(facts, actor, step.part) if rule is not None else None
