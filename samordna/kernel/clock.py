"""The present moment, and the difference between stored time (UTC) and local time.

Commands get `at` passed in. Only views and the worker ask `now`.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import get_language

STOCKHOLM = ZoneInfo("Europe/Stockholm")

# An act asked for within this time is one that a user waits for; longer than any request lasts.
_WAITED_FOR = timedelta(minutes=2)
_NEXT = timedelta(microseconds=1)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def in_turn(at: datetime, *, last: datetime | None, present: datetime) -> datetime:
    """When an act takes place, told once it holds what it changes: the present moment, and after the last one there.

    `at` is when it was asked for. Two acts that waited for each other so get the order in which they took hold,
    whichever was asked for first and however the servers' clocks differ. An act of another day, entered afterwards,
    keeps its time.
    """
    begun = present if present - _WAITED_FOR < at <= present else at
    return max(begun, last + _NEXT) if last is not None else begun


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Sweden. Refuses a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment must have a time zone.")
    return moment.astimezone(STOCKHOLM)


def today(at: datetime) -> date:
    """The date in Sweden at that moment."""
    return local(at).date()


def at_local(day: date, clock_time: time) -> datetime:
    """The moment in UTC when a clock in Sweden shows that time on that day.

    A time that occurs twice (the last Sunday in October) is the first of the two; a time that
    is skipped (the last Sunday in March) is moved on by the hour that is skipped.
    """
    return datetime.combine(day, clock_time, STOCKHOLM).astimezone(UTC)


def shown_date(day: date, *, at: datetime | None = None) -> str:
    """ "ons 14 maj", in the language of the page; the year is added when it is not the present one."""
    same_year = at is not None and today(at).year == day.year
    return _written_date(day, "D j M" if same_year else "D j M Y", get_language() or "")


@lru_cache(maxsize=2048)
def _written_date(day: date, pattern: str, language: str) -> str:
    shown = dateformat.format(day, pattern)
    # Django writes months with a capital letter, which only English does.
    return shown if language.startswith("en") else shown.lower()


def shown_time(moment: datetime) -> str:
    """ "13.00"."""
    return local(moment).strftime("%H.%M")


def shown_moment(moment: datetime, *, at: datetime | None = None) -> str:
    """ "ons 14 maj 13.00", as a clock in Sweden shows it."""
    return f"{shown_date(local(moment).date(), at=at)} {shown_time(moment)}"
