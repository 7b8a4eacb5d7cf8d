"""When a session is over."""

from datetime import UTC, datetime, timedelta

import pytest

from samordna.accounts.rules import (
    SessionLimits,
    new_password_refusal,
    seconds_left,
    session_end,
    user_refusal,
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


def test_refusals_name_their_field():
    assert new_password_refusal(current_is_right=True, same_as_before=False) is None
    assert new_password_refusal(current_is_right=False, same_as_before=False).field == "current_password"
    assert new_password_refusal(current_is_right=True, same_as_before=True).field == "new_password"
    assert user_refusal(name_taken=False, hsa_id_taken=False) is None
    assert user_refusal(name_taken=True, hsa_id_taken=True).field == "username"
    assert user_refusal(name_taken=False, hsa_id_taken=True).field == "hsa_id"
