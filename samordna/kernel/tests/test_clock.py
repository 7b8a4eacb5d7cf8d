from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from samordna.kernel import clock


@pytest.mark.parametrize(
    ("day", "clock_time", "moment"),
    [
        (date(2026, 3, 29), time(1, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        (date(2026, 7, 1), time(13, 0), datetime(2026, 7, 1, 11, 0, tzinfo=UTC)),
    ],
)
def test_local_time_to_moment_on_the_days_the_clock_is_moved(
    day: date, clock_time: time, moment: datetime
) -> None:
    assert clock.at_local(day, clock_time) == moment
    assert clock.at_local(day, clock_time).tzinfo is UTC


def test_today_is_swedens_day() -> None:
    assert clock.today(datetime(2026, 5, 13, 22, 30, tzinfo=UTC)) == date(2026, 5, 14)
    assert clock.today(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError):
        clock.local(datetime(2026, 5, 13, 22, 30))  # noqa: DTZ001


def test_shown_in_the_language_of_the_page() -> None:
    moment = datetime(2025, 5, 14, 11, 0, tzinfo=UTC)
    at = datetime(2025, 11, 1, tzinfo=UTC)
    with translation.override("sv"):
        assert clock.shown_moment(moment, at=at) == "ons 14 maj 13.00"
        assert clock.shown_moment(moment) == "ons 14 maj 2025 13.00"
    with translation.override("en"):
        assert clock.shown_moment(moment, at=at) == "Wed 14 May 13.00"


def test_now_is_aware() -> None:
    assert clock.now().tzinfo is UTC


def test_local_time_is_swedens_wherever_the_server_stands() -> None:
    assert clock.local(datetime(2026, 5, 13, 8, 0, tzinfo=UTC)).tzinfo is clock.STOCKHOLM


NOW = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
STEP = timedelta(microseconds=1)
TWO_MINUTES = timedelta(minutes=2)


@pytest.mark.parametrize(
    ("asked", "last", "then"),
    [
        # Who waited has the present moment, within two minutes and not of another day.
        (NOW - STEP, None, NOW),
        (NOW, None, NOW),
        (NOW - TWO_MINUTES + STEP, None, NOW),
        (NOW - TWO_MINUTES, None, NOW - TWO_MINUTES),
        (NOW - timedelta(days=1), None, NOW - timedelta(days=1)),
        # From a server whose clock is ahead.
        (NOW + STEP, None, NOW + STEP),
        # After what was written last, however the clocks differ.
        (NOW, NOW - STEP, NOW),
        (NOW, NOW, NOW + STEP),
        (NOW, NOW + TWO_MINUTES, NOW + TWO_MINUTES + STEP),
        (NOW - timedelta(days=1), NOW, NOW + STEP),
    ],
)
def test_acts_follow_each_other_in_the_order_in_which_they_took_hold(
    asked: datetime, last: datetime | None, then: datetime
) -> None:
    assert clock.in_turn(asked, last=last, present=NOW) == then
