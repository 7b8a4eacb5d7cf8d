"""What a case tells of who takes part, sees and acts: tables of facts written by hand, without a database."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from samordna.cases.facts import JoinFacts, KnownPerson, Reach
from samordna.cases.seeing import NOBODY, NOW, PersonSeen, listed_at, person_seen_by
from samordna.cases.states import Access, CaseStatus, LeftReason
from samordna.cases.tests.facts import (
    ANNA,
    CASE,
    ELSEWHERE,
    HERE,
    HOUR,
    NOON,
    PERSON,
    THERE,
    case,
    handler,
    period,
    turn,
)

FULL, INVITED, INFORMED = Access.FULL, Access.INVITED, Access.INFORMED
LEFT = {"until": NOON + HOUR, "why": LeftReason.REMOVED}
KNOWN = KnownPerson(PERSON, "Karl-Erik Wallin", "19610124-2797")


@pytest.mark.parametrize(
    ("status", "active"), [(CaseStatus.ACTIVE, True), (CaseStatus.ENDED, False), (CaseStatus.VOIDED, False)]
)
def test_a_case_goes_on_until_it_is_ended(status, active):
    assert case(status=status).active is active


@pytest.mark.parametrize(
    ("rounds", "present"),
    [
        ((turn(1),), 1),
        ((turn(1), turn(2)), 2),
        ((turn(1), turn(2, NOON)), 1),
        ((turn(1), turn(2, NOON), turn(3)), 3),
    ],
)
def test_the_present_round_is_the_last_that_is_not_cancelled(rounds, present):
    assert case(rounds=rounds).round_number == present


def test_age_goes_by_the_number():
    assert case(born=date(2008, 5, 14)).age_on(date(2026, 5, 13)) == 17
    assert case(born=date(2008, 5, 14)).age_on(date(2026, 5, 14)) == 18
    assert case().age_on(date(2026, 5, 14)) is None


@pytest.mark.parametrize(
    ("periods", "reach"),
    [
        ([], None),
        ([period(THERE)], Reach(FULL, None)),
        ([period(THERE, INVITED)], Reach(INVITED, None)),
        ([period(THERE, **LEFT)], Reach(FULL, NOON + HOUR)),
        # The open one, whichever comes first; else the last.
        ([period(THERE, INVITED, **LEFT), period(THERE, since=NOON + HOUR)], Reach(FULL, None)),
        (
            [period(THERE), period(THERE, INVITED, since=NOON + HOUR, until=NOON + 2 * HOUR)],
            Reach(FULL, None),
        ),
        (
            [period(THERE, INFORMED, since=NOON + HOUR, until=NOON + 2 * HOUR), period(THERE, **LEFT)],
            Reach(INFORMED, NOON + 2 * HOUR),
        ),
        # Taken back unopened, it never took part.
        ([period(THERE, INVITED, until=NOON, why=LeftReason.TAKEN_BACK)], None),
        ([period(THERE, INVITED, until=NOON, why=LeftReason.DENIED)], Reach(INVITED, NOON)),
    ],
)
def test_how_far_a_unit_sees(periods, reach):
    found = case(period(HERE), *periods)
    assert found.reach_of(THERE) == reach


@pytest.mark.parametrize(
    ("reach", "full"),
    [
        (Reach(FULL, None), True),
        (Reach(FULL, NOON), False),
        (Reach(INVITED, None), False),
        (Reach(INFORMED, None), False),
    ],
)
def test_the_whole_case_is_seen_by_who_takes_part_in_it_still(reach, full):
    assert reach.full is full


def test_who_watches_the_case_at_a_unit():
    found = case(handlers=(handler(HERE, valid=False), handler(THERE)))
    assert found.handler_at(HERE).unit_id == HERE
    assert found.handler_at(ELSEWHERE) is None
    assert [found.watched_at(unit) for unit in (HERE, THERE, ELSEWHERE)] == [False, True, False]


MANY = case(
    period(HERE),
    period(THERE, unit_closed=True, lies_within=frozenset({80, THERE})),
    period(ELSEWHERE, INVITED, lies_within=frozenset({90})),
    period(10, **LEFT, unit_closed=True, lies_within=frozenset({100})),
    period(11, INFORMED, lies_within=frozenset({110})),
)


def test_the_units_of_the_whole_case_and_those_where_somebody_can_act():
    assert MANY.full_unit_ids == (HERE, THERE)
    assert MANY.working_unit_ids == (HERE,)
    assert [unit for unit in (HERE, THERE, ELSEWHERE, 10, 11, 12) if MANY.closed_at(unit)] == [THERE]


@pytest.mark.parametrize(
    ("places", "covered"),
    [({80}, True), ({THERE, 5}, True), ({90}, False), ({100}, False), ({110}, False), (set(), False)],
)
def test_a_place_covers_the_units_of_the_whole_case_below_it(places, covered):
    assert MANY.covered_by(frozenset(places)) is covered


@pytest.mark.parametrize(
    ("unit", "of", "acts"),
    [
        (HERE, HERE, True),
        # The coordinator's unit acts for one that is closed or has left, and for nobody else.
        (HERE, THERE, True),
        (HERE, 10, True),
        (HERE, ELSEWHERE, True),
        (ELSEWHERE, ELSEWHERE, True),
        (THERE, HERE, False),
        (ELSEWHERE, 10, False),
    ],
)
def test_which_unit_does_what_another_was_to_do(unit, of, acts):
    assert MANY.acts_for(unit, of) is acts


def test_no_unit_acts_for_one_that_can_act():
    assert not case(period(HERE), period(THERE)).acts_for(HERE, THERE)


@pytest.mark.parametrize(
    ("user", "unit", "coordinates"),
    [(11, HERE, True), (11, THERE, False), (12, HERE, False), (12, THERE, False)],
)
def test_the_coordinator_is_one_person_at_one_unit(user, unit, coordinates):
    assert case().is_coordinator(user, unit) is coordinates


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize(
    ("user", "unit", "named"), [(11, HERE, True), (12, HERE, False), (11, THERE, False), (12, THERE, True)]
)
def test_a_protected_persons_case_is_read_by_those_named_at_their_unit(user, unit, named, protected):
    found = case(period(HERE), period(THERE), protected=protected, named_readers=((HERE, 11), (THERE, 12)))
    assert found.lets_read(user, unit) is (named or not protected)
    assert found.read_whole_by(user, unit) is (named or not protected)


def test_the_whole_is_read_at_units_that_take_part_in_the_whole_still():
    found = case(period(HERE), period(THERE, INVITED), period(ELSEWHERE, **LEFT))
    assert [found.read_whole_by(11, unit) for unit in (HERE, THERE, ELSEWHERE, 10)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_unit_with_a_named_reader_names_its_own():
    found = case(named_readers=((HERE, 11),))
    assert found.names_readers_at(HERE)
    assert not found.names_readers_at(THERE)


SEEN = PersonSeen(False, KNOWN)
OTHER = replace(KNOWN, person_id=UUID(int=99))


@pytest.mark.parametrize(
    ("periods", "changes", "seen", "listed"),
    [
        ([], {}, NOBODY, False),
        ([period(THERE)], {}, NOW, True),
        ([period(THERE, INVITED)], {}, NOW, True),
        ([period(THERE, INFORMED)], {}, NOBODY, False),
        ([period(THERE, INFORMED, known=KNOWN)], {}, SEEN, True),
        ([period(THERE, INFORMED, known=OTHER)], {}, NOBODY, False),
        ([period(THERE, known=KNOWN, **LEFT)], {}, SEEN, True),
        ([period(THERE, known=KNOWN, **LEFT)], {"protected": True}, SEEN, False),
        ([period(THERE, known=KNOWN)], {"status": CaseStatus.ENDED}, NOW, True),
        ([period(THERE, known=KNOWN)], {"status": CaseStatus.ENDED, "protected": True}, SEEN, True),
        ([period(THERE, known=KNOWN)], {"protected": True}, NOW, True),
        ([period(THERE, INVITED, known=KNOWN)], {"status": CaseStatus.ENDED}, SEEN, True),
    ],
)
def test_whom_a_unit_sees_and_whether_the_case_is_in_its_lists(periods, changes, seen, listed):
    found = case(period(HERE), *periods, **changes)
    assert person_seen_by(found, THERE) == seen
    assert seen.nobody is (seen == NOBODY)
    assert listed_at(found, THERE) is listed


def test_an_act_comes_after_what_was_logged_last():
    late = NOON.replace(year=9998)
    assert case(last_logged_at=late).moment_of_act(NOON) > late
    assert case().moment_of_act(NOON) == NOON


def test_a_question_has_two_sides():
    other = UUID(int=5)
    join = JoinFacts(
        id=UUID(int=6), case_id=CASE, other_case_id=other, keep_case_id=CASE, kind="PERSONAL", number="", asked_at=NOON,
        asked_by_name="", asked_unit_name="", due_at=NOON, other_due_at=NOON + HOUR, agreed_by_name="Anna",
        other_agreed_by_name="David", version=1,
    )  # fmt: skip
    sides = {one: (join.other_of(one), join.confirmed_by(one), join.due_for(one)) for one in (CASE, other)}
    assert sides == {CASE: (other, "Anna", NOON), other: (CASE, "David", NOON + HOUR)}
    assert ANNA.valid
