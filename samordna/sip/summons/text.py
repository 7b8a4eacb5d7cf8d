"""What is written in a summons, as plain values: what a draft holds and a sent one says."""

from dataclasses import dataclass
from datetime import date, time

from samordna.casework.meetings.states import MeetingForm


@dataclass(frozen=True)
class SummonsText:
    """V-41: when and where, and what those called by letter should know."""

    meets_on: date | None = None
    starts: time | None = None
    ends: time | None = None
    form: MeetingForm = MeetingForm.PLACE
    place: str = ""
    other: str = ""
