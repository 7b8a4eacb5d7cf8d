"""What has changed since the reader last read: told before she locks a document."""

from dataclasses import dataclass

from samordna.casework.documents.presenters.authors import Reader
from samordna.casework.documents.presenters.compare import Section
from samordna.documents.facts import DocumentFacts, VersionFacts


@dataclass(frozen=True)
class SinceRead:
    """`first`: it has not been read before. `href` leads to what changed, or `sections` show it, or `told` says it."""

    first: bool = False
    changed: bool = False
    told: str = ""
    href: str = ""
    sections: tuple[Section, ...] = ()


def known_version(document: DocumentFacts, reader: Reader) -> VersionFacts | None:
    """The version signed last that the reader knows: one that she signed herself, or that stood when she last read.

    What somebody signed after it is new to her, also when a third has signed since.
    """
    known = [v for v in document.versions if v.signed_at is not None and _knows(v, reader)]
    return known[-1] if known else None


def _knows(version: VersionFacts, reader: Reader) -> bool:
    if version.signed_by_id == reader.user_id:
        return True
    return (
        reader.read_at is not None and version.signed_at is not None and version.signed_at <= reader.read_at
    )
