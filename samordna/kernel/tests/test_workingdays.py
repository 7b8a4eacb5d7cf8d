from datetime import UTC, date, datetime, time, timedelta

import pytest

from samordna.kernel.workingdays import Deadline, add_working_days, due_at, is_working_day, next_working_day

# Easter Sundays as published, not computed by the library under test.
EASTER = {
    2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1),
    2030: (4, 21), 2031: (4, 13), 2032: (3, 28), 2033: (4, 17), 2034: (4, 9), 2035: (3, 25),
}  # fmt: skip
FIXED = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)]


def days_off(year: int) -> set[date]:
    easter = date(year, *EASTER[year])
    midsummer_eve = next(
        day for day in (date(year, 6, 19) + timedelta(n) for n in range(7)) if day.isoweekday() == 5
    )
    moving = {easter - timedelta(2), easter + timedelta(1), easter + timedelta(39), midsummer_eve}
    return moving | {date(year, month, day) for month, day in FIXED}


@pytest.mark.parametrize("year", EASTER)
def test_every_day_of_the_year_is_right(year: int) -> None:
    off = days_off(year)
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) == (day.isoweekday() <= 5 and day not in off), day
        day += timedelta(1)


def test_2026_has_251_working_days() -> None:
    assert sum(is_working_day(date(2026, 1, 1) + timedelta(n)) for n in range(365)) == 251


@pytest.mark.parametrize("day", [date(2026, 4, 2), date(2026, 5, 15), date(2026, 1, 5), date(2026, 12, 30)])
def test_maundy_thursday_and_squeezed_days_are_working_days(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 6, 18), 1, date(2026, 6, 22)),
        (date(2026, 5, 13), 2, date(2026, 5, 18)),
        (date(2026, 5, 16), 0, date(2026, 5, 18)),
        (date(2026, 5, 18), 0, date(2026, 5, 18)),
        (date(2026, 5, 16), 1, date(2026, 5, 18)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: date, n: int, end: date) -> None:
    assert add_working_days(start, n) == end


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError):
        add_working_days(date(2026, 5, 18), -1)


def test_next_working_day_is_the_day_itself_when_it_is_one() -> None:
    assert next_working_day(date(2026, 5, 18)) == date(2026, 5, 18)
    assert next_working_day(date(2026, 5, 14)) == date(2026, 5, 15)


def utc(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadline", "from_", "due"),
    [
        # One working day before the clock is moved forward: 16.30 is then two hours from UTC.
        (Deadline("working_days", 1), utc(3, 27, 9, 0), utc(3, 30, 14, 30)),
        # And when it is moved back.
        (Deadline("working_days", 1), utc(10, 23, 9, 0), utc(10, 26, 15, 30)),
        # Twelve hours pass over the night when the clock is moved, whatever the clock shows.
        (Deadline("hours", 12), utc(3, 28, 20, 0), utc(3, 29, 8, 0)),
        (Deadline("calendar_days", 1, time(12)), utc(10, 24, 8, 0), utc(10, 25, 11, 0)),
        # 23.30 UTC is the next day in Sweden.
        (Deadline("working_days", 1), utc(5, 18, 23, 30), utc(5, 20, 14, 30)),
        # The same day, set after the hour, is the next working day.
        (Deadline("working_days", 0), utc(5, 13, 15, 0), utc(5, 15, 14, 30)),
        (Deadline("working_days", 0), utc(5, 13, 8, 0), utc(5, 13, 14, 30)),
        # At the very hour too: a deadline that ended when it was set would be late at once.
        (Deadline("working_days", 0), utc(5, 13, 14, 30), utc(5, 15, 14, 30)),
        (Deadline("calendar_days", 0, time(12)), utc(5, 13, 10, 0), utc(5, 14, 10, 0)),
    ],
)  # fmt: skip
def test_deadlines_end_in_swedish_time(deadline: Deadline, from_: datetime, due: datetime) -> None:
    assert due_at(deadline, from_) == due


def test_a_deadline_in_working_days_never_ends_on_a_day_off() -> None:
    moment = datetime(2026, 1, 1, 22, 15, tzinfo=UTC)
    for hours in range(0, 24 * 366, 7):
        for amount in (0, 1, 2, 5):
            due = due_at(Deadline("working_days", amount), moment + timedelta(hours=hours))
            assert is_working_day(due.date())
            assert due > moment + timedelta(hours=hours)
