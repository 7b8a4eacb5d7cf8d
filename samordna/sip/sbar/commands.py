"""*Kartläggning enligt SBAR*: written and signed, where the county uses it (V-40)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.audit.states import Action
from samordna.casework.documents.commands.rows import author, save_row
from samordna.casework.documents.commands.writing import CHANGED_WHILE_REVIEWED, fingerprint, finish_writing
from samordna.casework.documents.rules.editions import NOT_BEGUN
from samordna.casework.file.commands.act import finish
from samordna.documents import commands as documents
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refused, Stale, demand
from samordna.people import queries as persons
from samordna.sip.facts import SipFacts
from samordna.sip.queries import hold_sip
from samordna.sip.sbar import rules
from samordna.sip.sbar.content import sbar_content
from samordna.sip.sbar.models import SbarContent
from samordna.sip.sbar.queries import sbar_of
from samordna.sip.states import Part


@transaction.atomic
def open_sbar(*, actor: Actor, case_id: UUID, at: datetime) -> SipFacts:
    """Begin the SBAR, or *Redigera*: open the next edition with what the signed one says."""
    facts, at = hold_sip(actor, case_id, at)
    demand(rules.open_sbar_refusal(facts, actor))
    version_id = _next_edition(facts, facts.standing(Part.SBAR), actor, at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.DOCUMENT_OPENED,
        object_kind="sbar",
        object_id=str(version_id),
    )


def _next_edition(facts: SipFacts, document: DocumentFacts | None, actor: Actor, at: datetime) -> UUID:
    texts: dict[str, str] = {}
    if document is None:
        _document, version_id = documents.begin_document(
            case_id=facts.case.id, round_number=facts.round_number, kind=Part.SBAR, actor=actor, at=at
        )
    else:
        version_id = documents.open_version(document_id=document.id, actor=actor, at=at)
        if document.valid_version is not None:
            texts = sbar_of(document.valid_version.id).texts
    SbarContent.objects.create(edition_id=version_id, **texts, **author(actor, at))
    return version_id


@transaction.atomic
def save_sbar(
    *, actor: Actor, case_id: UUID, version: int, texts: Mapping[str, str], at: datetime
) -> SipFacts:
    """*Spara* the four texts. Refused by `write_sbar_refusal`; `Stale` when somebody saved meanwhile."""
    facts, edition, at = _hold_open(actor, case_id, at)
    save_row(SbarContent.objects.filter(edition_id=edition.id), version=version, actor=actor, at=at, **texts)
    return finish_writing(facts, edition, Part.SBAR, actor=actor, at=at)


@transaction.atomic
def sign_sbar(*, actor: Actor, case_id: UUID, seen: str, at: datetime) -> SipFacts:
    """*Signera* exactly what was reviewed. Refused when nothing is written; `Stale` when it has changed since."""
    facts, edition, at = _hold_open(actor, case_id, at)
    content = said(facts, edition, at)
    if fingerprint(content) != seen:
        raise Stale(CHANGED_WHILE_REVIEWED)
    documents.sign_version(version_id=edition.id, content=content, actor=actor, at=at)
    return finish_writing(facts, edition, Part.SBAR, actor=actor, at=at, action=Action.DOCUMENT_SIGNED)


def said(facts: SipFacts, edition: VersionFacts, at: datetime) -> dict[str, Any]:
    """The canonical content of an open edition, from its rows. Refused when all four texts are empty."""
    sbar = sbar_of(edition.id)
    demand(rules.sbar_text_refusal(list(sbar.texts.values())))
    return sbar_content(facts, edition, persons.person_card(facts.case.person_id, at=at), sbar)


def _hold_open(actor: Actor, case_id: UUID, at: datetime) -> tuple[SipFacts, VersionFacts, datetime]:
    facts, at = hold_sip(actor, case_id, at)
    demand(rules.write_sbar_refusal(facts, actor))
    document = facts.standing(Part.SBAR)
    edition = document.open_version if document else None
    if edition is None:
        raise Refused(NOT_BEGUN)
    return facts, edition, at
