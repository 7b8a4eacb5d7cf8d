"""Whether a user may take the step that the unit is told of: the same rules as the commands ask, by the step's code."""

from datetime import datetime

from samordna.cases.worklist import NextStep
from samordna.casework.documents.rules import editions as documents
from samordna.casework.file.rules import participant_refusal
from samordna.casework.messages.rules.next_step import Rule, message_rules
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.sip.evaluation import rules as evaluation
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up import rules as follow_up
from samordna.sip.messages import MESSAGES
from samordna.sip.plan import rules as plan
from samordna.sip.sbar import rules as sbar
from samordna.sip.states import Part


def step_refusal(facts: SipFacts, actor: Actor, step: NextStep, at: datetime) -> Refusal | None:
    """Why this user cannot take the step now; None when she can, and for what is no step of the unit's own."""
    if step.code in {"set_follow_up", "decide_next"}:
        return follow_up.schedule_refusal(facts, actor, None, clock.today(at))
    if step.code == "renew_consent":
        return participant_refusal(facts.case, actor)
    rule = _RULES.get(step.code)
    return rule(facts, actor, step.part) if rule is not None else None


def _either(*refusals: Refusal | None) -> Refusal | None:
    """None when one of the ways is open, else why the first is not."""
    return None if None in refusals else refusals[0]


def _report(facts: SipFacts, actor: Actor, _part: str) -> Refusal | None:
    return participant_refusal(facts.case, actor)


def _write(facts: SipFacts, actor: Actor, part: str) -> Refusal | None:
    return _either(
        documents.write_refusal(facts, actor, part), documents.take_over_refusal(facts, actor, part)
    )


def _lock_plan(facts: SipFacts, actor: Actor, _part: str) -> Refusal | None:
    return plan.lock_refusal(facts, actor, facts.plan_gaps * (plan.Gap("", ""),))


def _print(facts: SipFacts, actor: Actor, _part: str) -> Refusal | None:
    return plan.print_refusal(facts, actor, facts.holding_version)


def _follow_up(facts: SipFacts, actor: Actor, _part: str) -> Refusal | None:
    """The first one is activated, what was locked is opened again."""
    if facts.standing(Part.FOLLOW_UP) is None:
        return follow_up.activate_refusal(facts, actor)
    return follow_up.open_follow_up_refusal(facts, actor)


_RULES: dict[str, Rule] = {
    **message_rules(MESSAGES, ("send_initiative", "send_summons", "initiative_anew", "summons_anew")),
    "write_plan": lambda facts, actor, _part: plan.begin_plan_refusal(facts, actor),
    "sign_plan": _write,
    "complete_plan": documents.edit_refusal,
    "lock_plan": _lock_plan,
    "print_plan": _print,
    "follow_up": _follow_up,
    "report_follow_up": _report,
    "lock_follow_up": lambda facts, actor, _part: follow_up.lock_follow_up_refusal(facts, actor),
    "write_evaluation": lambda facts, actor, _part: evaluation.begin_evaluation_refusal(facts, actor),
    "sign_evaluation": _write,
    "lock_evaluation": lambda facts, actor, _part: evaluation.lock_evaluation_refusal(facts, actor),
    "sign_sbar": lambda facts, actor, _part: sbar.write_sbar_refusal(facts, actor),
}
