"""When and where one meets, as it is written."""

from dataclasses import dataclass
from datetime import date, time

from samordna.casework.meetings.states import MeetingForm


@dataclass(frozen=True)
class MeetingText:
    """A kind of message that calls to a meeting extends it with what else it says."""

    meets_on: date | None = None
    starts: time | None = None
    ends: time | None = None
    form: MeetingForm = MeetingForm.PLACE
    place: str = ""
