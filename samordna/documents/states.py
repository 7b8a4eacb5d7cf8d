"""The states of a document's version."""

from enum import StrEnum


class VersionStatus(StrEnum):
    OPEN = "OPEN"
    SIGNED = "SIGNED"
    LOCKED = "LOCKED"
    REPLACED = "REPLACED"
    VOIDED = "VOIDED"
    DROPPED = "DROPPED"
    SUPERSEDED = "SUPERSEDED"


# What still stands of a document, and is voided with it.
STANDING = frozenset({VersionStatus.OPEN, VersionStatus.SIGNED, VersionStatus.LOCKED})
