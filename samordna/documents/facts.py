"""Frozen snapshots of documents and their versions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samordna.documents.states import VersionStatus


@dataclass(frozen=True)
class VersionFacts:
    id: UUID
    number: int
    status: VersionStatus
    opened_at: datetime
    opened_by_id: int
    opened_by_name: str
    opened_unit_id: int
    opened_unit_name: str
    signed_at: datetime | None
    signed_by_id: int | None
    signed_by_name: str
    signed_title: str
    signed_unit_name: str
    digest: str
    locked_at: datetime | None
    locked_by_id: int | None
    locked_by_name: str
    unlocked_at: datetime | None
    replaced_at: datetime | None

    @property
    def lockable_since(self) -> datetime | None:
        """Since when it waits to be locked: since it was signed, or was opened after a lock."""
        return self.unlocked_at or self.signed_at


@dataclass(frozen=True)
class DocumentFacts:
    id: UUID
    kind: str
    round_number: int
    begun_at: datetime
    unit_id: int
    unit_name: str
    voided_at: datetime | None
    voided_by_name: str
    void_reason: str
    versions: tuple[VersionFacts, ...]
    # Which of its kind it is in the case, in the order they were begun: the name it keeps for everybody.
    ordinal: int

    @property
    def voided(self) -> bool:
        return self.voided_at is not None

    @property
    def open_version(self) -> VersionFacts | None:
        return next((v for v in self.versions if v.status == VersionStatus.OPEN), None)

    @property
    def valid_version(self) -> VersionFacts | None:
        """The last signed one: what is read, locked and printed."""
        standing = [v for v in self.versions if v.status in {VersionStatus.SIGNED, VersionStatus.LOCKED}]
        return standing[-1] if standing else None

    @property
    def locked_version(self) -> VersionFacts | None:
        """The locked version, as long as no edition is open beside it."""
        valid = self.valid_version
        return valid if valid is not None and valid.status == VersionStatus.LOCKED else None

    @property
    def last_locked(self) -> VersionFacts | None:
        """The version that was locked last, also when it has been opened since."""
        locked = [(v.locked_at, v.number, v) for v in self.versions if v.locked_at is not None]
        return max(locked, key=lambda found: found[:2])[2] if locked else None

    @property
    def ever_signed(self) -> bool:
        return any(v.signed_at is not None for v in self.versions)

    @property
    def replaced_version(self) -> VersionFacts | None:
        return next((v for v in reversed(self.versions) if v.status == VersionStatus.REPLACED), None)
