"""In which ways a meeting is held."""

from enum import StrEnum


class MeetingForm(StrEnum):
    PLACE = "PLACE"
    PHONE = "PHONE"
    VIDEO = "VIDEO"
