"""What is written in an initiative, as plain values: what a draft holds and a sent one says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class InitiativeText:
    """V-31. `consent` is the choice as typed, field by field; `consent_id` what was recorded when it was sent."""

    reason: str = ""
    initiator: str = ""
    initiator_name: str = ""
    consent: Mapping[str, str] = field(default_factory=dict)
    consent_id: UUID | None = None
