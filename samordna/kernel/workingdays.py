"""Swedish working days, and when a deadline ends.

A working day is Monday to Friday and not a public holiday (lag 1989:253) nor Midsummer Eve,
Christmas Eve or New Year's Eve (lag 1930:173). Maundy Thursday, Twelfth Night and "squeezed"
days are working days.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from holidays import country_holidays
from holidays.constants import DE_FACTO, PUBLIC

from samordna.kernel.clock import at_local, local

END_OF_WORKING_DAY = time(16, 30)

_FRIDAY = 5
_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _days_off(year: int) -> Container[date]:
    # Every option is given: the defaults for Sweden have changed between versions.
    return frozenset(
        country_holidays(
            "SE",
            years=year,
            categories=(PUBLIC, DE_FACTO),
            include_sundays=False,
            observed=False,
            language="sv",
        )
    )


def is_working_day(day: date) -> bool:
    """Whether people who work office hours work that day."""
    return day.isoweekday() <= _FRIDAY and day not in _days_off(day.year)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`; with 0, the day itself or the first working day after it.

    The day that is counted from is never counted, whether a working day or not.
    """
    if n < 0:
        raise ValueError("Working days are counted forwards.")
    if n == 0:
        return next_working_day(day)
    for _ in range(n):
        day = next_working_day(day + _DAY)
    return day


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long something may take. `hour` is the time of the last day (not used for hours)."""

    kind: Literal["hours", "calendar_days", "working_days"]
    amount: int
    hour: time = END_OF_WORKING_DAY


def due_at(deadline: Deadline, from_: datetime) -> datetime:
    """The moment, in UTC, when the deadline ends.

    Hours are hours that pass. Days are counted in Sweden and end at `hour`. Working days never
    end on a day off. A deadline never ends before it begins: "the same day" that is set after
    the hour ends the next (working) day.
    """
    if deadline.kind == "hours":
        return from_ + timedelta(hours=deadline.amount)
    due = at_local(_last_day(deadline, local(from_).date()), deadline.hour)
    if due <= from_:
        return at_local(_last_day(deadline, local(from_).date() + _DAY), deadline.hour)
    return due


def _last_day(deadline: Deadline, first: date) -> date:
    if deadline.kind == "working_days":
        return add_working_days(first, deadline.amount)
    return first + timedelta(days=deadline.amount)
