"""The calendar of the stories: working days counted from the last one, on which the newest things happened."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from samordna.kernel import clock
from samordna.kernel.workingdays import is_working_day

_MORNING = time(7, 30)
_OFFICES_OPEN = time(8, 30)
# What is sent after this hour is due the next working day, in Katrineholm too.
_DEADLINE_HOUR = time(16, 5)
_EVENING = time(17, 30)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """Day 0 is the newest: today in office hours, else the evening of the last working day."""

    newest: date
    window: tuple[datetime, datetime]

    def date(self, number: int) -> date:
        """The working day that many after (or, below 0, before) the newest."""
        day, step = self.newest, _A_DAY if number > 0 else -_A_DAY
        for _ in range(abs(number)):
            day += step
            while not is_working_day(day):
                day += step
        return day

    def begin(self, number: int, rng: random.Random) -> datetime:
        """When somebody begins to work on a case that day."""
        if number == 0:
            first, last = self.window
            return first + (last - first) * rng.uniform(0, 0.7)
        return clock.at_local(self.date(number), time(8)) + timedelta(minutes=rng.randint(0, 340))

    def go_on(self, number: int, at: datetime, rng: random.Random) -> datetime:
        """When the next thing is done the same day."""
        if number == 0:
            return at + (self.window[1] - at) * rng.uniform(0.02, 0.1)
        return at + timedelta(minutes=rng.randint(2, 7), seconds=rng.randint(0, 59))


def days_until(now: datetime) -> Days:
    """The calendar as it is at that moment. Nothing in a story happens after it."""
    today, clock_time = clock.today(now), clock.local(now).time()
    if is_working_day(today) and clock_time >= _OFFICES_OPEN:
        start = _DEADLINE_HOUR if clock_time > _EVENING else _MORNING
        return Days(today, (clock.at_local(today, start), now - timedelta(minutes=2)))
    day = today - _A_DAY
    while not is_working_day(day):
        day -= _A_DAY
    return Days(day, (clock.at_local(day, _DEADLINE_HOUR), clock.at_local(day, _EVENING)))
