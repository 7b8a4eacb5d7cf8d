"""Who may decide where people work and what they may do."""

from datetime import date

import pytest

from samordna.assignments import rules
from samordna.assignments.rules import Period
from samordna.assignments.states import Profession


def day(number: int) -> date:
    return date(2026, 11, number)


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (Period(day(1)), Period(day(20)), True),
        (Period(day(1), day(5)), Period(day(5), day(9)), True),
        (Period(day(1), day(4)), Period(day(5), day(9)), False),
        (Period(day(6)), Period(day(1), day(5)), False),
        (Period(day(2), day(3)), Period(day(1), day(9)), True),
    ],
)
def test_periods_meet_both_ways(one, other, meets):
    assert one.meets(other) == other.meets(one) == meets


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, None),
        ({"unit_open": False}, "assignment.closed_unit"),
        ({"unit_external": True}, "assignment.external_unit"),
        ({"meets_same": True}, "assignment.twice"),
        ({"period": Period(day(5), day(4))}, "assignment.ends_first"),
    ],
)
def test_where_somebody_can_work(facts, code):
    usual = {"period": Period(day(1)), "unit_open": True, "unit_external": False, "meets_same": False}
    values = {**usual, **facts}
    refusal = rules.assignment_refusal(values.pop("period"), **values)
    assert (refusal and refusal.code) == code


def test_the_end_of_an_assignment():
    period = Period(day(5))
    own, another = {"is_own_present": True, "today": day(5)}, {"is_own_present": False, "today": day(5)}
    assert rules.end_refusal(period, day(5), **another) is None
    assert rules.end_refusal(period, day(4), **another).code == "assignment.ends_first"
    assert rules.end_refusal(period, day(5), **own).code == "assignment.own_present"
    later = {"is_own_present": False, "today": day(8)}
    assert rules.end_refusal(period, day(6), **later).code == "assignment.past_day"
    assert rules.end_refusal(period, day(6), **later, in_a_file=True) is None
    ended = Period(day(5), day(6))
    for last in (day(9), None):
        assert rules.end_refusal(ended, last, **later, in_a_file=True).code == "assignment.has_ended"


@pytest.mark.parametrize(
    ("administers", "profession", "same_unit", "may"),
    [
        (True, Profession.OTHER, False, True),
        (False, Profession.HEADMASTER, True, True),
        (False, Profession.HEADMASTER, False, False),
        (False, Profession.UNIT_MANAGER, True, False),
    ],
)
def test_who_appoints_by_name(administers, profession, same_unit, may):
    refusal = rules.appoint_refusal(administers=administers, profession=profession, same_unit=same_unit)
    assert (refusal is None) == may


def test_what_opens_everything_is_only_for_those_who_administer_everything():
    for rule in (rules.password_refusal, rules.close_user_refusal):
        assert rule(is_own=False, all_within_scope=True) is None
        assert rule(is_own=False, all_within_scope=False).code == "user.wider_than_scope"
        assert rule(is_own=True, all_within_scope=True) is not None


def test_system_roles():
    assert rules.grant_refusal(Period(day(1)), has_same=False, may_give=True) is None
    assert rules.grant_refusal(Period(day(1)), has_same=True, may_give=True).code == "role.twice"
    assert rules.end_grant_refusal(is_own=True, may_give=True).code == "role.own"
    assert rules.end_grant_refusal(is_own=False, may_give=True) is None
