"""The life of a document that units write together, a plan or an evaluation: taken over, edited, signed, dropped,
opened. What it says is the caller's: `content` and `copy`."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samordna.audit.states import Action
from samordna.casework.documents.rules.editions import (
    NOT_BEGUN,
    drop_refusal,
    edit_refusal,
    take_over_refusal,
    unlock_refusal,
    write_refusal,
)
from samordna.casework.file.commands.act import finish
from samordna.casework.file.queries import hold
from samordna.casework.process import Process
from samordna.documents import commands as documents
from samordna.documents.facts import VersionFacts
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal, Refused, Stale, demand
from samordna.sip.facts import SipFacts
from samordna.sip.states import Part

Content = Callable[[SipFacts, VersionFacts], Mapping[str, Any]]
Copy = Callable[[UUID, UUID, datetime], None]
Note = Callable[[VersionFacts, Mapping[str, Any]], None]

CHANGED_WHILE_REVIEWED = Refusal(
    "document.changed_while_reviewed",
    _("Someone changed it while you were reviewing."),
    _("Read it again and sign then."),
)


def hold_open(
    process: Process[Any], actor: Actor, case_id: UUID, part: Part, at: datetime
) -> tuple[SipFacts, VersionFacts, datetime]:
    """Hold the case for writing in the part's open edition, with the act's moment. Refused by `write_refusal`."""
    facts, at = hold(process, actor, case_id, at)
    demand(write_refusal(facts, actor, part))
    document = facts.standing(part)
    version = document.open_version if document else None
    if version is None:
        raise Refused(NOT_BEGUN)
    return facts, version, at


def finish_writing(
    facts: SipFacts,
    version: VersionFacts,
    part: Part,
    *,
    actor: Actor,
    at: datetime,
    action: Action = Action.DOCUMENT_EDITED,
    details: Mapping[str, object] | None = None,
) -> SipFacts:
    """`finish` for an act on an edition; the audit row names the part, the edition and its number."""
    return finish(
        facts,
        actor=actor,
        at=at,
        action=action,
        object_kind=part.lower(),
        object_id=str(version.id),
        object_version=version.number,
        details=details,
    )


@transaction.atomic
def take_over(*, process: Process[Any], actor: Actor, case_id: UUID, part: Part, at: datetime) -> SipFacts:
    """A colleague at the same unit goes on with the open edition (V-53). Refused by `take_over_refusal`."""
    facts, at = hold(process, actor, case_id, at)
    demand(take_over_refusal(facts, actor, part))
    version = _open(facts, part)
    documents.take_over_version(version_id=version.id, actor=actor, at=at)
    return finish_writing(facts, version, part, actor=actor, at=at, action=Action.DOCUMENT_TAKEN_OVER)


@transaction.atomic
def edit(
    *, process: Process[Any], actor: Actor, case_id: UUID, part: Part, copy: Copy, at: datetime
) -> SipFacts:
    """*Redigera*: open the next edition with what the signed one says. The signed one stays readable (V-53)."""
    facts, at = hold(process, actor, case_id, at)
    demand(edit_refusal(facts, actor, part))
    document = facts.standing(part)
    valid = document.valid_version if document else None
    if document is None or valid is None:
        raise Refused(NOT_BEGUN)
    copy(valid.id, documents.open_version(document_id=document.id, actor=actor, at=at), at)
    return finish_writing(facts, valid, part, actor=actor, at=at, action=Action.DOCUMENT_REOPENED)


@transaction.atomic
def sign(
    *,
    process: Process[Any],
    actor: Actor,
    case_id: UUID,
    part: Part,
    content: Content,
    seen: str,
    at: datetime,
    note: Note | None = None,
) -> SipFacts:
    """*Signera* exactly what was reviewed: `seen` is the fingerprint of the content on the page.

    `note` keeps what the lists are to say of it.

    Refused by `write_refusal`; `Stale` when the content has changed since it was shown.
    """
    facts, version, at = hold_open(process, actor, case_id, part, at)
    said = content(facts, version)
    if fingerprint(said) != seen:
        raise Stale(CHANGED_WHILE_REVIEWED)
    if note is not None:
        note(version, said)
    digest = documents.sign_version(version_id=version.id, content=said, actor=actor, at=at)
    details = {"digest": digest}
    return finish_writing(
        facts, version, part, actor=actor, at=at, action=Action.DOCUMENT_SIGNED, details=details
    )


@transaction.atomic
def drop(*, process: Process[Any], actor: Actor, case_id: UUID, part: Part, at: datetime) -> SipFacts:
    """*Släng utkastet*: the open edition goes, the signed one stands. Refused by `drop_refusal`."""
    facts, at = hold(process, actor, case_id, at)
    demand(drop_refusal(facts, actor, part))
    version = _open(facts, part)
    documents.drop_version(version_id=version.id)
    return finish_writing(facts, version, part, actor=actor, at=at, action=Action.DOCUMENT_DROPPED)


@transaction.atomic
def unlock(*, process: Process[Any], actor: Actor, case_id: UUID, part: Part, at: datetime) -> SipFacts:
    """*Öppna*: a locked document is signed again, to be edited or locked (V-56). Refused by `unlock_refusal`."""
    facts, at = hold(process, actor, case_id, at)
    demand(unlock_refusal(facts, actor, part))
    document = facts.standing(part)
    version = document.locked_version if document else None
    if version is None:
        raise Refused(NOT_BEGUN)
    documents.unlock_version(version_id=version.id, at=at)
    return finish_writing(facts, version, part, actor=actor, at=at, action=Action.DOCUMENT_UNLOCKED)


def fingerprint(content: Mapping[str, Any]) -> str:
    """Of the same bytes that are signed."""
    return hashlib.sha256(documents.canonical(content)).hexdigest()


def _open(facts: SipFacts, part: Part) -> VersionFacts:
    document = facts.standing(part)
    version = document.open_version if document else None
    if version is None:
        raise Refused(NOT_BEGUN)
    return version
