"""The life of a document that units write together: begun, taken over, edited, signed, dropped, opened.

What it says is the caller's: `fill`, `copy` and `content`.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samordna.audit.states import Action
from samordna.casework.documents.commands.holding import Rule, begun, hold_document, hold_locked, hold_open
from samordna.casework.documents.rules.editions import drop_refusal, edit_refusal, take_over_refusal
from samordna.casework.file.commands.act import finish
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.queries import hold
from samordna.casework.process import Process
from samordna.documents import commands as documents
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal, Stale, demand

W = TypeVar("W", bound=CaseWork)
Fill = Callable[[W, UUID, datetime], object]
Content = Callable[[W, VersionFacts], Mapping[str, Any]]
Copy = Callable[[UUID, UUID, datetime], object]
Note = Callable[[VersionFacts, Mapping[str, Any]], object]

CHANGED_WHILE_REVIEWED = Refusal(
    "document.changed_while_reviewed",
    _("Someone changed it while you were reviewing."),
    _("Read it again and sign then."),
)


def finish_writing(
    facts: W,
    version: VersionFacts,
    part: str,
    *,
    actor: Actor,
    at: datetime,
    action: Action = Action.DOCUMENT_EDITED,
    details: Mapping[str, object] | None = None,
    now: W | None = None,
) -> W:
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
        now=now,
    )


@transaction.atomic
def begin(
    *, process: Process[W], actor: Actor, case_id: UUID, part: str, rule: Rule[W], fill: Fill[W], at: datetime
) -> W:
    """Begin the part's document in the round that it belongs to; `fill` writes what its first edition says.

    Refused by the rule; `Stale` when a colleague began it at the same moment.
    """
    facts, at = hold(process, actor, case_id, at)
    demand(rule(facts, actor))
    return open_first(facts, part, actor=actor, fill=fill, at=at)


def open_first(facts: W, part: str, *, actor: Actor, fill: Fill[W], at: datetime) -> W:
    """`begin`, of a case that is held and a rule that has been asked."""
    number = facts.round_of(part) or facts.round_number
    _document, edition_id = documents.begin_document(
        case_id=facts.case.id, round_number=number, kind=part, actor=actor, at=at
    )
    fill(facts, edition_id, at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.DOCUMENT_OPENED,
        object_kind=part.lower(),
        object_id=str(edition_id),
        object_version=1,
    )


@transaction.atomic
def take_over(*, process: Process[W], actor: Actor, case_id: UUID, part: str, at: datetime) -> W:
    """A colleague at the same unit goes on with the open edition (V-53). Refused by `take_over_refusal`."""
    rule: Rule[W] = partial(take_over_refusal, part=part)
    facts, version, at = hold_open(process, actor, case_id, part, at, rule)
    documents.take_over_version(version_id=version.id, actor=actor, at=at)
    return finish_writing(facts, version, part, actor=actor, at=at, action=Action.DOCUMENT_TAKEN_OVER)


@transaction.atomic
def edit(*, process: Process[W], actor: Actor, case_id: UUID, part: str, copy: Copy, at: datetime) -> W:
    """*Redigera*: open the next edition with what the signed one says. The signed one stays readable (V-53).

    Refused by `edit_refusal`.
    """
    rule: Rule[W] = partial(edit_refusal, part=part)
    facts, document, at = hold_document(process, actor, case_id, part, at, rule)
    return open_next(facts, document, actor=actor, copy=copy, at=at)


def open_next(facts: W, document: DocumentFacts, *, actor: Actor, copy: Copy, at: datetime) -> W:
    """`edit`, of a case that is held and a rule that has been asked."""
    valid = begun(document.valid_version)
    copy(valid.id, documents.open_version(document_id=document.id, actor=actor, at=at), at)
    return finish_writing(facts, valid, document.kind, actor=actor, at=at, action=Action.DOCUMENT_REOPENED)


@transaction.atomic
def sign(
    *,
    process: Process[W],
    actor: Actor,
    case_id: UUID,
    part: str,
    content: Content[W],
    seen: str,
    at: datetime,
    note: Note | None = None,
    rule: Rule[W] | None = None,
) -> W:
    """*Signera* exactly what was reviewed: `seen` is the fingerprint of the content on the page.

    `note` keeps what the lists are to say of it.

    Refused as writing is (`hold_open`); `Stale` when the content has changed since it was shown.
    """
    facts, version, at = hold_open(process, actor, case_id, part, at, rule)
    said = content(facts, version)
    if fingerprint(said) != seen:
        raise Stale(CHANGED_WHILE_REVIEWED)
    if note is not None:
        note(version, said)
    digest = documents.sign_version(
        version_id=version.id, number=version.number, content=said, actor=actor, at=at
    )
    details = {"digest": digest}
    return finish_writing(
        facts, version, part, actor=actor, at=at, action=Action.DOCUMENT_SIGNED, details=details
    )


@transaction.atomic
def drop(*, process: Process[W], actor: Actor, case_id: UUID, part: str, at: datetime) -> W:
    """*Släng utkastet*: the open edition goes, the signed one stands. Refused by `drop_refusal`."""
    rule: Rule[W] = partial(drop_refusal, part=part)
    facts, version, at = hold_open(process, actor, case_id, part, at, rule)
    documents.drop_version(version_id=version.id)
    return finish_writing(facts, version, part, actor=actor, at=at, action=Action.DOCUMENT_DROPPED)


@transaction.atomic
def unlock(*, process: Process[W], actor: Actor, case_id: UUID, part: str, rule: Rule[W], at: datetime) -> W:
    """*Öppna*: a locked document is signed again, to be edited or locked (V-56). Refused by the rule."""
    facts, version, at = hold_locked(process, actor, case_id, part, at, rule)
    documents.unlock_version(version_id=version.id, at=at)
    return finish_writing(facts, version, part, actor=actor, at=at, action=Action.DOCUMENT_UNLOCKED)


def fingerprint(content: Mapping[str, Any]) -> str:
    """Of the same bytes that are signed."""
    return hashlib.sha256(documents.canonical(content)).hexdigest()
