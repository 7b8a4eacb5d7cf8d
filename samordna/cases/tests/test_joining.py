"""Whether two cases are one person's: asked, said yes to by each side, declined, settled, undone (L-01)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from samordna.assignments.queries import colleague
from samordna.cases import commands, joining
from samordna.cases.models import JoinRequest
from samordna.cases.states import JoinStatus
from samordna.cases.tests.conftest import facts
from samordna.people.models import Person
from samordna.people.states import Protection
from samordna.sip.tests import factories as f

pytestmark = pytest.mark.requirement("L-01")
AT = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE, OTHER_DUE = AT + 24 * HOUR, AT + 48 * HOUR


@pytest.fixture
def other_id(county):
    return f.new_case(county.david)


def ask(case_id, other_id, who, at=AT):
    return joining.ask(
        case_id=case_id,
        other_case_id=other_id,
        keep_case_id=other_id,
        kind="PERSONAL",
        number="196101242797",
        due=(DUE, OTHER_DUE),
        actor=who.anna,
        at=at,
    )


def test_a_question_waits_in_both_cases(case_id, other_id, county, who):
    third = f.new_case(county.eva)
    assert joining.waiting_join(case_id) is None
    join_id = ask(case_id, other_id, who)
    waiting = joining.waiting_join(case_id)
    assert waiting == joining.waiting_join(other_id)
    assert (waiting.id, waiting.case_id, waiting.other_case_id, waiting.keep_case_id) == (
        join_id,
        case_id,
        other_id,
        other_id,
    )
    assert (waiting.kind, waiting.number, waiting.due_at, waiting.other_due_at) == (
        "PERSONAL",
        "196101242797",
        DUE,
        OTHER_DUE,
    )
    assert (waiting.asked_at, waiting.asked_by_name, waiting.asked_unit_name) == (
        AT,
        "Anna Lindqvist",
        "Hemtjänsten Norr",
    )
    assert JoinRequest.objects.get().asked_by_id == who.anna.user_id
    assert (waiting.agreed_by_name, waiting.other_agreed_by_name, waiting.version) == ("", "", 1)
    assert joining.waiting_join(third) is None
    assert joining.answered_joins(case_id) == ()


def agree(case_id, actor, *, keep, to="these two", at=AT):
    join = joining.waiting_join(case_id)
    joining.agree(join, for_cases=[case_id], keep_case_id=keep, to=to, actor=actor, at=at)
    return JoinRequest.objects.get()


def said(row):
    return {
        act: tuple(getattr(row, f"{act}_{what}") for what in ("at", "by_id", "by_name", "to"))
        for act in ("agreed", "other_agreed")
    }


NOTHING = (None, None, "", "")


def test_each_side_says_yes_to_the_same(case_id, other_id, who):
    ask(case_id, other_id, who)
    row = agree(case_id, who.anna, keep=case_id, at=AT + HOUR)
    own = (AT + HOUR, who.anna.user_id, "Anna Lindqvist", "these two")
    assert said(row) == {"agreed": own, "other_agreed": NOTHING}
    assert (row.keep_case_id, row.version) == (case_id, 2)
    row = agree(other_id, who.david, keep=case_id, at=AT + 2 * HOUR)
    theirs = (AT + 2 * HOUR, who.david.user_id, "David Holm", "these two")
    assert said(row) == {"agreed": own, "other_agreed": theirs}
    assert row.version == 3


@pytest.mark.parametrize("first", ["own", "other"])
def test_who_said_yes_to_something_else_must_say_it_anew(case_id, other_id, who, first):
    ask(case_id, other_id, who)
    sides = [(case_id, who.anna), (other_id, who.david)]
    (one, by), (two, by_two) = sides if first == "own" else sides[::-1]
    agree(one, by, keep=case_id, to="these two")
    row = agree(two, by_two, keep=case_id, to="another two")
    mine, theirs = ("agreed", "other_agreed") if first == "own" else ("other_agreed", "agreed")
    assert said(row)[mine][:3] == NOTHING[:3]
    assert said(row)[theirs] == (AT, by_two.user_id, by_two.user_name, "another two")


def test_one_who_coordinates_both_says_yes_for_both(case_id, other_id, who):
    ask(case_id, other_id, who)
    join = joining.waiting_join(case_id)
    joining.agree(
        join, for_cases=[case_id, other_id], keep_case_id=case_id, to="these two", actor=who.anna, at=AT
    )
    yes = (AT, who.anna.user_id, "Anna Lindqvist", "these two")
    assert said(JoinRequest.objects.get()) == {"agreed": yes, "other_agreed": yes}


@pytest.mark.parametrize("side", ["own", "other"])
def test_whoever_coordinates_from_now_on_has_not_said_yes(case_id, other_id, county, who, side):
    ask(case_id, other_id, who)
    for one, by in ((case_id, who.anna), (other_id, who.david)):
        agree(one, by, keep=case_id)
    changed, act, kept = (
        (case_id, "agreed", "other_agreed") if side == "own" else (other_id, "other_agreed", "agreed")
    )
    before = said(JoinRequest.objects.get())
    to = colleague(county.bertil.pk, AT)
    commands.change_coordinator(case_id=changed, to=to, actor=who.anna, at=AT + HOUR)
    assert said(JoinRequest.objects.get()) == {act: NOTHING, kept: before[kept]}


def test_what_was_answered_is_not_taken_back(case_id, other_id, who):
    ask(case_id, other_id, who)
    agree(case_id, who.anna, keep=case_id)
    joining.settle(JoinRequest.objects.get().pk, change_id=UUID(int=7))
    before = said(JoinRequest.objects.get())
    joining.take_back(case_id)
    assert said(JoinRequest.objects.get()) == before


def test_a_no_is_read_in_both_cases(case_id, other_id, who):
    ask(case_id, other_id, who)
    joining.decline(joining.waiting_join(case_id), reason="Två syskon", actor=who.david, at=AT + HOUR)
    row = JoinRequest.objects.get()
    assert (row.status, row.declined_at, row.declined_by_id, row.declined_by_name, row.version) == (
        JoinStatus.DECLINED,
        AT + HOUR,
        who.david.user_id,
        "David Holm",
        2,
    )
    assert joining.waiting_join(case_id) is None
    for one in (case_id, other_id):
        (answered,) = joining.answered_joins(one)
        assert (answered.status, answered.asked_at, answered.asked_by_name, answered.decline_reason) == (
            JoinStatus.DECLINED,
            AT,
            "Anna Lindqvist",
            "Två syskon",
        )


@pytest.mark.requirement("L-04")
def test_who_asked_is_not_told_elsewhere_of_a_protected_person(case_id, other_id, who):
    ask(case_id, other_id, who)
    joining.decline(joining.waiting_join(case_id), reason="Nej", actor=who.david, at=AT)
    Person.objects.filter(pk=facts(case_id).person_id).update(protection=Protection.FICTITIOUS)
    assert [one.asked_by_name for one in joining.answered_joins(other_id)] == [""]
    assert [one.asked_by_name for one in joining.answered_joins(case_id)] == ["Anna Lindqvist"]


def test_questions_that_were_answered_stand_with_the_newest_first(case_id, other_id, county, who):
    third = f.new_case(county.eva)
    for number, (one, two) in enumerate([(case_id, other_id), (third, case_id), (third, other_id)]):
        ask(one, two, who, at=AT + number * HOUR)
        joining.settle(joining.waiting_join(one).id, change_id=UUID(int=number))
    assert [one.asked_at for one in joining.answered_joins(case_id)] == [AT + HOUR, AT]
    assert [one.asked_at for one in joining.answered_joins(other_id)] == [AT + 2 * HOUR, AT]


def test_an_act_that_is_undone_undoes_what_was_agreed(case_id, other_id, county, who):
    third, fourth = f.new_case(county.eva), f.new_case(county.frida)
    first, second = ask(case_id, other_id, who), ask(third, fourth, who)
    joining.settle(first, change_id=UUID(int=1))
    assert JoinRequest.objects.get(pk=second).status == JoinStatus.WAITING
    joining.settle(second, change_id=UUID(int=2))
    joining.undo(UUID(int=1))
    assert JoinRequest.objects.get(pk=first).status == JoinStatus.UNDONE
    agreed = JoinRequest.objects.get(pk=second)
    assert (agreed.status, agreed.change_id) == (JoinStatus.AGREED, UUID(int=2))
