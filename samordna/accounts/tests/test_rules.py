"""When a session is over."""

from datetime import UTC, datetime, timedelta

import pytest

from samordna.accounts.rules import (
    SessionLimits,
    contact_changed,
    new_password_refusal,
    seconds_left,
    session_end,
    user_refusal,
    wrong_password_refusal,
)
from samordna.accounts.states import SessionEnd

LIMITS = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
BEGUN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("idle", "age", "why"),
    [
        (timedelta(0), timedelta(0), None),
        (timedelta(minutes=29, seconds=59), timedelta(hours=1), None),
        (timedelta(minutes=30), timedelta(hours=1), SessionEnd.IDLE),
        (timedelta(0), timedelta(hours=12), SessionEnd.ABSOLUTE),
        (timedelta(minutes=45), timedelta(hours=13), SessionEnd.ABSOLUTE),
    ],
)
def test_a_session_is_over_when_idle_or_old(idle, age, why):
    at = BEGUN + age
    assert session_end(begun_at=BEGUN, last_seen_at=at - idle, at=at, limits=LIMITS) == why


def test_what_ends_first_is_what_is_left():
    late = BEGUN + timedelta(hours=11, minutes=50)
    assert seconds_left(begun_at=BEGUN, last_seen_at=BEGUN, at=BEGUN, limits=LIMITS) == 30 * 60
    assert seconds_left(begun_at=BEGUN, last_seen_at=late, at=late, limits=LIMITS) == 10 * 60
    assert seconds_left(begun_at=BEGUN, last_seen_at=BEGUN, at=late, limits=LIMITS) == 0


@pytest.mark.parametrize(
    ("rule", "given", "told"),
    [
        (new_password_refusal, {"current_is_right": True, "same_as_before": False}, None),
        (
            new_password_refusal,
            {"current_is_right": False, "same_as_before": True},
            ("password.current_wrong", "current_password"),
        ),
        (
            new_password_refusal,
            {"current_is_right": True, "same_as_before": True},
            ("password.same", "new_password"),
        ),
        (wrong_password_refusal, {"is_right": True, "locked_until": BEGUN}, None),
        (wrong_password_refusal, {"is_right": False, "locked_until": None}, ("password.wrong", "password")),
        (wrong_password_refusal, {"is_right": False, "locked_until": BEGUN}, ("password.locked", "password")),
        (user_refusal, {"name_taken": False, "hsa_id_taken": False}, None),
        (user_refusal, {"name_taken": True, "hsa_id_taken": True}, ("user.name_taken", "username")),
        (user_refusal, {"name_taken": False, "hsa_id_taken": True}, ("user.hsa_id_taken", "hsa_id")),
        (contact_changed, {}, ("user.contact_changed", "")),
    ],
)
def test_refusals_say_why_and_name_their_field(rule, given, told):
    refusal = rule(**given)
    assert (refusal and (refusal.code, refusal.field)) == told


def test_who_is_stopped_for_a_while_is_told_until_when():
    stopped = wrong_password_refusal(is_right=False, locked_until=BEGUN)
    assert "07.00" in str(stopped.message)
