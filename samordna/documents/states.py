"""The states of a document's version, and what may follow what."""

from enum import StrEnum


class VersionStatus(StrEnum):
    OPEN = "OPEN"
    SIGNED = "SIGNED"
    LOCKED = "LOCKED"
    REPLACED = "REPLACED"
    VOIDED = "VOIDED"
    DROPPED = "DROPPED"
    SUPERSEDED = "SUPERSEDED"


VERSION_TRANSITIONS: dict[VersionStatus, frozenset[VersionStatus]] = {
    VersionStatus.OPEN: frozenset({VersionStatus.SIGNED, VersionStatus.DROPPED, VersionStatus.VOIDED}),
    VersionStatus.SIGNED: frozenset({VersionStatus.LOCKED, VersionStatus.SUPERSEDED, VersionStatus.VOIDED}),
    VersionStatus.LOCKED: frozenset({VersionStatus.SIGNED, VersionStatus.REPLACED, VersionStatus.VOIDED}),
    VersionStatus.REPLACED: frozenset(),
    VersionStatus.VOIDED: frozenset(),
    VersionStatus.DROPPED: frozenset(),
    VersionStatus.SUPERSEDED: frozenset(),
}
