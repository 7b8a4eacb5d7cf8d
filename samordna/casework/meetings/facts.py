"""When and where a meeting is."""

from dataclasses import dataclass
from datetime import date, datetime, time

from samordna.kernel import clock

END_OF_MEETING_DAY = time(16, 0)


@dataclass(frozen=True)
class Meeting:
    meets_on: date
    starts: time | None
    ends: time | None
    place: str

    @property
    def starts_at(self) -> datetime:
        return clock.at_local(self.meets_on, self.starts or END_OF_MEETING_DAY)
