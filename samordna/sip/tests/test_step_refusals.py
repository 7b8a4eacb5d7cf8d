"""Whether somebody may take the step that her unit is told of: by the rule of each step, on facts written by hand."""

import pytest

from samordna.cases.states import CaseStatus
from samordna.cases.tests.facts import NOON
from samordna.cases.worklist import NextStep
from samordna.documents.states import VersionStatus as V
from samordna.kernel.module import Right
from samordna.messaging.states import MessageStatus
from samordna.sip.facts import Progress
from samordna.sip.next_step import step_refusal
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests.facts import (
    CALLED,
    DAVID,
    EVA,
    INITIATIVE,
    actor,
    document,
    facts,
    message,
    said,
    whole_case,
)
from samordna.sip.tests.test_rules_of_documents import (
    DAVIDS,
    EVALUATED,
    EVALUATION_SIGNED,
    FOLLOWED,
    LOCKED,
    OPEN,
    REPORTED,
    SBAR_OPEN,
    SENT,
    SIGNED,
    STRANGER,
    TO_EVALUATE,
)

ENDED = {"of": whole_case(status=CaseStatus.ENDED)}
ANSWERS, INITIATES = actor(DAVID, rights=[Right.ANSWER]), actor(DAVID, rights=[Right.INITIATE])
NO_ANSWER, NO_INITIATE = "rights.may_not_answer", "rights.may_not_initiate"
OVER, OUTSIDE, NOT_HER = "case.not_active", "rights.not_participant", "rights.not_coordinator"
GONE = message(Part.SUMMONS, status=MessageStatus.VOIDED)
GAPS = {"gaps": {SIGNED.versions[0].id: 1}}
SOME = {"follow_up_progress": Progress(1, 2)}


@pytest.mark.parametrize(
    ("code", "part", "held", "changes", "who", "refused"),
    [
        *((f"answer_{part.lower()}", part, (), {}, INITIATES, NO_ANSWER) for part in SIP.messages),
        ("answer_initiative", Part.INITIATIVE, (), {}, ANSWERS, None),
        ("tell_external", Part.SUMMONS, CALLED, {}, ANSWERS, None),
        ("tell_external", Part.SUMMONS, CALLED, ENDED, ANSWERS, OVER),
        *(
            (code, Part.INITIATIVE, SENT, {}, who, refused)
            for code in ("handle_denial", "handle_closed", "call_too", "find_recipient")
            for who, refused in ((actor(DAVID), None), (ANSWERS, NO_INITIATE))
        ),
        ("call_too", Part.SUMMONS, SENT, {}, actor(), "message.not_sent"),
        *(
            (code, Part.SUMMONS, SENT, {}, who, refused)
            for code in ("finish_draft", "send_summons", "summons_anew")
            for who, refused in ((actor(DAVID), None), (ANSWERS, NO_INITIATE))
        ),
        ("send_initiative", Part.INITIATIVE, (), {}, ANSWERS, NO_INITIATE),
        ("initiative_anew", Part.INITIATIVE, (), {}, ANSWERS, NO_INITIATE),
        ("send_initiative", Part.INITIATIVE, (), {}, actor(), None),
        ("finish_draft", Part.INFORMATION, SENT, {}, ANSWERS, None),
        ("write_plan", Part.PLAN, CALLED, {}, actor(DAVID), None),
        ("write_plan", Part.PLAN, SENT, {}, actor(DAVID), "process.summons_sent"),
        # Who has not begun it takes it over, where she may.
        ("sign_plan", Part.PLAN, (*CALLED, DAVIDS), {}, actor(DAVID), None),
        ("sign_plan", Part.PLAN, (*CALLED, DAVIDS), {}, actor(EVA, unit_id=8), None),
        ("sign_plan", Part.PLAN, (*CALLED, DAVIDS), {}, actor(), "document.not_yours"),
        ("sign_evaluation", Part.EVALUATION, (LOCKED, EVALUATED), {}, actor(), None),
        ("sign_evaluation", Part.EVALUATION, (LOCKED, EVALUATED), {}, actor(DAVID), "document.not_yours"),
        ("complete_plan", Part.PLAN, (*CALLED, SIGNED), {}, actor(DAVID), None),
        ("complete_plan", Part.PLAN, (*CALLED, LOCKED), {}, actor(DAVID), "document.locked"),
        ("lock_plan", Part.PLAN, (*CALLED, SIGNED), {}, actor(), None),
        ("lock_plan", Part.PLAN, (*CALLED, SIGNED), {}, actor(DAVID), NOT_HER),
        ("lock_plan", Part.PLAN, (*CALLED, SIGNED), GAPS, actor(), "process.plan_complete"),
        ("print_plan", Part.PLAN, (*CALLED, LOCKED), {}, actor(), None),
        ("print_plan", Part.PLAN, (*CALLED, LOCKED), {}, STRANGER, OUTSIDE),
        ("print_plan", Part.PLAN, (*CALLED, SIGNED), {}, actor(), "plan.not_locked"),
        # The first follow-up is activated, what was locked is opened again.
        ("follow_up", Part.FOLLOW_UP, (LOCKED,), {}, actor(DAVID), None),
        ("follow_up", Part.FOLLOW_UP, (LOCKED, REPORTED), {}, actor(DAVID), NOT_HER),
        ("follow_up", Part.FOLLOW_UP, (LOCKED, REPORTED), {}, actor(), None),
        ("report_follow_up", Part.FOLLOW_UP, (LOCKED, FOLLOWED), {}, ANSWERS, None),
        ("report_follow_up", Part.FOLLOW_UP, (LOCKED, FOLLOWED), {}, STRANGER, OUTSIDE),
        ("lock_follow_up", Part.FOLLOW_UP, (LOCKED, FOLLOWED), SOME, actor(), None),
        ("lock_follow_up", Part.FOLLOW_UP, (LOCKED, FOLLOWED), {}, actor(), "follow_up.empty"),
        *(
            (code, Part.FOLLOW_UP, (LOCKED,), {}, who, refused)
            for code in ("set_follow_up", "decide_next")
            for who, refused in ((actor(), None), (actor(DAVID), NOT_HER))
        ),
        ("write_evaluation", Part.EVALUATION, (LOCKED, TO_EVALUATE), {}, actor(DAVID), None),
        (
            "write_evaluation",
            Part.EVALUATION,
            (LOCKED, TO_EVALUATE, EVALUATED),
            {},
            actor(),
            "evaluation.begun",
        ),
        ("lock_evaluation", Part.EVALUATION, (LOCKED, EVALUATION_SIGNED), {}, actor(), None),
        ("lock_evaluation", Part.EVALUATION, (LOCKED, EVALUATION_SIGNED), {}, actor(DAVID), NOT_HER),
        ("sign_sbar", Part.SBAR, (*SENT, SBAR_OPEN), {}, actor(DAVID), None),
        ("sign_sbar", Part.SBAR, (*SENT, SBAR_OPEN), {}, actor(), "sbar.being_written"),
        ("renew_consent", "", (), {}, ANSWERS, None),
        ("renew_consent", "", (), ENDED, actor(), OVER),
        # What is no step of the unit's own is refused to nobody.
        ("await_summons", Part.SUMMONS, (), ENDED, STRANGER, None),
        ("nothing_now", "", (), ENDED, STRANGER, None),
    ],
)
def test_a_step_is_refused_by_the_rule_of_its_act(code, part, held, changes, who, refused):
    assert said(step_refusal(facts(*held, **changes), who, NextStep(code, part), NOON)) == refused


def test_a_draft_that_may_not_be_sent_now_is_refused_with_what_lacks():
    refusal = step_refusal(facts(GONE, OPEN), actor(), NextStep("summons_anew", Part.SUMMONS), NOON)
    assert said(refusal) == "process.initiative_accepted"
    late = facts(INITIATIVE, document(Part.PLAN, V.LOCKED), EVALUATED)
    assert (
        said(step_refusal(late, actor(), NextStep("send_summons", Part.SUMMONS), NOON))
        == "process.not_evaluated"
    )
