"""Who wrote a passage of a document, and whether that is new to whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Reader:
    """Who reads, and when last: passages that others wrote since then are new.

    The id tells who is another: names change, and two may have the same.
    """

    user_id: int = 0
    name: str = ""
    read_at: datetime | None = None


@dataclass(frozen=True)
class Author:
    """ "Skrivet av Ida Berg, Rehab Väster 19 nov"."""

    by: str
    unit: str
    at: datetime
    is_new: bool


NOBODY = Reader()


def author_of(written: Mapping[str, Any], reader: Reader) -> Author:
    """Who wrote a passage, and whether that is new to the reader."""
    at = datetime.fromisoformat(written["at"])
    is_new = reader.read_at is not None and at > reader.read_at and not _is_own(written, reader)
    return Author(by=written["by"], unit=written["unit"], at=at, is_new=is_new)


def _is_own(written: Mapping[str, Any], reader: Reader) -> bool:
    """What was signed before the ids were kept in it tells by the name alone."""
    return bool(written["by_id"] == reader.user_id if "by_id" in written else written["by"] == reader.name)
