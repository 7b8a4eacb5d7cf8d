"""Dates and times as people in Sweden write them."""

import re
from datetime import date, time, timedelta
from typing import Literal, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samordna.kernel import clock

Prefer = Literal["future", "past"]

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH_MONTHS = {"may": 5, "oct": 10}
_WORDS = {
    "idag": 0, "i dag": 0, "today": 0, "igår": -1, "i går": -1, "yesterday": -1,
    "imorgon": 1, "i morgon": 1, "tomorrow": 1, "iövermorgon": 2, "i övermorgon": 2, "övermorgon": 2,
}  # fmt: skip

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/. ]?(?P<month>\d{1,2})[-/. ]?(?P<day>\d{1,2})")
_SIX_DIGITS = re.compile(r"(?P<short_year>\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_FOUR_DIGITS = re.compile(r"(?P<month>\d{2})(?P<day>\d{2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/.]\s?(?P<month>\d{1,2})(?:[/. -]+(?P<year>\d{4}))?")
_MONTH_IN_WORDS = re.compile(r"(?P<day>\d{1,2})\.?\s?(?P<name>[a-zåäö]{3,9})\.?(?:\s(?P<year>\d{4}))?")
# The first that fits is meant: six digits are year, month and day, not a year and a short rest.
_WAYS_TO_WRITE = (_SIX_DIGITS, _YEAR_FIRST, _FOUR_DIGITS, _DAY_FIRST, _MONTH_IN_WORDS)
_TIME = re.compile(r"(?:kl\.?\s?)?(?P<hour>\d{1,2})(?:[.: ]?(?P<minute>\d{2}))?")


def read_date(text: str, prefer: Prefer = "future", *, today: date | None = None) -> date:
    """The day that the text means. Without a year: the next such day from today on, or the latest one.

    Refused with `ValidationError`: what is not a date, a day that does not exist, a year outside 1900 to 2100.
    """
    today = today or clock.today(clock.now())
    written = " ".join(text.lower().split())
    if written in _WORDS:
        return today + timedelta(days=_WORDS[written])
    year, month, day = _parts(written)
    if year is None:
        return _without_year(month, day, prefer, today)
    if not 1900 <= year <= 2100:
        raise ValidationError(_("Check the year: it must be between 1900 and 2100."), code="year")
    return _day(year, month, day)


def read_time(text: str) -> time:
    """The time that the text means. Refused with `ValidationError`: what no clock shows."""
    match = _TIME.fullmatch(text.lower())
    if match is None or int(match["hour"]) > 23 or int(match["minute"] or 0) > 59:
        raise ValidationError(_("Write the time as hours and minutes, such as 13.00."), code="time")
    return time(int(match["hour"]), int(match["minute"] or 0))


def _parts(written: str) -> tuple[int | None, int, int]:
    matches = (pattern.fullmatch(written) for pattern in _WAYS_TO_WRITE)
    match = next(filter(None, matches), None)
    if match is None:
        _refuse()
    found = match.groupdict()
    return _year(found), _month(found), int(found["day"])


def _year(found: dict[str, str | None]) -> int | None:
    if found.get("short_year"):
        return 2000 + int(found["short_year"] or 0)
    return int(found["year"] or 0) if found.get("year") else None


def _month(found: dict[str, str | None]) -> int:
    name = (found.get("name") or "")[:3]
    if not name:
        return int(found["month"] or 0)
    if name in _ENGLISH_MONTHS:
        return _ENGLISH_MONTHS[name]
    if name not in _MONTHS:
        _refuse()
    return _MONTHS.index(name) + 1


def _without_year(month: int, day: int, prefer: Prefer, today: date) -> date:
    # Five years reach the next or the latest 29 February.
    years = range(today.year, today.year + 5) if prefer == "future" else range(today.year, today.year - 5, -1)
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found == today or (found > today) == (prefer == "future"):
            return found
    return _day(today.year, month, day)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(_("There is no such day. Check day and month."), code="no_such_day") from None


def _refuse() -> NoReturn:
    raise ValidationError(_("Write the date as 2026-11-22 or 22/11."), code="date")
