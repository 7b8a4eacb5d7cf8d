"""What the existence door remembers: whose question, for how long it is answered, and for how long it counts (V-23)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from samordna.cases import asking
from samordna.cases.asking import ANSWERED_FOR, COUNTED_FOR, MOST_MISSES
from samordna.cases.models import ExistenceQuestion
from samordna.kernel.module import Module

AT = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
STEP = timedelta(microseconds=1)
NUMBER = "196101242797"
PERSON, CASE = UUID(int=1), UUID(int=2)


def note(actor, at=AT, *, number=NUMBER, person_id=PERSON, case_id=CASE, shown=True, standing=None):
    asking.note_question(
        actor=actor,
        number=number,
        module=Module.SIP,
        person_id=person_id,
        case_id=case_id,
        shown=shown,
        standing=standing,
        at=at,
    )


def standing(actor, at=AT, number=NUMBER):
    """As it is asked, and as it is held."""
    found = asking.standing_question(actor, number, Module.SIP, at)
    assert asking.hold_question(actor, number, Module.SIP, at) == found
    return found


def test_a_question_is_kept_with_what_was_answered(who):
    note(who.anna)
    row = ExistenceQuestion.objects.get()
    assert (row.user_id, row.unit_id, row.number, row.asked_at) == (
        who.anna.user_id,
        who.anna.unit_id,
        NUMBER,
        AT,
    )
    found = standing(who.anna)
    assert (found.id, found.person_id, found.case_id, found.shown) == (row.pk, PERSON, CASE, True)


@pytest.mark.parametrize(
    ("asked", "later", "stands"),
    [
        ("anna", ANSWERED_FOR - STEP, True),
        ("anna", ANSWERED_FOR, False),
        ("bertil", STEP, False),
        ("david", STEP, False),
    ],
)
def test_an_answer_stands_for_a_while_for_who_asked(who, asked, later, stands):
    note(who.anna)
    assert (standing(getattr(who, asked), AT + later) is not None) is stands


def test_an_answer_is_to_one_number_at_one_unit(who, county):
    from dataclasses import replace  # noqa: PLC0415

    note(who.anna)
    assert asking.standing_question(who.anna, NUMBER, Module.SPU, AT) is None
    assert standing(who.anna, number="196101242798") is None
    assert standing(replace(who.anna, unit_id=county.social.pk)) is None


def test_the_last_question_is_the_one_that_stands(who):
    note(who.anna, shown=False)
    note(who.anna, at=AT + STEP, shown=True)
    note(who.anna, at=AT + STEP, shown=False, person_id=None)
    assert standing(who.anna, AT + STEP).person_id is None
    ExistenceQuestion.objects.filter(person_id=None).update(asked_at=AT)
    assert standing(who.anna, AT + STEP).shown


def test_what_is_answered_anew_is_the_same_question(who):
    note(who.anna, person_id=None, case_id=None, shown=False)
    note(who.bertil, person_id=None, case_id=None, shown=False)
    first = standing(who.anna)
    note(who.anna, AT + STEP, standing=first)
    again = standing(who.anna, AT + STEP)
    assert (again.id, again.person_id, again.case_id, again.shown) == (first.id, PERSON, CASE, True)
    assert ExistenceQuestion.objects.get(pk=first.id).asked_at == AT
    assert standing(who.bertil).person_id is None
    assert ExistenceQuestion.objects.count() == 2


def test_that_a_person_was_shown_is_noted_of_the_question(who):
    note(who.anna, shown=False)
    note(who.bertil, shown=False)
    asking.note_shown(standing(who.anna))
    assert (standing(who.anna).shown, standing(who.bertil).shown) == (True, False)


def test_questions_are_counted_for_an_hour_whatever_they_are_about(who):
    note(who.anna)
    note(who.anna, number="196101242798")
    note(who.bertil)
    assert asking.questions_within_the_hour(who.anna, AT + COUNTED_FOR - STEP) == 2
    assert asking.questions_within_the_hour(who.anna, AT + COUNTED_FOR) == 0


def test_after_five_wrong_names_the_answer_stands_no_longer(who):
    note(who.anna)
    note(who.bertil)
    question = standing(who.anna)
    assert [asking.count_miss(question) for _miss in range(MOST_MISSES)] == [False] * 4 + [True]
    assert standing(who.anna) is None
    assert standing(who.bertil) is not None


def test_a_question_that_counts_no_longer_is_forgotten_after_a_day(who):
    note(who.anna)
    note(who.anna, AT + STEP)
    day = timedelta(days=1)
    assert asking.forget_questions(at=AT + day) == 0
    assert asking.forget_questions(at=AT + day + STEP) == 1
    assert ExistenceQuestion.objects.get().asked_at == AT + STEP


def test_a_users_questions_follow_each_other(who, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        asking.hold_asker(who.anna)
    assert "accounts_user" in asked[0]["sql"]
    assert str(who.anna.user_id) in asked[0]["sql"]
