"""What a unit's worklist says of a case: which step is next, until when, in which list; tables of facts by hand."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from samordna.cases.facts import KnownPerson
from samordna.cases.states import Access, Bucket, CaseStatus, LeftReason, StepStatus
from samordna.cases.tests.facts import ELSEWHERE, HERE, HOUR, NOON, PERSON, THERE, case, period, turn
from samordna.cases.worklist import NextStep, Symbol
from samordna.casework.file.steps import rows as steps
from samordna.casework.file.steps.view import PartView
from samordna.documents.states import VersionStatus as V
from samordna.messaging.states import MessageStatus
from samordna.sip.states import Part
from samordna.sip.tests.facts import (
    ANNA,
    EVA,
    NAMES,
    UNITS,
    accepted,
    acknowledged,
    at_hour,
    delivery,
    denied,
    document,
    ended,
    facts,
    informed,
    message,
    met,
    outside,
    version,
    voided,
    whole_case,
)
from samordna.sip.tests.test_rules_of_a_case import consent
from samordna.sip.tests.test_rules_of_documents import (
    CALLED,
    CALLED_ANEW,
    EVALUATED,
    EVALUATION_LOCKED,
    FOLLOWED,
    LOCKED,
    NEW,
    OPEN,
    REPLACED,
    REPORTED,
    SBAR_OPEN,
    SBAR_SIGNED,
    SECOND,
    SENT,
    SIGNED,
    UNLOCKED,
    VOID,
)
from samordna.sip.tests.test_steps import GROWN, JOIN, OTHER_STEP, PLAN_START

AT = NOON + HOUR
DAY = timedelta(days=1)
DRAFT, VOIDED, TAKEN_BACK = MessageStatus.DRAFT, MessageStatus.VOIDED, MessageStatus.TAKEN_BACK
OVER = {"status": CaseStatus.ENDED, "end_reason": "MOVED", "ended_at": NOON + 9 * DAY}
KNOWN = KnownPerson(PERSON, "Karl Ek", "1")
INVITED, INFORMED = Access.INVITED, Access.INFORMED


def row_of(found, unit_id=HERE, at=AT):
    return next((row for row in steps.rows(found, at) if row.unit_id == unit_id), None)


# --- Which step is next ---------------------------------------------------------------------------------------------


def view(status="TODO", name="", *, due=None, acts=None, task=None, holds=True):
    """A part that ends so many hours after noon, and begins to be a task then; a TODO is a task."""
    moment = None if due is None else at_hour(due)
    begins = None if acts is None else at_hour(acts)
    is_task = status == "TODO" if task is None else task
    return PartView(Symbol(StepStatus(status), begins, moment), NextStep(name), task=is_task, holds=holds)


@pytest.mark.parametrize(
    ("views", "chosen"),
    [
        ([], "nothing_now"),
        ([view("DONE", "a"), view("NOT_STARTED", "b")], "nothing_now"),
        ([view(name="a"), view(name="b")], "a"),
        ([view(name="a", due=2), view(name="b", due=1)], "b"),
        ([view(name="a"), view(name="b", due=1)], "b"),
        # Now before what is to come, and what comes first before what comes later.
        ([view(name="a", acts=2, due=1), view(name="b", due=9)], "b"),
        ([view(name="a", acts=3, due=4), view(name="b", acts=2, due=9)], "b"),
        ([view(name="a", acts=1, due=9), view(name="b", due=10)], "a"),
        ([view(name="a", acts=0, due=9), view(name="b", acts=-5, due=8)], "b"),
        ([view(name="a", acts=0.5, due=9), view(name="b", acts=0.7, due=8)], "b"),
        # Red before a draft, what holds the process up before what does not, a denial first of all.
        ([view("DRAFT", "a", due=1, task=True), view(name="b", due=9)], "b"),
        ([view(name="a", due=1, holds=False), view(name="b", due=9)], "b"),
        ([view(name="a", due=1), view("DENIED", "b", due=9, task=True)], "b"),
        ([view("DENIED", "a", due=1, task=True, holds=False), view(name="b", due=9)], "b"),
        ([view("DRAFT", "a", due=1, task=True), view(name="b", due=9, holds=False)], "b"),
        ([view("WAITING", "a", due=1), view(name="b", due=9)], "b"),
        # What is waited for: first what holds the process up.
        ([view("WAITING", "a"), view("WAITING", "b")], "a"),
        ([view("WAITING", "a", holds=False), view("WAITING", "b")], "b"),
        ([view("DRAFT", "a"), view("WAITING", "b")], "b"),
        ([view("UNREAD", "a"), view("DRAFT", "b")], "b"),
        ([view("DONE", "a"), view("UNREAD", "b")], "b"),
        ([view("DRAFT", "a"), view("DRAFT", "b")], "a"),
    ],
)
def test_which_part_has_the_next_step(views, chosen):
    assert steps.next_view(dict(enumerate(views)), AT).next_step.code == chosen


def test_nothing_to_do_is_shown_as_not_started():
    assert steps.next_view({}, AT) == PartView(Symbol(StepStatus.NOT_STARTED), NextStep("nothing_now"))


# --- The row --------------------------------------------------------------------------------------------------------


def test_a_row_of_a_case_that_goes_on():
    found = facts(*SENT)
    row = row_of(found)
    assert (row.unit_id, row.bucket, row.has_draft) == (HERE, Bucket.TODO, False)
    assert (row.acts_from, row.due_at, row.renew_at) == (None, PLAN_START, None)
    assert row.next_step == NextStep("send_summons", Part.SUMMONS)
    assert row.symbols == {part: one.symbol for part, one in steps.part_views(found, HERE, AT).items()}
    assert row.last_change == NOON + HOUR
    other = row_of(found, THERE)
    assert (other.bucket, other.due_at) == (Bucket.WAITING, PLAN_START)
    assert other.next_step == NextStep("await_send_summons", Part.SUMMONS, who=NAMES[ANNA])


def test_the_rows_are_of_all_who_see_the_person_in_order():
    found = facts(
        of=case(
            period(THERE), period(HERE), period(ELSEWHERE, until=NOON, known=KNOWN), period(30, until=NOON)
        )
    )
    assert [row.unit_id for row in steps.rows(found, AT)] == [HERE, THERE, ELSEWHERE]


def test_a_draft_is_told_beside_what_is_next():
    found = facts(*SENT, message(Part.SUMMONS, status=DRAFT))
    row = row_of(found)
    assert (row.bucket, row.has_draft, row.next_step.code) == (Bucket.DRAFT, True, "finish_draft")
    with_news = facts(*SENT, message(Part.INFORMATION, status=DRAFT))
    row = row_of(with_news)
    assert (row.bucket, row.has_draft, row.next_step.code) == (Bucket.TODO, True, "send_summons")


CALLING = CALLED[1]
AHEAD = met(date(2026, 5, 15), time(13))
MEETS_AT = AHEAD.starts_at


@pytest.mark.parametrize(
    ("held", "at", "acts_from", "renew_at"),
    [
        # The meeting is the next step's own moment: the list tells when it has come.
        ((), AT, MEETS_AT, None),
        ((OPEN,), AT, None, MEETS_AT),
        ((OPEN,), MEETS_AT - timedelta(seconds=1), None, MEETS_AT),
        ((OPEN,), MEETS_AT, None, None),
        ((LOCKED,), AT, None, MEETS_AT),
    ],
)
def test_when_a_row_is_computed_anew(held, at, acts_from, renew_at):
    row = row_of(facts(*SENT, CALLING, *held, meetings=[(CALLING, AHEAD)]), at=at)
    assert (row.acts_from, row.renew_at) == (acts_from, renew_at)


def test_another_task_whose_time_comes_renews_the_row_too():
    found = facts(*CALLED, LOCKED, follow_up_due_on=date(2026, 6, 10))
    row = row_of(found)
    assert row.next_step.code == "print_plan"
    assert row.renew_at is not None
    assert row.renew_at == row.symbols[Part.FOLLOW_UP].acts_from
    printed = row_of(replace(found, plan_printed=True))
    assert printed.next_step.code == "follow_up"
    assert printed.acts_from is not None
    assert printed.renew_at is None


OUTSIDE_UNTOLD = message(Part.SUMMONS, acknowledged(), outside())
EVAS = document(Part.PLAN, version(V.OPEN, by=EVA))
# Printing is due after the follow-up, which is no task before its time.
LOCKED_LATE = document(Part.PLAN, version(V.LOCKED, locked_at=NOON + 40 * DAY))


@pytest.mark.parametrize(
    ("at", "own", "told"),
    [
        (AT, "tell_external", "await_telling"),
        (MEETS_AT - timedelta(seconds=1), "tell_external", "await_telling"),
        (MEETS_AT, "write_plan", "await_write_plan"),
    ],
)
def test_a_row_says_what_is_next_at_the_moment_that_it_is_asked_for(at, own, told):
    found = facts(*SENT, OUTSIDE_UNTOLD, meetings=[(OUTSIDE_UNTOLD, AHEAD)])
    assert row_of(found, at=at).next_step.code == own
    assert row_of(found, THERE, at).next_step.code == told


def test_a_task_to_come_waits_for_its_time_at_the_moment_that_is_asked_for():
    found = facts(*CALLED, LOCKED_LATE, follow_up_due_on=date(2026, 6, 10))
    assert row_of(found).next_step.code == "print_plan"
    assert row_of(found, THERE).next_step.code == "await_print_plan"
    then = NOON + 25 * DAY
    assert row_of(found, at=then).next_step.code == "follow_up"
    assert row_of(found, THERE, then).next_step.code == "await_begin_follow_up"


def test_of_several_moments_the_first_renews_the_row():
    evaluate = message(Part.EVALUATION_SUMMONS, acknowledged())
    found = facts(
        *CALLED,
        LOCKED,
        evaluate,
        follow_up_due_on=date(2026, 6, 10),
        meetings=[(evaluate, met(date(2026, 5, 20)))],
    )
    assert row_of(found, THERE).renew_at == met(date(2026, 5, 20)).starts_at


# --- What the others are told of the coordinator --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "changes", "unit", "step"),
    [
        (SENT, {}, THERE, NextStep("await_send_summons", Part.SUMMONS, who=NAMES[ANNA])),
        ((message(Part.INITIATIVE, accepted(), denied(ELSEWHERE)),), {}, THERE,
         NextStep("await_recipient", Part.INITIATIVE, who=NAMES[ANNA])),
        # What the coordinator alone is asked for is not told.
        ((*CALLED, LOCKED, EVALUATION_LOCKED, document(Part.SBAR, V.OPEN)), {"plan_printed": True}, THERE,
         NextStep("nothing_now")),
        # One that waits for what holds the process up is told for whom.
        ((*SENT, OUTSIDE_UNTOLD, EVAS), {}, THERE,
         NextStep("await_sign_plan", Part.PLAN, unit=UNITS[ELSEWHERE], who="Eva Ek")),
        ((*CALLED, SIGNED, SBAR_SIGNED), {}, THERE, NextStep("await_lock_plan", Part.PLAN, who=NAMES[ANNA])),
        ((*CALLED, LOCKED, REPORTED), {}, THERE, NextStep("await_print_plan", Part.PLAN, who=NAMES[ANNA])),
        ((*CALLED, LOCKED, FOLLOWED), {"plan_printed": True}, THERE,
         NextStep("await_lock_follow_up", Part.FOLLOW_UP, who=NAMES[ANNA])),
        ((*CALLED, LOCKED, EVALUATION_LOCKED), {"plan_printed": True}, THERE, NextStep("nothing_now")),
        # A unit that has something to do itself is told that.
        ((*SENT, message(Part.SUMMONS, delivery())), {}, THERE,
         NextStep("answer_summons", Part.SUMMONS, unit=UNITS[HERE], at=NOON.isoformat())),
        # One that waits for what holds nothing up is told what the coordinator does next.
        ((*CALLED, LOCKED, message(Part.INFORMATION, delivery(ELSEWHERE), unit_id=THERE)), {}, THERE,
         NextStep("await_print_plan", Part.PLAN, who=NAMES[ANNA])),
        # The coordinator herself waits for it.
        ((*CALLED, LOCKED, EVALUATED, message(Part.INFORMATION, delivery(ELSEWHERE))), {"plan_printed": True}, HERE,
         NextStep("sign_evaluation", Part.EVALUATION)),
    ],
)  # fmt: skip
def test_who_has_nothing_to_do_is_told_what_the_coordinator_does_next(held, changes, unit, step):
    assert row_of(facts(*held, **changes), unit).next_step == step


def test_what_the_coordinator_does_next_has_its_own_day_and_the_others_own_symbol():
    found = facts(*SENT)
    told = steps.next_of(found, THERE, steps.part_views(found, THERE, AT), AT)
    assert told.symbol == Symbol(StepStatus.NOT_STARTED, None, PLAN_START)
    assert not told.task
    waits = facts(*CALLED, LOCKED, message(Part.INFORMATION, delivery(ELSEWHERE), unit_id=THERE))
    told = steps.next_of(waits, THERE, steps.part_views(waits, THERE, AT), AT)
    assert told.symbol == Symbol(StepStatus.WAITING, None, OTHER_STEP)


def test_a_moment_of_the_coordinators_step_is_told_with_it():
    found = facts(*CALLED, meetings=[(CALLING, AHEAD)])
    assert row_of(found, THERE).next_step == NextStep(
        "await_write_plan", Part.PLAN, who=NAMES[ANNA], at=MEETS_AT.isoformat()
    )


def test_a_unit_outside_the_whole_case_is_told_nothing_of_the_process():
    asked = message(Part.INITIATIVE, accepted(ELSEWHERE), accepted())
    found = facts(asked, of=case(period(HERE), period(ELSEWHERE), period(THERE, INVITED)))
    assert row_of(found, THERE).next_step == NextStep("nothing_now")


def test_the_question_whether_it_is_the_same_person_comes_before_all_else_and_consent_after_it():
    found = facts(*SENT, join=JOIN, consents=(GROWN,))
    assert row_of(found).next_step.code == "decide_join"
    assert row_of(replace(found, join=None)).next_step.code == "renew_consent"
    assert row_of(replace(found, join=None)).bucket == Bucket.TODO
    assert row_of(found, THERE).next_step.code == "await_send_summons"


# --- What a unit outside the whole case sees -------------------------------------------------------------------------

LEFT_AT = NOON + 2 * HOUR + timedelta(minutes=30)
LEFT = period(THERE, until=LEFT_AT, why=LeftReason.REMOVED, known=KNOWN)
STAYED = case(period(HERE), LEFT)
GUEST = case(period(HERE), period(THERE, INVITED))
NEWSREADER = case(period(HERE), period(THERE, INFORMED, known=KNOWN))
ASKED = message(Part.INITIATIVE, delivery())


EVALUATE = message(Part.EVALUATION_SUMMONS, acknowledged(), round_number=2)


def statuses(found, unit_id=THERE, at=AT):
    views = steps.part_views(found, unit_id, at)
    assert all(one.next_step.part == part for part, one in views.items())
    return {part: one.status.value for part, one in views.items()}


@pytest.mark.parametrize(
    ("held", "of", "shown"),
    [
        ((ASKED, CALLING), GUEST, {"INITIATIVE": "TODO", "SUMMONS": "DONE"}),
        ((ASKED,), GUEST, {"INITIATIVE": "TODO"}),
        (
            (ASKED, message(Part.INFORMATION, informed())),
            NEWSREADER,
            {"INITIATIVE": "TODO", "INFORMATION": "UNREAD"},
        ),
        ((message(Part.INITIATIVE, accepted(ELSEWHERE)),), NEWSREADER, {}),
        # What was sent and signed until the unit left, each as it stood.
        ((SIGNED,), STAYED, {"PLAN": "DONE"}),
        ((LOCKED,), STAYED, {"PLAN": "LOCKED"}),
        ((voided(SIGNED),), STAYED, {"PLAN": "VOIDED"}),
        ((OPEN,), STAYED, {}),
        ((replace(SIGNED, kind=Part.SBAR),), STAYED, {"SBAR": "DONE"}),
        ((ASKED,), STAYED, {"INITIATIVE": "UNFINISHED"}),
        ((REPLACED,), case(period(HERE), LEFT, rounds=(turn(1), turn(2))), {"PLAN": "REPLACED"}),
        ((voided(SIGNED),), case(period(HERE), LEFT, rounds=(turn(1), turn(2))), {"PLAN": "VOIDED"}),
        (
            (voided(SIGNED), REPLACED),
            case(period(HERE), LEFT, rounds=(turn(1), turn(2), turn(3))),
            {"PLAN": "REPLACED"},
        ),
        ((CALLING,), case(period(HERE), LEFT, rounds=(turn(1), turn(2))), {"SUMMONS": "REPLACED"}),
        (
            (replace(CALLING, status=VOIDED),),
            case(period(HERE), LEFT, rounds=(turn(1), turn(2))),
            {"SUMMONS": "VOIDED"},
        ),
        (
            (replace(CALLING, status=VOIDED), replace(CALLING, id=CALLED_ANEW.id)),
            case(period(HERE), LEFT, rounds=(turn(1), turn(2))),
            {"SUMMONS": "REPLACED"},
        ),
        (
            (replace(CALLING, id=CALLED_ANEW.id), replace(CALLING, status=VOIDED), EVALUATE),
            case(period(HERE), LEFT, rounds=(turn(1), turn(2))),
            {"SUMMONS": "VOIDED", "EVALUATION_SUMMONS": "DONE"},
        ),
        (
            (
                REPLACED,
                replace(voided(SIGNED), round_number=2),
                document(Part.FOLLOW_UP, V.SIGNED, round_number=3),
            ),
            case(period(HERE), LEFT, rounds=(turn(1), turn(2), turn(3))),
            {"PLAN": "VOIDED", "FOLLOW_UP": "DONE"},
        ),
    ],
)
def test_a_unit_sees_of_the_parts_that_it_holds_something_of(held, of, shown):
    assert statuses(facts(*held, of=of)) == shown


# --- A case that is over --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "bucket", "step"),
    [
        (whole_case(**OVER), Bucket.ENDED, NextStep("case_ended", reason="MOVED")),
        (whole_case(**OVER | {"status": CaseStatus.VOIDED}), Bucket.VOIDED, NextStep("case_voided", reason="MOVED")),
        (case(period(HERE), period(THERE, unit_closed=True)), Bucket.ENDED, NextStep("left_closed")),
        (STAYED, Bucket.ENDED, NextStep("left_removed")),
        (case(period(HERE), replace(LEFT, left_reason=LeftReason.DENIED)), Bucket.ENDED, NextStep("left_removed")),
        (
            case(period(HERE), replace(LEFT, left_reason=LeftReason.DENIED, access=INVITED), period(ELSEWHERE)),
            Bucket.ENDED, NextStep("left_denied"),
        ),
        (case(period(HERE), replace(LEFT, access=INVITED)), Bucket.ENDED, NextStep("left_removed")),
        (
            case(
                period(HERE),
                replace(LEFT, until_at=NOON),
                replace(LEFT, left_reason=LeftReason.DENIED, access=INVITED),
            ),
            Bucket.ENDED, NextStep("left_denied"),
        ),
        (whole_case(), None, None),
        (GUEST, None, None),
    ],
)  # fmt: skip
def test_for_whom_a_case_is_over_and_why(of, bucket, step):
    found = facts(*SENT, of=of)
    assert steps.over(found, THERE) == (None if bucket is None else (bucket, step))
    if bucket is not None:
        row = row_of(found, THERE)
        assert (row.bucket, row.next_step, row.has_draft) == (bucket, step, False)
        assert (row.due_at, row.acts_from, row.renew_at) == (None, None, None)
        assert row.symbols


def test_a_unit_that_never_took_part_is_not_told_that_it_is_over():
    assert steps.over(facts(of=whole_case()), 99) is None


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ((), {"INITIATIVE": "NOT_STARTED", "PLAN": "NOT_STARTED"}),
        ((ASKED,), {"INITIATIVE": "UNFINISHED"}),
        (SENT, {"INITIATIVE": "DONE", "SUMMONS": "NOT_STARTED"}),
        ((*SENT, message(Part.SUMMONS, status=DRAFT)), {"SUMMONS": "UNFINISHED"}),
        ((*SENT, message(Part.SUMMONS, delivery())), {"SUMMONS": "UNFINISHED"}),
        ((*CALLED, OPEN), {"PLAN": "UNFINISHED"}),
        ((*CALLED, SIGNED), {"PLAN": "UNFINISHED"}),
        ((*CALLED, LOCKED), {"PLAN": "LOCKED", "FOLLOW_UP": "NOT_STARTED"}),
        ((*CALLED, LOCKED, FOLLOWED), {"PLAN": "LOCKED", "FOLLOW_UP": "UNFINISHED"}),
        # What was locked then was locked, whatever was being written beside it.
        ((*CALLED, UNLOCKED), {"PLAN": "LOCKED"}),
        ((*CALLED, VOID), {"PLAN": "VOIDED"}),
        ((*CALLED, LOCKED, EVALUATED), {"EVALUATION": "UNFINISHED"}),
        ((*SENT, SBAR_SIGNED), {"SBAR": "DONE"}),
        ((*SENT, SBAR_OPEN), {"SBAR": "UNFINISHED"}),
    ],
)
def test_how_the_parts_stood_when_the_case_ended(held, shown):
    found = statuses(facts(*held, of=whole_case(**OVER)), HERE)
    assert {part: found[part] for part in shown} == shown
    views = steps.part_views(facts(*held, of=whole_case(**OVER)), HERE, AT)
    assert not any(one.task or one.symbol.due_at for one in views.values())
    assert all(one.next_step == NextStep(one.status.lower(), part) for part, one in views.items())


def test_a_unit_that_is_closed_sees_no_plan_as_locked_that_is_not():
    closed = case(period(HERE), period(THERE, unit_closed=True))
    assert statuses(facts(*CALLED, SIGNED, of=closed))[Part.PLAN] == "UNFINISHED"
    of_second = replace(closed, rounds=SECOND.rounds)
    beside = facts(*SENT, CALLED_ANEW, LOCKED, NEW, of=of_second)
    assert statuses(beside)[Part.PLAN] == "UNFINISHED"
    assert statuses(replace(beside, case=replace(SECOND, **OVER)))[Part.PLAN] == "LOCKED"


# --- What was done last ---------------------------------------------------------------------------------------------

LAST = NOON + 30 * DAY
OF_ALL = {
    "created": {"of": whole_case(created_at=LAST)},
    "coordinator": {"of": whole_case(coordinator=replace(whole_case().coordinator, named_at=LAST))},
    "ended": {"of": whole_case(**OVER | {"ended_at": LAST})},
    "asked": {"join": replace(JOIN, asked_at=LAST)},
    "came": {"of": case(period(HERE), period(THERE), period(ELSEWHERE, since=LAST))},
    "left": {"of": case(period(HERE), period(THERE), period(ELSEWHERE, until=LAST))},
    "turn": {"of": whole_case(rounds=(turn(1), replace(turn(2), started_at=LAST)))},
    "cancelled": {"of": whole_case(rounds=(turn(1), turn(2, LAST)))},
    "protection": {"of": whole_case(protection_changed_at=LAST)},
    "consent": {"consents": (consent(recorded_at=LAST),)},
    "withdrawn": {"consents": (consent(withdrawn_at=LAST),)},
    "lapsed": {"consents": (consent(lapsed_at=LAST),)},
}
OF_SENT = {
    "written": message(Part.INITIATIVE, acknowledged(), written_at=LAST),
    "sent": message(Part.INITIATIVE, acknowledged(), sent_at=LAST),
    "voided": message(Part.INITIATIVE, acknowledged(), status=VOIDED, voided_at=LAST),
    "taken back": message(Part.INITIATIVE, status=TAKEN_BACK, taken_back_at=LAST),
    "answered": message(Part.INITIATIVE, accepted(answered_at=LAST)),
    "taken off": message(Part.INITIATIVE, ended(delivery(), LAST)),
    "told": message(Part.INITIATIVE, delivery(told_at=LAST)),
    "added": message(Part.INITIATIVE, delivery(added_at=LAST)),
    "begun": document(Part.PLAN, V.SIGNED, begun_at=LAST),
    "plan voided": voided(SIGNED, LAST),
    "opened": document(Part.PLAN, version(V.SIGNED, opened_at=LAST)),
    "signed": document(Part.PLAN, version(V.SIGNED, signed_at=LAST)),
    "locked": document(Part.PLAN, version(V.LOCKED, locked_at=LAST)),
    "unlocked": document(Part.PLAN, version(V.SIGNED, unlocked_at=LAST)),
    "replaced": document(Part.PLAN, version(V.REPLACED, replaced_at=LAST)),
}


@pytest.mark.parametrize("what", [*OF_ALL, *OF_SENT])
def test_when_something_was_done_last(what):
    found = facts(**OF_ALL[what]) if what in OF_ALL else facts(OF_SENT[what])
    assert row_of(found, HERE).last_change == LAST


def test_of_a_case_that_is_over_a_change_of_protection_is_no_news():
    assert row_of(facts(of=whole_case(**OVER, protection_changed_at=LAST))).last_change == OVER["ended_at"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("coordinator", True),
        ("came", False),
        ("left", False),
        ("turn", False),
        ("consent", False),
        ("protection", False),
        ("added", False),
        ("answered", True),
        ("unlocked", False),
    ],
)
def test_a_unit_outside_the_whole_case_is_told_less(what, told):
    found = facts(**OF_ALL[what]) if what in OF_ALL else facts(OF_SENT[what])
    others = tuple(one for one in found.case.participations if one.unit_id != THERE)
    found = replace(found, case=replace(found.case, participations=(*others, period(THERE, INVITED))))
    row = row_of(found, THERE)
    assert (row.last_change == LAST) is told
