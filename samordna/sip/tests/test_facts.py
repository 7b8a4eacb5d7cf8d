"""How much of a case a unit may see, and which of a part counts now: tables of facts written by hand (L-02, V-70)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from samordna.cases.states import Access, CaseStatus, LeftReason
from samordna.cases.tests.facts import ELSEWHERE, HERE, HOUR, THERE, case, period, turn
from samordna.casework.file.facts import EARLIER, HISTORY, known_to, seen_by, shows
from samordna.documents.states import VersionStatus as V
from samordna.messaging.states import Answer, MessageStatus
from samordna.sip.facts import Progress
from samordna.sip.states import Part
from samordna.sip.tests.facts import (
    accepted,
    acknowledged,
    at_hour,
    delivery,
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

DRAFT, VOIDED, TAKEN_BACK = MessageStatus.DRAFT, MessageStatus.VOIDED, MessageStatus.TAKEN_BACK
LEFT_AT = at_hour(5)
REMOVED = {"until": LEFT_AT, "why": LeftReason.REMOVED}
OTHERS = (period(HERE), period(ELSEWHERE))
# How the unit that looks stands in the case.
STANDS = {
    "whole": case(*OTHERS, period(THERE)),
    "invited": case(*OTHERS, period(THERE, Access.INVITED)),
    "informed": case(*OTHERS, period(THERE, Access.INFORMED)),
    "left": case(*OTHERS, period(THERE, **REMOVED)),
    "denied": case(*OTHERS, period(THERE, Access.INVITED, until=LEFT_AT, why=LeftReason.DENIED)),
    "never": case(*OTHERS),
}
EVERYONE = {"whole", "invited", "informed", "left", "denied"}


def sent(*deliveries, **changes):
    return message(Part.INFORMATION, *deliveries, **changes)


@pytest.mark.parametrize(
    ("one", "see"),
    [
        # Drafts are seen by the unit that writes them, while it takes part.
        (sent(status=DRAFT, unit_id=THERE), {"whole", "invited", "informed"}),
        (sent(status=DRAFT), set()),
        (sent(status=DRAFT, unit_id=ELSEWHERE), set()),
        # What was taken back, by the unit that sent it.
        (sent(status=TAKEN_BACK, unit_id=THERE), EVERYONE),
        (sent(delivery(), status=TAKEN_BACK), set()),
        # What was sent: all of it in the whole case, else what came to the unit or from it.
        (sent(delivery(ELSEWHERE)), {"whole"}),
        (sent(delivery()), EVERYONE),
        (sent(delivery(), status=VOIDED), EVERYONE),
        (sent(ended(delivery())), EVERYONE),
        (sent(delivery(ELSEWHERE), unit_id=THERE), EVERYONE),
        # And of a unit that has left what was sent until then, and nothing after it.
        (sent(delivery(), sent_at=LEFT_AT), EVERYONE),
        (sent(delivery(), sent_at=LEFT_AT + timedelta(seconds=1)), {"whole", "invited", "informed"}),
        (sent(unit_id=THERE, sent_at=LEFT_AT + timedelta(seconds=1)), {"whole", "invited", "informed"}),
    ],
)
def test_which_messages_a_unit_sees(one, see):
    assert {how for how, of in STANDS.items() if seen_by(facts(one, of=of), THERE).messages} == see


def test_a_message_is_seen_as_it_stood_when_the_unit_left():
    answered, later = accepted(answered_at=LEFT_AT), accepted(ELSEWHERE, answered_at=LEFT_AT + HOUR)
    one = sent(answered, later)
    assert seen_by(facts(one, of=STANDS["whole"]), THERE).messages == (one,)
    (seen,) = seen_by(facts(one, of=STANDS["left"]), THERE).messages
    assert [one.answer for one in seen.deliveries] == [Answer.ACCEPTED, None]


SIGNED_LATE = version(V.SIGNED, 2, signed_at=LEFT_AT + HOUR)


@pytest.mark.parametrize(
    ("one", "how", "editions"),
    [
        (document(Part.PLAN, V.SIGNED, V.OPEN), "whole", 2),
        (document(Part.PLAN, V.SIGNED, V.OPEN), "left", 1),
        (document(Part.PLAN, version(V.SIGNED, signed_at=LEFT_AT), SIGNED_LATE), "left", 1),
        (document(Part.PLAN, V.SIGNED), "denied", None),
        (document(Part.PLAN, V.SIGNED), "invited", None),
        (document(Part.PLAN, V.SIGNED), "informed", None),
        (document(Part.PLAN, V.SIGNED), "never", None),
        (document(Part.PLAN, V.OPEN), "left", None),
        (document(Part.PLAN, SIGNED_LATE), "left", None),
    ],
)
def test_which_editions_a_unit_sees(one, how, editions):
    seen = seen_by(facts(one, of=STANDS[how]), THERE).documents
    assert [len(kept.versions) for kept in seen] == ([] if editions is None else [editions])


def test_who_takes_part_is_told_to_those_in_the_whole_case():
    one = sent(delivery())
    for how, of in STANDS.items():
        known = known_to(facts(one, of=of), THERE)
        own = {} if how == "never" else {THERE}
        assert {p.unit_id for p in known.case.participations} == (
            {HERE, ELSEWHERE, THERE} if how == "whole" else {*own}
        )
        assert known.messages == seen_by(facts(one, of=of), THERE).messages


PLAN = document(Part.PLAN, V.SIGNED)
NEWS = sent(informed())


@pytest.mark.parametrize(
    ("how", "held", "places"),
    [
        ("never", (PLAN, NEWS), set()),
        ("whole", (), {Part.PLAN, Part.INFORMATION, HISTORY, f"{EARLIER}1"}),
        ("informed", (PLAN, NEWS), {Part.INFORMATION}),
        ("left", (PLAN, NEWS), {Part.PLAN, Part.INFORMATION, HISTORY, f"{EARLIER}{PLAN.versions[0].id}"}),
        ("left", (), set()),
    ],
)
def test_where_a_unit_has_something_to_read(how, held, places):
    seen = seen_by(facts(*held, of=STANDS[how]), THERE)
    every = {Part.PLAN, Part.INFORMATION, HISTORY, f"{EARLIER}1", f"{EARLIER}{PLAN.versions[0].id}"}
    asked = every if how != "whole" else places
    assert {place for place in asked if shows(seen, THERE, place)} == places


# --- Which of a part counts -----------------------------------------------------------------------------------------

SUMMONS = message(Part.SUMMONS, acknowledged())
SECOND = whole_case(rounds=(turn(1), turn(2)))
ENDED = whole_case(status=CaseStatus.ENDED)


def called(number, status=MessageStatus.SENT, **changes):
    return replace(message(Part.SUMMONS, status=status), id=UUID(int=number), **changes)


@pytest.mark.parametrize(
    ("held", "counts", "sent"),
    [
        ((), None, None),
        ((called(1, DRAFT), called(2), called(3, VOIDED)), 2, 2),
        ((called(1, VOIDED), called(2, DRAFT), called(3, VOIDED)), 2, None),
        ((called(1, VOIDED), called(2, TAKEN_BACK)), 2, None),
        ((called(1), called(2)), 2, 2),
        ((called(1, round_number=2),), None, None),
    ],
)
def test_the_message_of_a_part(held, counts, sent):
    found = facts(*held)
    assert (found.message_of(Part.SUMMONS) and found.message_of(Part.SUMMONS).id.int) == counts
    assert (found.sent(Part.SUMMONS) and found.sent(Part.SUMMONS).id.int) == sent
    assert found.message_of(Part.INITIATIVE) is None


def test_the_draft_of_a_unit_is_its_last():
    first, last = called(1, DRAFT), called(2, DRAFT)
    found = facts(first, last, called(3, DRAFT, unit_id=THERE), called(4))
    assert found.draft_at(Part.SUMMONS, HERE) == last
    assert found.draft_at(Part.SUMMONS, ELSEWHERE) is None
    assert found.draft_at(Part.INITIATIVE, HERE) is None


def written(number, *states, gone=False, **changes):
    one = replace(document(Part.PLAN, *states), id=UUID(int=number), **changes)
    return voided(one) if gone else one


@pytest.mark.parametrize(
    ("held", "counts", "stands"),
    [
        ((), None, None),
        ((written(1, V.SIGNED), written(2, V.SIGNED, gone=True)), 1, 1),
        ((written(1, V.SIGNED, gone=True), written(2, V.SIGNED, gone=True)), 2, None),
        ((written(1, V.SIGNED), written(2, V.SIGNED)), 2, 2),
        ((written(1, V.SIGNED, round_number=2),), None, None),
    ],
)
def test_the_document_of_a_part(held, counts, stands):
    found = facts(*held)
    assert (found.document_of(Part.PLAN) and found.document_of(Part.PLAN).id.int) == counts
    assert (found.standing(Part.PLAN) and found.standing(Part.PLAN).id.int) == stands
    assert found.document_of(Part.SBAR) is None


def test_what_is_found_by_its_id():
    found = facts(SUMMONS, PLAN)
    assert found.message(SUMMONS.id) == SUMMONS
    assert found.document(PLAN.id) == PLAN
    assert found.message(PLAN.id) is None
    assert found.document(SUMMONS.id) is None


def test_units_outside_are_those_that_something_sent_stands_at():
    found = facts(
        message(Part.INITIATIVE, outside(20), ended(outside(21)), delivery()),
        message(Part.SUMMONS, outside(22), status=VOIDED),
    )
    assert found.outside == {20: "Försäkringskassan"}


def test_the_meeting_is_that_of_the_summons_that_stands():
    meeting = met()
    assert facts(SUMMONS, meetings=[(SUMMONS, meeting)]).meeting_of(Part.SUMMONS) == meeting
    assert facts(SUMMONS).meeting_of(Part.SUMMONS) is None
    gone = replace(SUMMONS, status=VOIDED)
    assert facts(gone, meetings=[(gone, meeting)]).meeting_of(Part.SUMMONS) is None


# --- The plan that holds --------------------------------------------------------------------------------------------

LOCKED = document(Part.PLAN, V.LOCKED)
OPENED = document(
    Part.PLAN, version(V.SIGNED, locked_at=at_hour(2), unlocked_at=at_hour(3)), version(V.OPEN, 2)
)
REPLACED = document(Part.PLAN, V.REPLACED)
NEW = document(Part.PLAN, V.OPEN, round_number=2)
NEW_LOCKED = document(Part.PLAN, V.LOCKED, round_number=2)


@pytest.mark.parametrize(
    ("held", "of", "holds", "edition", "followed", "renews"),
    [
        ((), whole_case(), None, None, 1, False),
        ((PLAN,), whole_case(), None, None, 1, False),
        ((LOCKED,), whole_case(), 0, 0, 1, False),
        ((OPENED,), whole_case(), None, None, 1, False),
        # In a case that is over the one that was locked last, also when it was opened since.
        ((OPENED,), ENDED, 0, 0, 1, False),
        ((voided(OPENED),), ENDED, None, None, 1, False),
        ((REPLACED,), ENDED, None, None, 1, False),
        ((LOCKED, NEW), SECOND, 0, 0, 1, True),
        ((REPLACED, NEW_LOCKED), SECOND, 1, 0, 2, False),
        ((NEW,), SECOND, None, None, 2, False),
        ((LOCKED, NEW_LOCKED), SECOND, 1, 0, 2, False),
        ((replace(LOCKED, kind=Part.EVALUATION),), whole_case(), None, None, 1, False),
    ],
)
def test_which_plan_holds(held, of, holds, edition, followed, renews):
    found = facts(*held, of=of)
    plan = None if holds is None else held[holds]
    assert found.valid_plan == plan
    assert found.holding_version == (None if plan is None else plan.versions[edition])
    assert (found.followed_round, found.renewing) == (followed, renews)
    assert found.result == ("" if plan is None else Part.PLAN)
    assert found.settled(Part.PLAN) is (plan is not None)
    assert not found.settled(Part.FOLLOW_UP)


@pytest.mark.parametrize(
    ("part", "number"),
    [
        (Part.INITIATIVE, None),
        (Part.INFORMATION, None),
        (Part.SBAR, None),
        (Part.SUMMONS, 2),
        (Part.PLAN, 2),
        (Part.FOLLOW_UP, 1),
        (Part.EVALUATION_SUMMONS, 1),
        (Part.EVALUATION, 1),
    ],
)
def test_of_which_round_a_part_counts_while_a_new_plan_is_made(part, number):
    assert facts(LOCKED, NEW, of=SECOND).round_of(part) == number


def test_the_version_that_readers_are_told_of():
    assert facts(LOCKED).standing_version(Part.PLAN) == LOCKED.versions[0]
    assert facts(PLAN).standing_version(Part.PLAN) == PLAN.versions[0]
    assert facts().standing_version(Part.PLAN) is None
    # Of a case that is over the plan that held then, whatever was being written beside it.
    both = (LOCKED, document(Part.PLAN, V.SIGNED, round_number=2))
    assert facts(*both, of=SECOND).standing_version(Part.PLAN) == both[1].versions[0]
    over = replace(SECOND, status=CaseStatus.ENDED)
    assert facts(*both, of=over).standing_version(Part.PLAN) == LOCKED.versions[0]
    assert facts(PLAN, of=ENDED).standing_version(Part.PLAN) == PLAN.versions[0]
    evaluated = document(Part.EVALUATION, V.SIGNED)
    assert facts(LOCKED, evaluated, of=ENDED).standing_version(Part.EVALUATION) == evaluated.versions[0]


def test_gaps_are_those_of_the_edition_that_is_signed():
    signed = document(Part.PLAN, V.SIGNED, V.OPEN)
    counted = {signed.versions[0].id: 2, signed.versions[1].id: 9}
    assert facts(signed, gaps=counted).plan_gaps == 2
    assert facts(signed).plan_gaps == 0
    assert facts(gaps=counted).plan_gaps == 0
    assert facts(document(Part.PLAN, V.OPEN), gaps=counted).plan_gaps == 0


def test_a_survey_is_held_when_it_is_signed():
    assert facts(document(Part.SBAR, V.SIGNED)).holds_sbar
    assert not facts(document(Part.SBAR, V.OPEN)).holds_sbar
    assert not facts().holds_sbar
    assert not facts(voided(document(Part.SBAR, V.SIGNED))).holds_sbar


@pytest.mark.parametrize(
    ("summons", "written", "day", "over"),
    [
        (Part.SUMMONS, None, None, False),
        (Part.SUMMONS, None, date(2026, 5, 13), True),
        (Part.SUMMONS, None, date(2026, 5, 15), False),
        (Part.SUMMONS, document(Part.PLAN, V.SIGNED), date(2026, 5, 15), True),
        (Part.SUMMONS, document(Part.PLAN, V.OPEN), date(2026, 5, 15), False),
        (Part.SUMMONS, document(Part.EVALUATION, V.SIGNED), None, False),
        (Part.EVALUATION_SUMMONS, document(Part.EVALUATION, V.SIGNED), None, True),
        (Part.EVALUATION_SUMMONS, document(Part.PLAN, V.SIGNED), None, False),
    ],
)
def test_whether_it_is_too_late_to_be_told_of_a_meeting(summons, written, day, over):
    calls = message(summons, acknowledged())
    held = (calls, *([written] if written else []))
    found = facts(*held, meetings=[(calls, met(day))] if day else ())
    assert found.met(summons, met().starts_at) is over


def test_what_is_left_of_a_follow_up():
    assert Progress(1, 3).left == 2
    assert facts().follow_up_progress.left == 0
