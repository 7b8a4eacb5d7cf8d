"""When a document that units write together may be written, taken over, signed, edited, dropped, opened. Pure.

Until the first signature only the one who began it writes, and only the own unit sees it; afterwards every unit
that takes part in the whole case does both. One edition is open at a time (V-53).
"""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.cases.facts import CaseFacts
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.rules import can_open, coordinator_refusal, participant_refusal
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.states import VersionStatus
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated

# Why nothing can be written in what is signed and not opened: *Redigera* opens it.
SIGNED = "document.signed"
NOT_BEGUN = Refusal("document.not_begun", _("It has not been begun."), _("Read the page again."))


def seen_open(case: CaseFacts, document: DocumentFacts, unit_id: int) -> VersionFacts | None:
    """The open edition, if the unit may see it: before the first signature only the unit that writes it does, and
    whoever goes on with it when that unit has left the case or is closed."""
    version = document.open_version
    if version is None or document.ever_signed or case.acts_for(unit_id, version.opened_unit_id):
        return version
    return None


def seen_version(facts: CaseWork, document: DocumentFacts, version: VersionFacts, unit_id: int) -> bool:
    """Whether the unit may read a version. What was dropped is gone; what was never signed is seen by its own unit, or
    by all when its kind is open to all."""
    if version.status == VersionStatus.DROPPED:
        return False
    own = document.ever_signed or version.opened_unit_id == unit_id
    return own or facts.process.documents[document.kind].open_to_all


def voided_like(facts: CaseWork, unit_id: int, part: str) -> tuple[DocumentFacts, VersionFacts] | None:
    """The voided document of the part that counts now, and its last edition that the unit may read: what a new one may
    begin with (V-95)."""
    document = facts.document_of(part)
    if document is None or not document.voided:
        return None
    readable = [version for version in document.versions if seen_version(facts, document, version, unit_id)]
    return (document, readable[-1]) if readable else None


def known_until(
    facts: CaseWork, document: DocumentFacts, actor: Actor, read_at: datetime | None
) -> datetime | None:
    """Until when somebody who read the part at `read_at` knows this document: what is younger is new to the reader.

    Before the first signature other units see nothing of what is not open to all, so reading then was no
    reading. Whoever locked it had read what she locked.
    """
    signed = [version.signed_at for version in document.versions if version.signed_at is not None]
    open_to_all = facts.process.documents[document.kind].open_to_all
    hidden = not open_to_all and document.versions[0].opened_unit_id != actor.unit_id
    unread = read_at is not None and hidden and bool(signed) and read_at < min(signed)
    locked = [v.locked_at for v in document.versions if v.locked_at and v.locked_by_id == actor.user_id]
    known = (document.begun_at if unread else read_at, *locked)
    return max((moment for moment in known if moment is not None), default=None)


def write_refusal(facts: CaseWork, actor: Actor, part: str) -> Refusal | None:
    """Writing in the open edition: all that it says."""
    refusal = participant_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    document = facts.document_of(part)
    if document is None:
        return NOT_BEGUN
    version = document.open_version
    if version is None:
        return closed_refusal(facts, document)
    if not document.ever_signed and version.opened_by_id != actor.user_id:
        return Refusal(
            "document.not_yours",
            _("%(name)s, %(unit)s, is writing, and nobody else until it is signed.")
            % {"name": isolated(version.opened_by_name), "unit": isolated(version.opened_unit_name)},
            _("A colleague at the unit can take over."),
        )
    return None


def closed_refusal(facts: CaseWork, document: DocumentFacts) -> Refusal:
    """Why nothing can be written in a document without an open edition, and who can open it."""
    kind = facts.process.documents[document.kind]
    if document.voided:
        return Refusal("document.voided", kind.voided, _("A new one can be begun."))
    if document.locked_version is not None:
        return Refusal("document.locked", kind.locked, can_open(facts.case))
    return Refusal(SIGNED, kind.signed, _("Choose Edit to write in it again."))


def write_then(document: DocumentFacts) -> str | Promise:
    """When somebody else than the one who began it can write in a document that stands."""
    if document.ever_signed:
        return _("Choose Edit to write in it again.")
    return _("Everybody can write in it when it is signed.")


def take_over_refusal(facts: CaseWork, actor: Actor, part: str) -> Refusal | None:
    """A colleague at the unit goes on with what was begun and is not signed (V-53).

    When the unit has left the case or is closed somebody at the coordinator's does.
    """
    refusal = participant_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    document = facts.document_of(part)
    version = document.open_version if document else None
    if document is None or version is None:
        return NOT_BEGUN if document is None else closed_refusal(facts, document)
    if version.opened_by_id == actor.user_id and version.opened_unit_id == actor.unit_id:
        return Refusal("document.yours_already", _("You are the one who is writing."))
    if not facts.case.acts_for(actor.unit_id, version.opened_unit_id):
        return Refusal(
            "document.other_unit",
            _("Only a colleague at %(unit)s can take over.") % {"unit": isolated(version.opened_unit_name)},
        )
    return None


def edit_refusal(facts: CaseWork, actor: Actor, part: str) -> Refusal | None:
    """*Redigera*: opens the next edition of what is signed and not locked."""
    refusal = participant_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    document = facts.document_of(part)
    if document is None:
        return NOT_BEGUN
    version = document.open_version
    if version is not None:
        return Refusal(
            "document.already_open",
            _("%(name)s, %(unit)s, has already opened it.")
            % {"name": isolated(version.opened_by_name), "unit": isolated(version.opened_unit_name)},
            _("Write in the edition that is open."),
        )
    valid = document.valid_version
    return (
        None
        if valid is not None and valid.status == VersionStatus.SIGNED
        else closed_refusal(facts, document)
    )


def drop_refusal(facts: CaseWork, actor: Actor, part: str) -> Refusal | None:
    """*Släng utkastet*: the edition opened last, when something signed stands to go back to."""
    refusal = write_refusal(facts, actor, part)
    if refusal is not None:
        return refusal
    document = facts.standing(part)
    if document is None or document.valid_version is None:
        return Refusal(
            "document.nothing_signed",
            _("Nothing is signed yet, so there is nothing to go back to."),
            _("The coordinator can void it."),
        )
    return None


def unlock_refusal(facts: CaseWork, actor: Actor, part: str) -> Refusal | None:
    """*Öppna*: the coordinator opens what is locked, so that it is signed again (V-56)."""
    refusal = coordinator_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    document = facts.standing(part)
    if document is None or document.locked_version is None:
        return Refusal("document.not_locked", _("It is not locked."))
    return None
