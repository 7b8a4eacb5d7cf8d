"""Times as a page says them: "i dag 08.12", "ons 14 maj 13.00", "senast i dag 16.00", "försenat 1 arbetsdag"."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from samordna.kernel import clock
from samordna.kernel.workingdays import is_working_day

# By how many days from today.
_NEAR_WORDS = {-1: gettext_noop("yesterday"), 0: gettext_noop("today"), 1: gettext_noop("tomorrow")}
# Nobody is helped by a larger figure, and each day is looked up.
_MOST_DAYS_COUNTED = 99


def when(moment: datetime, *, at: datetime) -> str:
    """Day and time, with the words for yesterday, today and tomorrow."""
    return f"{on_day(moment, at=at)} {clock.shown_time(moment)}"


def on_day(moment: datetime, *, at: datetime) -> str:
    """The day of a moment, as `on_date` says it: "ändrad i dag"."""
    return on_date(clock.local(moment).date(), at=at)


def recent(moment: datetime, *, at: datetime) -> str:
    """Day and time from yesterday to tomorrow, else only the day."""
    day = clock.local(moment).date()
    return when(moment, at=at) if _near(day, at) else on_date(day, at=at)


def on_date(day: date, *, at: datetime) -> str:
    """The day, with the words for yesterday, today and tomorrow; the year when it is another."""
    near = _near(day, at)
    return near or clock.shown_date(day, at=at)


def is_overdue(due: datetime, *, at: datetime) -> bool:
    """Whether the moment has passed."""
    return due < at


def due_text(due: datetime, *, at: datetime, spread: bool = False) -> str:
    """Until when; or, when that has passed, how late it is in working days.

    `spread`: several have different times, of which this is the first.
    """
    day = clock.local(due).date()
    if is_overdue(due, at=at):
        return _late(due, day, at)
    said = _("the first by %(when)s") if spread else _("by %(when)s")
    return said % {"when": recent(due, at=at)}


def _late(due: datetime, day: date, at: datetime) -> str:
    days = _working_days_after(day, clock.today(at))
    if days == 0:
        return _("late since %(when)s") % {"when": when(due, at=at)}
    if days > _MOST_DAYS_COUNTED:
        return _("more than %(count)d working days late") % {"count": _MOST_DAYS_COUNTED}
    return ngettext("%(count)d working day late", "%(count)d working days late", days) % {"count": days}


def _working_days_after(day: date, today: date) -> int:
    count = 0
    while day < today and count <= _MOST_DAYS_COUNTED:
        day += timedelta(days=1)
        count += is_working_day(day)
    return count


def _near(day: date, at: datetime) -> str:
    word = _NEAR_WORDS.get((day - clock.today(at)).days)
    return _(word) if word else ""
