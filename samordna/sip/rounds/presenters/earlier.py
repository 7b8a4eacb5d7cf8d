"""Follow-ups, evaluations and SBAR that no longer stand: read by their date, with the reason (V-61, L-06)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.casework.documents.rules.editions import seen_version
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.states import VersionStatus
from samordna.kernel import clock
from samordna.kernel.refusal import NotVisible
from samordna.kernel.text import isolated
from samordna.sip.facts import SipFacts
from samordna.sip.states import Part

READABLE = frozenset({Part.FOLLOW_UP, Part.EVALUATION, Part.SBAR})


@dataclass(frozen=True)
class EarlierVersion:
    document: DocumentFacts
    version: VersionFacts
    at: datetime
    status: str
    why: str
    url: str


def earlier_versions(facts: SipFacts, unit_id: int, part: Part, at: datetime) -> list[EarlierVersion]:
    """All versions of the part but those that stand now, newest first."""
    standing = facts.standing(part)
    current = (
        {v.id for v in (standing.open_version, standing.valid_version) if v is not None}
        if standing
        else set()
    )
    found = [
        _earlier(facts, document, version, at)
        for document in facts.documents
        for version in document.versions
        if document.kind == part
        and version.id not in current
        and seen_version(facts, document, version, unit_id)
    ]
    return sorted(found, key=lambda earlier: earlier.at, reverse=True)


def find_earlier(facts: SipFacts, unit_id: int, version_id: UUID, at: datetime) -> EarlierVersion:
    """One of them, of any part. NotVisible when there is none that the unit may see."""
    for part in READABLE:
        for earlier in earlier_versions(facts, unit_id, part, at):
            if earlier.version.id == version_id:
                return earlier
    raise NotVisible


def _earlier(facts: SipFacts, document: DocumentFacts, version: VersionFacts, at: datetime) -> EarlierVersion:
    return EarlierVersion(
        document=document,
        version=version,
        at=version.signed_at or version.opened_at,
        status="VOIDED"
        if document.voided
        else "REPLACED"
        if version.status == VersionStatus.SUPERSEDED
        else "LOCKED",
        why=_why(document, version, at),
        url=reverse("sip:earlier", args=[facts.case.id, version.id]),
    )


def _why(document: DocumentFacts, version: VersionFacts, at: datetime) -> str:
    if document.voided_at is not None:
        day = clock.shown_date(clock.local(document.voided_at).date(), at=at)
        said = {"day": day, "name": isolated(document.voided_by_name), "reason": document.void_reason}
        return _("Voided %(day)s by %(name)s: %(reason)s") % said
    if version.status == VersionStatus.SUPERSEDED:
        return _("A later version has been signed")
    return _("Belongs to an earlier plan")
