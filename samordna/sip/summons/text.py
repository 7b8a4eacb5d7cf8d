"""What is written in a summons, as plain values: what a draft holds and a sent one says."""

from dataclasses import dataclass

from samordna.casework.meetings.text import MeetingText


@dataclass(frozen=True)
class SummonsText(MeetingText):
    """V-41: when and where, and what those called by letter should know."""

    other: str = ""
