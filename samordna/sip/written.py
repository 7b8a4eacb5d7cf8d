"""What is written in the messages of a SIP, as plain values: what a draft holds and a sent message says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from samordna.sip.states import MeetingForm


@dataclass(frozen=True)
class InitiativeText:
    """V-31. `consent` is the choice as typed, field by field; `consent_id` what was recorded when it was sent."""

    reason: str = ""
    initiator: str = ""
    initiator_name: str = ""
    consent: Mapping[str, str] = field(default_factory=dict)
    consent_id: UUID | None = None


@dataclass(frozen=True)
class SummonsText:
    """V-41: when and where, and what those called by letter should know."""

    meets_on: date | None = None
    starts: time | None = None
    ends: time | None = None
    form: MeetingForm = MeetingForm.PLACE
    place: str = ""
    other: str = ""


@dataclass(frozen=True)
class InformationText:
    text: str = ""


Text = InitiativeText | SummonsText | InformationText
