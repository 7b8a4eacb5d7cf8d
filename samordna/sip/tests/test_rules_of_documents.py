"""When a document is begun, written, signed, locked, opened and voided: tables of facts written by hand."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from samordna.cases.states import Access, CaseStatus, EndReason
from samordna.cases.tests.facts import ELSEWHERE, HERE, HOUR, NOON, THERE, case, period, turn
from samordna.casework.documents.facts import Written
from samordna.casework.documents.rules import editions as rules
from samordna.casework.documents.rules.merging import Merge, chosen_text, merge
from samordna.documents.states import VersionStatus as V
from samordna.kernel.module import Right
from samordna.messaging.states import MessageStatus
from samordna.sip.evaluation import rules as evaluation
from samordna.sip.facts import Progress
from samordna.sip.follow_up import rules as follow_up
from samordna.sip.follow_up.facts import ReportFacts
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.plan import rules as plan
from samordna.sip.plan.states import Attendance, ParticipantKind
from samordna.sip.requirements import begin_refusal
from samordna.sip.rounds import rules as rounds
from samordna.sip.sbar import rules as sbar
from samordna.sip.states import Beginning, Part
from samordna.sip.tests.facts import (
    ANNA,
    CALLED,
    DAVID,
    EVA,
    INITIATIVE,
    NAMES,
    SETTINGS,
    TODAY,
    UNITS,
    acknowledged,
    actor,
    at_hour,
    denied,
    document,
    facts,
    message,
    met,
    said,
    version,
    voided,
    whole_case,
)

DAY = timedelta(days=1)
OVER, OUTSIDE, NOT_HER = "case.not_active", "rights.not_participant", "rights.not_coordinator"
STRANGER = actor(40, unit_id=40)
CLOSED_UNIT = [period(THERE, unit_closed=True)]
LEFT_UNIT = [period(THERE, until=NOON + HOUR)]
GOES_ON, ENDED = whole_case(), whole_case(status=CaseStatus.ENDED)


def of_david(*states, kind=Part.PLAN, **changes):
    """A document whose editions David opened."""
    return document(
        kind, *(version(one, number, by=DAVID) for number, one in enumerate(states, 1)),
        unit_id=THERE, unit_name=UNITS[THERE], **changes,
    )  # fmt: skip


OPEN, SIGNED, LOCKED = (document(Part.PLAN, one) for one in (V.OPEN, V.SIGNED, V.LOCKED))
EDITED = document(Part.PLAN, V.SIGNED, V.OPEN)
UNLOCKED = document(
    Part.PLAN, version(V.SIGNED, locked_at=at_hour(2), unlocked_at=at_hour(3)), version(V.OPEN, 2)
)
VOID = voided(SIGNED)
DAVIDS = of_david(V.OPEN)
# A newer plan that is written beside one that holds.
ROUNDS = {"rounds": (turn(1), turn(2))}
SECOND = whole_case(**ROUNDS)
NEW = replace(OPEN, id=UUID(int=501), round_number=2)
NEW_SIGNED = replace(SIGNED, id=UUID(int=502), round_number=2)
CALLED_ANEW = replace(CALLED[1], id=UUID(int=503), round_number=2)


# --- What every document has in common ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "of", "seen"),
    [
        (SIGNED, GOES_ON, [False, False, False]),
        (DAVIDS, GOES_ON, [False, True, False]),
        (DAVIDS, case(period(HERE), *CLOSED_UNIT, period(ELSEWHERE)), [True, True, False]),
        (DAVIDS, case(period(HERE), *LEFT_UNIT, period(ELSEWHERE)), [True, True, False]),
        (of_david(V.SIGNED, V.OPEN), GOES_ON, [True, True, True]),
    ],
)
def test_an_open_edition_is_seen_by_its_unit_until_something_is_signed(found, of, seen):
    assert [rules.seen_open(of, found, unit) is not None for unit in (HERE, THERE, ELSEWHERE)] == seen


def test_which_editions_a_unit_reads():
    found = facts()
    dropped = document(Part.PLAN, V.SIGNED, V.DROPPED)
    assert [rules.seen_version(found, dropped, one, HERE) for one in dropped.versions] == [True, False]
    assert rules.seen_version(found, SIGNED, SIGNED.versions[0], ELSEWHERE)
    assert rules.seen_version(found, DAVIDS, DAVIDS.versions[0], THERE)
    assert not rules.seen_version(found, DAVIDS, DAVIDS.versions[0], HERE)
    for_all = of_david(V.OPEN, kind=Part.FOLLOW_UP)
    assert rules.seen_version(found, for_all, for_all.versions[0], HERE)


def test_a_new_one_begins_with_the_last_edition_that_the_unit_may_read():
    both = voided(document(Part.PLAN, V.SIGNED, V.SIGNED))
    assert rules.voided_like(facts(both), HERE, Part.PLAN) == (both, both.versions[-1])
    assert rules.voided_like(facts(both), HERE, Part.EVALUATION) is None
    assert rules.voided_like(facts(SIGNED), HERE, Part.PLAN) is None
    unsigned = replace(voided(DAVIDS), versions=(replace(DAVIDS.versions[0], status=V.VOIDED),))
    assert rules.voided_like(facts(unsigned), HERE, Part.PLAN) is None
    assert rules.voided_like(facts(unsigned), THERE, Part.PLAN) is not None


@pytest.mark.parametrize(
    ("found", "who", "read_at", "known"),
    [
        # Signed by David an hour after noon, locked by Anna after two.
        (of_david(V.SIGNED), ANNA, None, None),
        (of_david(V.SIGNED), ANNA, at_hour(2), at_hour(2)),
        (of_david(V.SIGNED), ANNA, at_hour(1), at_hour(1)),
        (of_david(V.SIGNED), ANNA, at_hour(0.5), NOON),
        (of_david(V.SIGNED), DAVID, at_hour(0.5), at_hour(0.5)),
        (of_david(V.SIGNED, kind=Part.FOLLOW_UP), ANNA, at_hour(0.5), at_hour(0.5)),
        (of_david(V.OPEN), ANNA, at_hour(0.5), at_hour(0.5)),
        (of_david(V.LOCKED), ANNA, at_hour(1.5), at_hour(2)),
        (of_david(V.LOCKED), ANNA, None, at_hour(2)),
        (of_david(V.LOCKED), ANNA, at_hour(3), at_hour(3)),
        (of_david(V.LOCKED), EVA, at_hour(1.5), at_hour(1.5)),
    ],
)
def test_until_when_a_reader_knows_a_document(found, who, read_at, known):
    assert rules.known_until(facts(found), found, actor(who), read_at) == known


def test_reading_before_the_first_of_several_signatures_was_no_reading():
    twice = of_david(V.SIGNED, V.SIGNED)
    twice = replace(twice, versions=(twice.versions[0], replace(twice.versions[1], signed_at=at_hour(5))))
    assert rules.known_until(facts(twice), twice, actor(), at_hour(2)) == at_hour(2)


@pytest.mark.parametrize(
    ("found", "who", "refused"),
    [
        (None, actor(), "document.not_begun"),
        (OPEN, actor(), None),
        (OPEN, actor(DAVID), "document.not_yours"),
        (OPEN, STRANGER, OUTSIDE),
        (EDITED, actor(DAVID), None),
        (SIGNED, actor(), "document.signed"),
        (LOCKED, actor(), "document.locked"),
        (VOID, actor(), "document.voided"),
    ],
)
def test_who_writes_in_the_open_edition(found, who, refused):
    refusal = rules.write_refusal(facts(*([found] if found else [])), who, Part.PLAN)
    assert said(refusal) == refused
    if refused == "document.not_yours":
        assert NAMES[ANNA] in str(refusal)
        assert UNITS[HERE] in str(refusal)
    if refused == "document.locked":
        assert NAMES[ANNA] in str(refusal.who_can)


def test_why_nothing_is_written_is_said_in_the_words_of_the_part():
    words = {
        kind: [str(rules.write_refusal(facts(one(kind)), actor(), kind).message) for one in (
            lambda kind: document(kind, V.SIGNED), lambda kind: document(kind, V.LOCKED),
            lambda kind: voided(document(kind, V.SIGNED)),
        )]
        for kind in (Part.PLAN, Part.EVALUATION)
    }  # fmt: skip
    assert len({*words[Part.PLAN], *words[Part.EVALUATION]}) == 6


@pytest.mark.parametrize(
    ("found", "of", "who", "refused"),
    [
        (None, GOES_ON, actor(), "document.not_begun"),
        (DAVIDS, GOES_ON, actor(EVA, unit_id=THERE), None),
        (DAVIDS, GOES_ON, actor(DAVID), "document.yours_already"),
        (DAVIDS, GOES_ON, actor(DAVID, unit_id=HERE), "document.other_unit"),
        (DAVIDS, GOES_ON, actor(), "document.other_unit"),
        (DAVIDS, GOES_ON, STRANGER, OUTSIDE),
        (DAVIDS, case(period(HERE), *CLOSED_UNIT), actor(), None),
        (DAVIDS, case(period(HERE), *LEFT_UNIT), actor(), None),
        (SIGNED, GOES_ON, actor(), "document.signed"),
    ],
)
def test_a_colleague_takes_over(found, of, who, refused):
    refusal = rules.take_over_refusal(facts(*([found] if found else []), of=of), who, Part.PLAN)
    assert said(refusal) == refused
    assert refused != "document.other_unit" or UNITS[THERE] in str(refusal)


@pytest.mark.parametrize(
    ("found", "who", "refused"),
    [
        (None, actor(), "document.not_begun"),
        (SIGNED, actor(DAVID), None),
        (SIGNED, STRANGER, OUTSIDE),
        (EDITED, actor(DAVID), "document.already_open"),
        (LOCKED, actor(), "document.locked"),
        (VOID, actor(), "document.voided"),
    ],
)
def test_what_is_signed_is_edited(found, who, refused):
    refusal = rules.edit_refusal(facts(*([found] if found else [])), who, Part.PLAN)
    assert said(refusal) == refused
    if refused == "document.already_open":
        assert NAMES[ANNA] in str(refusal)
        assert UNITS[HERE] in str(refusal)


@pytest.mark.parametrize(
    ("found", "who", "refused"),
    [
        (EDITED, actor(DAVID), None),
        (UNLOCKED, actor(), None),
        (OPEN, actor(), "document.nothing_signed"),
        (OPEN, actor(DAVID), "document.not_yours"),
        (SIGNED, actor(), "document.signed"),
    ],
)
def test_an_edition_is_dropped_when_something_signed_stands(found, who, refused):
    assert said(rules.drop_refusal(facts(found), who, Part.PLAN)) == refused


@pytest.mark.parametrize(
    ("found", "who", "refused"),
    [
        (LOCKED, actor(), None),
        (LOCKED, actor(DAVID), NOT_HER),
        (SIGNED, actor(), "document.not_locked"),
        (VOID, actor(), "document.not_locked"),
        (None, actor(), "document.not_locked"),
    ],
)
def test_the_coordinator_opens_what_is_locked(found, who, refused):
    held = facts(*([found] if found else []))
    assert said(rules.unlock_refusal(held, who, Part.PLAN)) == refused
    assert said(plan.unlock_plan_refusal(held, who)) == refused


def test_when_somebody_else_writes_is_told():
    assert rules.write_then(OPEN) != rules.write_then(EDITED)
    assert rules.write_then(SIGNED) == rules.write_then(EDITED)


# --- Two who wrote in one passage -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged", "disputed"),
    [
        ({"a": "1"}, {"a": "1"}, {"a": "1"}, {"a": "1"}, ()),
        ({"a": "1"}, {"a": "2"}, {"a": "1"}, {"a": "2"}, ()),
        ({"a": "1"}, {"a": "1"}, {"a": "2"}, {"a": "2"}, ()),
        ({"a": "1"}, {"a": "2"}, {"a": "2"}, {"a": "2"}, ()),
        ({"a": "1"}, {"a": "2"}, {"a": "3"}, {"a": "2"}, ("a",)),
        (None, {"a": "2"}, {"a": "3"}, {"a": "2"}, ("a",)),
        (None, {"a": "2"}, {"a": "2"}, {"a": "2"}, ()),
        # A field that is not there is an empty one.
        ({}, {"a": "2"}, {}, {"a": "2"}, ()),
        ({}, {"a": ""}, {"a": "3"}, {"a": "3"}, ()),
        (None, {"a": ""}, {}, {"a": ""}, ()),
        (None, {"a": "1", "b": "1", "c": "1"}, {"a": "2", "b": "1", "c": "3"}, {"a": "1", "b": "1", "c": "1"},
         ("a", "c")),
    ],
)  # fmt: skip
def test_what_only_one_changed_is_merged(base, mine, theirs, merged, disputed):
    assert merge(base, mine, theirs) == Merge(merged, disputed)


def test_what_is_chosen_of_two_texts():
    given = {"mine": "M", "theirs": "D", "both": "D\n\nM", "edited": "E"}
    assert {choice: chosen_text(choice, "M", "D", "E") for choice in given} == given
    assert chosen_text("both", "M", "", "E") == "M"


# --- What each part requires ----------------------------------------------------------------------------------------

SENT = (INITIATIVE,)
DENIED = (message(Part.INITIATIVE, denied()),)
GONE = (replace(INITIATIVE, status=MessageStatus.VOIDED),)
TO_EVALUATE = message(Part.EVALUATION_SUMMONS, acknowledged())
REPORTED = document(Part.FOLLOW_UP, V.LOCKED)
FOLLOWED = document(Part.FOLLOW_UP, V.OPEN)
EVALUATED = document(Part.EVALUATION, V.OPEN)
EVALUATION_SIGNED = document(Part.EVALUATION, V.SIGNED)
EVALUATION_LOCKED = document(Part.EVALUATION, V.LOCKED)
B = Beginning
NO_SBAR = {"settings": replace(SETTINGS, sbar_enabled=False)}


@pytest.mark.parametrize(
    ("beginning", "held", "changes", "refused"),
    [
        (B.INITIATIVE, (), {}, None),
        (B.SBAR, SENT, {}, None),
        (B.SBAR, (), {}, "process.initiative_sent"),
        (B.SBAR, GONE, {}, "process.initiative_sent"),
        (B.SBAR, SENT, NO_SBAR, "process.sbar_switched_on"),
        (B.INFORMATION, SENT, {}, None),
        (B.INFORMATION, (), {}, "process.initiative_sent"),
        (B.SUMMONS, SENT, {}, None),
        (B.SUMMONS, (), {}, "process.initiative_accepted"),
        (B.SUMMONS, DENIED, {}, "process.initiative_accepted"),
        (B.SUMMONS, (*SENT, EVALUATED), {}, "process.not_evaluated"),
        (B.SUMMONS, (*SENT, voided(EVALUATED)), {}, None),
        (B.PLAN, CALLED, {}, None),
        (B.PLAN, SENT, {}, "process.summons_sent"),
        (B.PLAN, (*CALLED, EVALUATED), {}, "process.not_evaluated"),
        (B.PLAN_LOCK, (SIGNED,), {}, None),
        (B.PLAN_LOCK, (), {}, "process.plan_signed"),
        (B.PLAN_LOCK, (OPEN,), {}, "process.plan_signed"),
        (B.PLAN_LOCK, (EDITED,), {}, "process.no_open_edition"),
        (B.FOLLOW_UP, (LOCKED,), {}, None),
        (B.FOLLOW_UP, (SIGNED,), {}, "process.plan_locked"),
        (B.FOLLOW_UP, (UNLOCKED,), {}, "process.plan_locked"),
        (B.FOLLOW_UP, (), {}, "process.plan_locked"),
        (B.NEW_PLAN, (LOCKED,), {}, None),
        (B.NEW_PLAN, (LOCKED, EVALUATED), {}, "process.not_evaluated"),
        (B.EVALUATION_SUMMONS, (LOCKED,), {}, None),
        (B.EVALUATION_SUMMONS, (LOCKED,), {"of": SECOND}, None),
        (B.EVALUATION_SUMMONS, (LOCKED, NEW), {"of": SECOND}, "process.no_new_plan"),
        (B.EVALUATION, (LOCKED,), {}, "process.evaluation_summoned_or_followed_up"),
        (B.EVALUATION, (LOCKED, FOLLOWED), {}, "process.evaluation_summoned_or_followed_up"),
        (B.EVALUATION, (LOCKED, REPORTED), {}, None),
        (B.EVALUATION, (LOCKED, TO_EVALUATE), {}, None),
        (B.EVALUATION, (LOCKED, REPORTED, NEW), {"of": SECOND}, "process.no_new_plan"),
        (B.ENDING, (LOCKED, EVALUATION_LOCKED), {}, None),
        (B.ENDING, (LOCKED, EVALUATED), {}, "process.evaluation_locked"),
        (B.ENDING, (LOCKED,), {}, "process.evaluation_locked"),
    ],
)
def test_what_must_be_there_before_a_part_begins(beginning, held, changes, refused):
    assert said(begin_refusal(facts(*held, **changes), beginning)) == refused


def test_a_plan_with_gaps_is_not_locked_and_who_can_lock_is_told_where_a_lock_is_all_that_lacks():
    assert said(begin_refusal(facts(SIGNED), B.PLAN_LOCK, plan_gaps=1)) == "process.plan_complete"
    assert said(begin_refusal(facts(EDITED), B.PLAN_LOCK, plan_gaps=1)) == "process.no_open_edition"
    assert NAMES[ANNA] in str(begin_refusal(facts(SIGNED), B.FOLLOW_UP).who_can)
    for held in ((), (OPEN,), (EDITED,)):
        assert begin_refusal(facts(*held), B.FOLLOW_UP).who_can == ""
    assert begin_refusal(facts(SIGNED), B.PLAN_LOCK, plan_gaps=1).who_can == ""
    told = [
        begin_refusal(facts(), one).message for one in (B.SUMMONS, B.PLAN, B.PLAN_LOCK, B.FOLLOW_UP, B.ENDING)
    ]
    assert len(set(map(str, told))) == 5


# --- The plan -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "who", "refused"),
    [
        (CALLED, actor(DAVID), None),
        (SENT, actor(DAVID), "process.summons_sent"),
        (CALLED, STRANGER, OUTSIDE),
        ((*CALLED, OPEN), actor(DAVID), "plan.already_begun"),
        ((*CALLED, VOID), actor(DAVID), None),
    ],
)
def test_a_plan_is_begun_once_in_a_round(held, who, refused):
    refusal = plan.begin_plan_refusal(facts(*held), who)
    assert said(refusal) == refused
    if refused == "plan.already_begun":
        assert UNITS[HERE] in str(refusal.message)
        assert refusal.who_can == rules.write_then(OPEN)


@pytest.mark.parametrize(
    ("held", "of", "who", "missing", "refused"),
    [
        ((SIGNED,), GOES_ON, actor(), 0, None),
        ((SIGNED,), GOES_ON, actor(DAVID), 0, NOT_HER),
        ((SIGNED,), GOES_ON, actor(), 1, "process.plan_complete"),
        ((LOCKED,), GOES_ON, actor(), 0, "plan.already_locked"),
        ((OPEN,), GOES_ON, actor(), 0, "process.plan_signed"),
        ((), GOES_ON, actor(), 0, "process.plan_signed"),
        ((EDITED,), GOES_ON, actor(), 0, "process.no_open_edition"),
        ((LOCKED, NEW_SIGNED), SECOND, actor(), 0, None),
        ((LOCKED, REPORTED, NEW_SIGNED), SECOND, actor(), 0, None),
        ((LOCKED, FOLLOWED, NEW_SIGNED), SECOND, actor(), 0, "plan.replaced_is_followed_up"),
        ((SIGNED, FOLLOWED), GOES_ON, actor(), 0, None),
    ],
)
def test_the_coordinator_locks_a_signed_plan_without_gaps(held, of, who, missing, refused):
    assert said(plan.lock_refusal(facts(*held, of=of), who, missing * (plan.Gap("", ""),))) == refused


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ((EVALUATED,), "plan.evaluated"),
        ((voided(EVALUATED),), None),
        ((FOLLOWED,), "document.followed_up"),
        ((REPORTED,), None),
        ((FOLLOWED, EVALUATED), "plan.evaluated"),
    ],
)
def test_a_plan_is_not_opened_while_it_is_followed_up_or_evaluated(more, refused):
    assert said(plan.unlock_plan_refusal(facts(LOCKED, *more), actor())) == refused


REPLACED = document(Part.PLAN, V.REPLACED)
NEW_LOCKED = document(Part.PLAN, V.LOCKED, round_number=2)


@pytest.mark.parametrize(
    ("held", "one", "of", "who", "refused"),
    [
        ((LOCKED,), LOCKED, GOES_ON, actor(), None),
        ((LOCKED,), LOCKED, GOES_ON, actor(DAVID), NOT_HER),
        ((), None, GOES_ON, actor(), "document.not_begun"),
        ((VOID,), VOID, GOES_ON, actor(), "plan.voided"),
        ((REPLACED, NEW_LOCKED), REPLACED, SECOND, actor(), "plan.replaced"),
        ((LOCKED, EVALUATED), LOCKED, GOES_ON, actor(), "plan.evaluated"),
        ((LOCKED, voided(EVALUATED)), LOCKED, GOES_ON, actor(), None),
        ((LOCKED, EVALUATED, NEW), NEW, SECOND, actor(), None),
        ((LOCKED, EVALUATED, NEW), LOCKED, SECOND, actor(), "plan.evaluated"),
    ],
)
def test_the_coordinator_voids_a_plan_that_nothing_rests_on(held, one, of, who, refused):
    assert said(plan.void_plan_refusal(facts(*held, of=of), who, one)) == refused


def edition(one, number=-1):
    return one.versions[number] if one is not None else None


GUEST = case(period(HERE), period(THERE, Access.INVITED))
OVER_VOID = voided(UNLOCKED)


@pytest.mark.parametrize(
    ("one", "number", "of", "who", "refused"),
    [
        (LOCKED, 0, GOES_ON, actor(DAVID), None),
        (LOCKED, 0, GOES_ON, STRANGER, OUTSIDE),
        (LOCKED, 0, GUEST, actor(DAVID), OUTSIDE),
        (LOCKED, 0, ENDED, actor(DAVID), None),
        (LOCKED, 0, ENDED, STRANGER, OVER),
        (REPLACED, 0, GOES_ON, actor(DAVID), None),
        (voided(LOCKED), 0, GOES_ON, actor(DAVID), None),
        (None, 0, GOES_ON, actor(DAVID), "plan.not_locked"),
        (OPEN, 0, GOES_ON, actor(DAVID), "plan.not_locked"),
        (SIGNED, 0, GOES_ON, actor(DAVID), "plan.not_locked"),
        (voided(SIGNED), 0, GOES_ON, actor(DAVID), "plan.never_locked"),
        (SIGNED, 0, ENDED, actor(DAVID), "plan.never_locked"),
        (None, 0, ENDED, actor(DAVID), "plan.never_locked"),
    ],
)
def test_what_is_or_was_locked_is_printed(one, number, of, who, refused):
    held = facts(*([one] if one else []), of=of)
    refusal = plan.print_refusal(held, who, edition(one, number))
    assert said(refusal) == refused
    if refused == "plan.not_locked":
        assert NAMES[ANNA] in str(refusal.who_can)
        assert plan.print_refusal(held, actor(), edition(one, number)).who_can == ""


# Locked, then opened, so that the one that was locked is superseded by another signature.
OPENED_SINCE = document(
    Part.PLAN,
    version(V.SUPERSEDED, locked_at=at_hour(2), unlocked_at=at_hour(3)),
    version(V.SIGNED, 2, signed_at=at_hour(4)),
)
TWICE = document(
    Part.PLAN,
    version(V.SUPERSEDED, locked_at=at_hour(2)),
    version(V.SUPERSEDED, 2, locked_at=at_hour(5)),
    version(V.SIGNED, 3, signed_at=at_hour(6)),
)


@pytest.mark.parametrize(
    ("one", "number", "of", "refused"),
    [
        (OPENED_SINCE, 0, GOES_ON, "plan.opened_since"),
        (OPENED_SINCE, 0, ENDED, None),
        (OPENED_SINCE, 1, ENDED, "plan.never_locked"),
        (replace(OPENED_SINCE, voided_at=NOON), 0, GOES_ON, None),
        (TWICE, 0, ENDED, "plan.opened_since"),
        (TWICE, 1, ENDED, None),
    ],
)
def test_of_what_is_over_the_last_lock_is_printed(one, number, of, refused):
    assert said(plan.print_refusal(facts(one, of=of), actor(DAVID), edition(one, number))) == refused


def test_each_plan_is_printed_as_its_own_locks_say():
    found = facts(SIGNED, OPENED_SINCE, of=ENDED)
    assert plan.print_refusal(found, actor(DAVID), OPENED_SINCE.versions[0]) is None


def test_of_a_plan_that_was_replaced_no_edition_before_that_is_printed():
    both = document(
        Part.PLAN, version(V.SUPERSEDED, locked_at=at_hour(4)), version(V.REPLACED, 2, locked_at=at_hour(3))
    )
    refusal = plan.print_refusal(facts(both, of=ENDED), actor(DAVID), both.versions[0])
    assert said(refusal) == "plan.opened_since"


@pytest.mark.parametrize(
    ("held", "who", "day", "refused"),
    [
        ((LOCKED,), actor(DAVID), None, None),
        ((LOCKED,), actor(DAVID), TODAY, None),
        ((LOCKED,), actor(DAVID), TODAY - DAY, "handover.before_lock handed_on"),
        ((LOCKED,), STRANGER, None, OUTSIDE),
        ((SIGNED,), actor(DAVID), None, "plan.not_locked_yet"),
        ((), actor(DAVID), None, "plan.not_locked_yet"),
    ],
)
def test_a_locked_plan_is_handed_over_after_the_lock(held, who, day, refused):
    refusal = plan.handover_refusal(facts(*held), who, day)
    assert said(refusal) == refused
    if refused == "plan.not_locked_yet":
        assert NAMES[ANNA] in str(refusal.who_can)
        assert plan.handover_refusal(facts(*held), actor(), day).who_can == ""


@pytest.mark.parametrize(
    ("done_on", "before", "refused"),
    [
        (None, None, None),
        (TODAY, None, None),
        (TODAY - DAY, None, "activity.done_on_past done_on"),
        (TODAY - DAY, TODAY - DAY, None),
        (TODAY - 2 * DAY, TODAY - DAY, "activity.done_on_past done_on"),
    ],
)
def test_an_activity_is_not_to_be_done_on_a_day_that_has_passed(done_on, before, refused):
    assert said(plan.done_on_refusal(done_on, before, TODAY)) == refused


def line(kind=ParticipantKind.UNIT, attendance=Attendance.ATTENDED, name="David Holm", unit_name="Linden"):
    return {"kind": kind, "attendance": attendance, "name": name, "unit_name": unit_name, "lineage": "p"}


def activity(name="Anna"):
    return {"responsible": {"name": name}, "lineage": "a"}


def goal(*activities, name="Anna"):
    return {"responsible": {"name": name}, "activities": activities, "lineage": "g"}


WHOLE = {
    "needs": "Stöd", "others_do": "Ingen", "principal": {"name": "Region"}, "coordinator": {"confirmed": True},
    "participants": [line()], "goals": [goal(activity())], "met_on": None,
}  # fmt: skip
UNKNOWN = Attendance.UNKNOWN


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"needs": ""}, [("needs", "", "")]),
        ({"others_do": ""}, [("others_do", "", "")]),
        ({"principal": None}, [("principal", "", "")]),
        ({"coordinator": {"confirmed": False}}, [("coordinator", "", "")]),
        ({"participants": [line(attendance=Attendance.ABSENT)]}, []),
        ({"participants": [line(), line(attendance=UNKNOWN)]}, [("attendance", "p", "Linden")]),
        ({"participants": [line(attendance=UNKNOWN, unit_name="")]}, [("attendance", "p", "David Holm")]),
        ({"participants": [line(ParticipantKind.INDIVIDUAL, UNKNOWN)]}, [("individual", "p", "")]),
        ({"goals": []}, [("no_goal", "", "")]),
        ({"goals": [goal(activity(), name="")]}, [("goal_responsible", "g", "1")]),
        ({"goals": [goal(activity()), goal()]}, [("no_activity", "g", "2")]),
        ({"goals": [goal(activity(), activity(""))]}, [("activity_responsible", "a", "2")]),
        (
            {"goals": [goal(activity("")), goal(name="")]},
            [("activity_responsible", "a", "1"), ("goal_responsible", "g", "2"), ("no_activity", "g", "2")],
        ),
    ],
)
def test_what_is_missing_in_a_plan_is_told_where(changes, missing):
    found = plan.gaps(WHOLE | changes)
    assert [(gap.code, gap.lineage) for gap in found] == [(code, place) for code, place, _named in missing]
    assert all(named in str(gap.message) for gap, (_code, _place, named) in zip(found, missing, strict=True))


def test_a_gap_in_an_activity_tells_of_which_goal():
    (gap,) = plan.gaps(
        WHOLE | {"goals": [goal(activity()), goal(activity()), goal(activity(), activity(""))]}
    )
    assert "2" in str(gap.message)
    assert "3" in str(gap.message)


# Today at 13.00, an hour after noon in Sweden.
AHEAD = met()
AT = NOON


@pytest.mark.parametrize(
    ("met_on", "attendance", "meeting", "ahead"),
    [
        (None, Attendance.ATTENDED, AHEAD, None),
        (TODAY, Attendance.ATTENDED, AHEAD, TODAY),
        (TODAY, Attendance.ABSENT, AHEAD, None),
        (TODAY, Attendance.ATTENDED, None, None),
        (TODAY + DAY, Attendance.ATTENDED, None, TODAY + DAY),
        (TODAY - DAY, Attendance.ATTENDED, met(TODAY - DAY), None),
        # The meeting that was called to another day tells nothing of this one.
        (TODAY, Attendance.ATTENDED, met(TODAY + DAY), None),
        (TODAY + DAY, Attendance.ATTENDED, AHEAD, TODAY + DAY),
    ],
)
def test_who_is_said_to_have_attended_a_meeting_that_is_ahead(met_on, attendance, meeting, ahead):
    content = {
        "met_on": met_on.isoformat() if met_on else None,
        "participants": [line(attendance=attendance)],
    }
    assert plan.attended_ahead(content, meeting, AT) == ahead


def test_a_meeting_that_begins_now_is_not_ahead():
    content = {"met_on": TODAY.isoformat(), "participants": [line()]}
    assert plan.attended_ahead(content, AHEAD, AHEAD.starts_at) is None
    assert plan.attended_ahead(content, AHEAD, AHEAD.starts_at - timedelta(seconds=1)) == TODAY


# --- Rounds ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "of", "who", "refused"),
    [
        ((LOCKED,), GOES_ON, actor(DAVID), None),
        ((LOCKED,), GOES_ON, actor(DAVID, rights=[Right.ANSWER]), "rights.may_not_initiate"),
        ((SIGNED,), GOES_ON, actor(), "process.plan_locked"),
        ((LOCKED, EVALUATED), GOES_ON, actor(), "process.not_evaluated"),
        ((LOCKED,), SECOND, actor(), "new_plan.under_way"),
    ],
)
def test_one_new_plan_is_begun_at_a_time(held, of, who, refused):
    assert said(rounds.new_plan_refusal(facts(*held, of=of), who)) == refused


def of_second(*states, **changes):
    return replace(document(Part.PLAN, *states, **changes), id=UUID(int=504), round_number=2)


@pytest.mark.parametrize(
    ("held", "of", "who", "refused"),
    [
        ((LOCKED,), SECOND, actor(), None),
        ((LOCKED,), SECOND, actor(DAVID), NOT_HER),
        ((LOCKED,), GOES_ON, actor(), "round.first"),
        ((), GOES_ON, actor(), "round.first"),
        ((LOCKED, of_second(V.SIGNED)), SECOND, actor(), None),
        ((LOCKED, of_second(V.LOCKED)), SECOND, actor(), "round.locked"),
        ((LOCKED, voided(of_second(V.LOCKED))), SECOND, actor(), "round.locked"),
        # It took the place of the earlier one, whatever became of it.
        ((REPLACED,), SECOND, actor(), "round.locked"),
        ((replace(REPLACED, kind=Part.EVALUATION),), SECOND, actor(), None),
    ],
)
def test_the_coordinator_cancels_a_round_in_which_nothing_is_locked(held, of, who, refused):
    assert said(rounds.cancel_round_refusal(facts(*held, of=of), who)) == refused
    open_now = refused not in {"round.first", "round.locked"}
    assert rounds.round_is_open(facts(*held, of=of)) is open_now


@pytest.mark.parametrize(("hours", "is_open"), [(-1, True), (0, False), (1, False)])
def test_a_plan_that_was_replaced_before_the_round_was_begun_says_nothing_of_it(hours, is_open):
    earlier = document(Part.PLAN, version(V.REPLACED, replaced_at=at_hour(hours)))
    assert rounds.round_is_open(facts(earlier, of=SECOND)) is is_open


# --- SBAR -----------------------------------------------------------------------------------------------------------

SBAR_OPEN, SBAR_SIGNED = (of_david(one, kind=Part.SBAR) for one in (V.OPEN, V.SIGNED))


@pytest.mark.parametrize(
    ("held", "of", "who", "opens", "writes"),
    [
        ((), GOES_ON, actor(), "process.initiative_sent", "process.initiative_sent"),
        (SENT, GOES_ON, actor(), None, "document.not_begun"),
        (SENT, GOES_ON, STRANGER, OUTSIDE, OUTSIDE),
        ((*SENT, SBAR_OPEN), GOES_ON, actor(), "sbar.being_written", "sbar.being_written"),
        ((*SENT, SBAR_OPEN), GOES_ON, actor(DAVID), "sbar.being_written", None),
        ((*SENT, SBAR_OPEN), GOES_ON, actor(EVA, unit_id=THERE), "sbar.being_written", None),
        ((*SENT, SBAR_OPEN), case(period(HERE), *CLOSED_UNIT), actor(), "sbar.being_written", None),
        ((*SENT, SBAR_SIGNED), GOES_ON, actor(), None, "sbar.signed"),
    ],
)
def test_the_unit_that_opened_the_survey_writes_it(held, of, who, opens, writes):
    opening = sbar.open_sbar_refusal(facts(*held, of=of), who)
    writing = sbar.write_sbar_refusal(facts(*held, of=of), who)
    assert (said(opening), said(writing)) == (opens, writes)
    if opens == "sbar.being_written":
        assert NAMES[DAVID] in str(opening)
        assert UNITS[THERE] in str(opening)


def test_something_is_written_in_the_survey():
    assert sbar.sbar_text_refusal(["", " x"]) is None
    assert said(sbar.sbar_text_refusal(["", " "])) == "sbar.empty situation"


# --- Follow-up ------------------------------------------------------------------------------------------------------

SOME, ALL, NONE = Progress(1, 2), Progress(2, 2), Progress(0, 2)
FOLLOWED_VOID = voided(REPORTED)


@pytest.mark.parametrize(
    ("held", "who", "refused"),
    [
        ((LOCKED,), actor(DAVID), None),
        ((SIGNED,), actor(DAVID), "process.plan_locked"),
        ((LOCKED,), STRANGER, OUTSIDE),
        ((LOCKED, FOLLOWED), actor(DAVID), "follow_up.begun"),
        ((LOCKED, REPORTED), actor(DAVID), "follow_up.begun"),
        ((LOCKED, FOLLOWED_VOID), actor(DAVID), None),
    ],
)
def test_a_follow_up_is_activated_on_a_locked_plan(held, who, refused):
    assert said(follow_up.activate_refusal(facts(*held), who)) == refused


def report(status=None, **changes):
    known = {
        "activity_lineage": UUID(int=1), "goal_text": "", "activity_text": "", "responsible_name": "", "done_on": None,
        "status": status, "note": "", "written": Written(1, NOON, ANNA, "", ""),
    }  # fmt: skip
    return ReportFacts(**known | changes)


DONE = ReportStatus.DONE
NOT_DONE = next(status for status in ReportStatus if status != DONE)


@pytest.mark.parametrize(
    ("held", "who", "one", "reports", "corrects"),
    [
        ((LOCKED, FOLLOWED), actor(DAVID), report(), None, "follow_up.nothing_to_correct"),
        ((LOCKED, FOLLOWED), actor(DAVID), report(NOT_DONE), None, "follow_up.nothing_to_correct"),
        ((LOCKED, FOLLOWED), actor(DAVID), report(DONE), "follow_up.done", None),
        (
            (LOCKED, FOLLOWED),
            actor(DAVID),
            report(DONE, done_before=True),
            "follow_up.done",
            "follow_up.done_locked",
        ),
        ((LOCKED, FOLLOWED), actor(DAVID), None, "follow_up.no_such_activity", "follow_up.no_such_activity"),
        ((LOCKED, FOLLOWED), STRANGER, report(), OUTSIDE, OUTSIDE),
        ((LOCKED, FOLLOWED), STRANGER, report(DONE), OUTSIDE, OUTSIDE),
        ((LOCKED,), actor(DAVID), report(), "follow_up.none_activated", "follow_up.none_activated"),
        ((LOCKED, REPORTED), actor(DAVID), report(DONE), "follow_up.closed", "follow_up.closed"),
    ],
)
def test_an_activity_is_reported_on_until_it_is_done_and_that_is_corrected(held, who, one, reports, corrects):
    refusal = follow_up.report_refusal(facts(*held), who, one)
    assert said(refusal) == reports
    assert said(follow_up.correct_report_refusal(facts(*held), who, one)) == corrects
    assert reports != "follow_up.closed" or NAMES[ANNA] in str(refusal.who_can)


@pytest.mark.parametrize(
    ("held", "progress", "who", "refused"),
    [
        ((LOCKED, FOLLOWED), SOME, actor(), None),
        ((LOCKED, FOLLOWED), SOME, actor(DAVID), NOT_HER),
        ((LOCKED, FOLLOWED), NONE, actor(), "follow_up.empty"),
        ((LOCKED, REPORTED), SOME, actor(), "follow_up.not_open"),
        ((LOCKED,), SOME, actor(), "follow_up.not_open"),
    ],
)
def test_the_coordinator_locks_a_follow_up_in_which_something_is_reported(held, progress, who, refused):
    assert said(follow_up.lock_follow_up_refusal(facts(*held, follow_up_progress=progress), who)) == refused


@pytest.mark.parametrize(
    ("held", "who", "opens", "voids"),
    [
        ((LOCKED, REPORTED), actor(), None, None),
        ((LOCKED, REPORTED), actor(DAVID), NOT_HER, NOT_HER),
        ((LOCKED, FOLLOWED), actor(), "follow_up.not_locked", None),
        ((LOCKED,), actor(), "follow_up.not_locked", "follow_up.none"),
        ((LOCKED, FOLLOWED_VOID), actor(), "follow_up.not_locked", "follow_up.none"),
        ((SIGNED, REPORTED), actor(), "process.plan_locked", None),
    ],
)
def test_the_coordinator_opens_and_voids_a_follow_up(held, who, opens, voids):
    assert said(follow_up.open_follow_up_refusal(facts(*held), who)) == opens
    assert said(follow_up.void_follow_up_refusal(facts(*held), who)) == voids


@pytest.mark.parametrize(
    ("held", "who", "due_on", "refused"),
    [
        ((LOCKED,), actor(), TODAY, None),
        ((LOCKED,), actor(), None, None),
        ((LOCKED,), actor(DAVID), None, NOT_HER),
        ((SIGNED,), actor(), None, "process.plan_locked"),
        ((LOCKED,), actor(), TODAY - DAY, "follow_up.past due_on"),
        # Ascension Day.
        ((LOCKED,), actor(), TODAY + DAY, "follow_up.day_off due_on"),
    ],
)
def test_the_coordinator_sets_a_working_day_ahead(held, who, due_on, refused):
    assert said(follow_up.schedule_refusal(facts(*held), who, due_on, TODAY)) == refused


@pytest.mark.parametrize(("days", "meets"), [(-1, True), (0, True), (7, True), (8, False)])
def test_a_lock_within_a_week_of_the_day_is_the_follow_up_that_was_due(days, meets):
    assert follow_up.meets_schedule(TODAY + timedelta(days=days), TODAY) is meets


# --- Evaluation -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "who", "refused"),
    [
        ((LOCKED, TO_EVALUATE), actor(DAVID), None),
        ((LOCKED,), actor(DAVID), "process.evaluation_summoned_or_followed_up"),
        ((LOCKED, TO_EVALUATE), STRANGER, OUTSIDE),
        ((LOCKED, TO_EVALUATE, EVALUATED), actor(DAVID), "evaluation.begun"),
        ((LOCKED, TO_EVALUATE, voided(EVALUATED)), actor(DAVID), None),
    ],
)
def test_an_evaluation_is_begun_once(held, who, refused):
    refusal = evaluation.begin_evaluation_refusal(facts(*held), who)
    assert said(refusal) == refused
    assert refused != "evaluation.begun" or refusal.who_can == rules.write_then(EVALUATED)


@pytest.mark.parametrize(
    ("text", "attendance", "met_on", "refused"),
    [
        ("Bra", [Attendance.ATTENDED], None, None),
        ("Bra", [Attendance.ABSENT, Attendance.ATTENDED], TODAY, None),
        (" ", [Attendance.ATTENDED], None, "evaluation.text_missing text"),
        ("Bra", [Attendance.ABSENT], None, "evaluation.nobody_decided"),
        ("Bra", [], TODAY, "evaluation.nobody_attended"),
    ],
)
def test_what_is_missing_in_an_evaluation(text, attendance, met_on, refused):
    assert said(evaluation.evaluation_gap_refusal(text, attendance, met_on)) == refused


@pytest.mark.parametrize(
    ("held", "who", "refused"),
    [
        ((LOCKED, EVALUATION_SIGNED), actor(), None),
        ((LOCKED, EVALUATION_SIGNED), actor(DAVID), NOT_HER),
        ((LOCKED,), actor(), "evaluation.not_signed"),
        ((LOCKED, EVALUATED), actor(), "evaluation.not_signed"),
        ((LOCKED, EVALUATION_LOCKED), actor(), "evaluation.not_signed"),
        ((LOCKED, document(Part.EVALUATION, V.SIGNED, V.OPEN)), actor(), "evaluation.open"),
        ((UNLOCKED, EVALUATION_SIGNED), actor(), "evaluation.plan_opened"),
        ((LOCKED, EVALUATION_SIGNED, FOLLOWED), actor(), "document.followed_up"),
        ((LOCKED, EVALUATION_SIGNED, REPORTED), actor(), None),
    ],
)
def test_the_coordinator_locks_a_signed_evaluation(held, who, refused):
    assert said(evaluation.lock_evaluation_refusal(facts(*held), who)) == refused


@pytest.mark.parametrize(
    ("held", "reason", "status", "who", "refused"),
    [
        ((EVALUATED,), "", CaseStatus.ACTIVE, actor(), None),
        ((EVALUATED,), "", CaseStatus.ACTIVE, actor(DAVID), NOT_HER),
        ((), "", CaseStatus.ACTIVE, actor(), "evaluation.none"),
        ((EVALUATION_LOCKED,), EndReason.EVALUATED, CaseStatus.ENDED, actor(), None),
        ((EVALUATION_LOCKED,), EndReason.EVALUATED, CaseStatus.ENDED, actor(DAVID), NOT_HER),
        ((EVALUATION_LOCKED,), EndReason.MOVED, CaseStatus.ENDED, actor(), OVER),
        ((EVALUATED,), EndReason.EVALUATED, CaseStatus.ACTIVE, actor(), None),
    ],
)
def test_an_evaluation_is_voided_also_when_it_ended_the_case(held, reason, status, who, refused):
    found = facts(LOCKED, *held, of=whole_case(status=status, end_reason=reason))
    assert said(evaluation.void_evaluation_refusal(found, who)) == refused
