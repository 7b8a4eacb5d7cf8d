"""Dates and times as people in Sweden write them."""

import re
from contextlib import suppress
from datetime import date, time, timedelta
from typing import Literal, NoReturn

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from samordna.kernel import clock
from samordna.kernel.text import plain_dashes

Prefer = Literal["future", "past", "nearest"]

# As pages and prints show them, in both languages, short and in full. A name that only begins like one is none.
_MONTHS = (
    "jan januari january", "feb februari february", "mar mars march", "apr april", "maj may", "jun juni june",
    "jul juli july", "aug augusti august", "sep sept september", "okt oktober oct october", "nov november",
    "dec december",
)  # fmt: skip
_WEEKDAYS = (
    "må mån måndag mon monday", "ti tis tisdag tue tuesday", "on ons onsdag wed wednesday",
    "to tor tors torsdag thu thursday", "fr fre fredag fri friday",
    "lö lör lördag sat saturday", "sö sön söndag sun sunday",
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_WORDS = {
    "idag": 0, "i dag": 0, "today": 0, "igår": -1, "i går": -1, "yesterday": -1,
    "imorgon": 1, "i morgon": 1, "imorron": 1, "i morron": 1, "tomorrow": 1,
    "iövermorgon": 2, "i övermorgon": 2, "övermorgon": 2,
}  # fmt: skip

_BEFORE_THE_DAY = re.compile(r"(?:(?P<weekday>[a-zåäö]+)\b[.,]?\s?)?(?:den\s)?(?P<day>\d.*)")
_EIGHT_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[-/. ])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})")
_SIX_DIGITS = re.compile(r"(?P<short_year>\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_FOUR_DIGITS = re.compile(r"(?P<month>\d{2})(?P<day>\d{2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/.]\s?(?P<month>\d{1,2})(?:[/. -]+(?P<year>\d{4}))?")
_MONTH_IN_WORDS = re.compile(r"(?P<day>\d{1,2})\.?\s?(?P<name>[a-zåäö]{3,9})\.?,?(?:\s(?P<year>\d{4}))?")
_WAYS_TO_WRITE = (_EIGHT_DIGITS, _YEAR_FIRST, _SIX_DIGITS, _FOUR_DIGITS, _DAY_FIRST, _MONTH_IN_WORDS)
_TIME = re.compile(r"(?:kl(?:ockan)?\.?\s?)?(?P<hour>\d{1,2})(?:[.: ]?(?P<minute>\d{2}))?")


def read_date(text: str, prefer: Prefer = "future", *, today: date | None = None) -> date:
    """The day that the text means, as pages show days or as people write them: fre 4 dec, 4/12, 2026-12-04, i morgon.

    Without a year: the next such day from today on, the latest one, or the nearest of the two; but this year's when
    that is the one that falls on the weekday written. Refused with `ValidationError`: what is not a whole date, a day
    that does not exist, a weekday that does not fit, a year outside 1900 to 2100.
    """
    today = today or clock.today(clock.now())
    written = " ".join(plain_dashes(text).lower().split())
    if written in _WORDS:
        return today + timedelta(days=_WORDS[written])
    weekday, rest = _weekday(written)
    year, month, day = _parts(rest)
    if year is None:
        return _without_year(month, day, prefer, today, weekday)
    if not 1900 <= year <= 2100:
        raise ValidationError(_("Check the year: it must be between 1900 and 2100."), code="year")
    return _on_weekday(_day(year, month, day), weekday)


def read_time(text: str) -> time:
    """The time that the text means. Refused with `ValidationError`: what no clock shows."""
    match = _TIME.fullmatch(" ".join(text.lower().split()))
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
    name = found.get("name")
    if not name:
        return int(found["month"] or 0)
    return _MONTH[name] if name in _MONTH else _refuse()


def _weekday(written: str) -> tuple[int | None, str]:
    """The weekday that the text begins with, if any, and what follows it."""
    match = _BEFORE_THE_DAY.fullmatch(written)
    if match is None:
        _refuse()
    name = match["weekday"]
    if name is None or name == "den":
        return None, match["day"]
    return (_WEEKDAY[name], match["day"]) if name in _WEEKDAY else _refuse()


def _on_weekday(found: date, weekday: int | None) -> date:
    if weekday is not None and found.weekday() != weekday:
        names = {
            "date": found.isoformat(),
            "is": str(WEEKDAYS[found.weekday()]).lower(),
            "written": str(WEEKDAYS[weekday]).lower(),
        }
        raise ValidationError(
            _("%(date)s is a %(is)s, and you wrote %(written)s. Check the day.") % names, code="weekday"
        )
    return found


def _without_year(month: int, day: int, prefer: Prefer, today: date, weekday: int | None) -> date:
    found = _nearest(month, day, prefer, today) or _day(today.year, month, day)
    # Pages leave the year out when it is the present one: then the weekday tells that this year's day is meant.
    with suppress(ValueError):
        if (this_year := date(today.year, month, day)).weekday() == weekday:
            return this_year
    return _on_weekday(found, weekday)


def _nearest(month: int, day: int, prefer: Prefer, today: date) -> date | None:
    if prefer == "nearest":
        both = (_nearest(month, day, way, today) for way in ("past", "future"))
        return min((found for found in both if found), key=lambda found: abs(found - today), default=None)
    # Eight years reach the next or the latest 29 February, also across 2100.
    years = range(today.year, today.year + 9) if prefer == "future" else range(today.year, today.year - 9, -1)
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found == today or (found > today) == (prefer == "future"):
            return found
    return None


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(_("There is no such day. Check day and month."), code="no_such_day") from None


def _refuse() -> NoReturn:
    raise ValidationError(_("Write the date as 2026-11-22 or 22/11."), code="date")
