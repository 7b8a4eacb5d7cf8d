"""How entries are turned into bytes and digests. Changing this breaks every seal that stands."""

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# The columns that a seal covers, in the order they are digested. New columns are added last, and
# only together with a new format of seals.
COLUMNS = (
    "id", "at", "action", "result", "user_id", "user_name", "assignment_id", "title", "unit_id", "unit_name",
    "principal_id", "principal_name", "person_id", "person_ids", "case_id", "object_kind", "object_id",
    "object_version", "reason", "details", "session_id", "request_id", "login_method",
)  # fmt: skip

_MARK = struct.Struct(">q8s")


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry's id and the first eight bytes of its digest."""

    id: int
    start: bytes


def row_digest(row: Mapping[str, object]) -> bytes:
    """SHA-256 over the row's columns as JSON without room for two ways of writing it."""
    said = {**row, "person_ids": all_persons(row["person_id"], row["person_ids"])}
    text = json.dumps([_plain(said[column]) for column in COLUMNS], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def all_persons(first: object, listed: Any) -> Any:
    """Everybody whom an entry is about, the first first. The single one of an entry is not listed beside it; sealed is
    the list with her, as it was stored in entries of before."""
    return [str(first)] if listed == [] and first is not None else listed


def seal_digest(
    previous: str, sealed_at: datetime, digests: Iterable[tuple[int, bytes]]
) -> tuple[str, bytes]:
    """The digest of a seal over entries in the order of their ids, and its marks."""
    whole = hashlib.sha256(
        f"{previous}|{sealed_at.astimezone(UTC).isoformat(timespec='microseconds')}".encode()
    )
    marks = bytearray()
    for entry_id, digest in digests:
        whole.update(digest)
        marks += _MARK.pack(entry_id, digest[:8])
    return whole.hexdigest(), bytes(marks)


def read_marks(marks: bytes) -> Iterator[Mark]:
    """The marks that `seal_digest` made."""
    for entry_id, start in _MARK.iter_unpack(marks[: len(marks) - len(marks) % _MARK.size]):
        yield Mark(entry_id, start)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    return str(value)
