"""*Kartläggning enligt SBAR*: written and signed, where the county uses it (V-40)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.casework.documents.commands import writing
from samordna.casework.documents.commands.holding import hold_open
from samordna.casework.documents.commands.rows import author, save_row
from samordna.casework.documents.commands.writing import finish_writing
from samordna.documents.facts import VersionFacts
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import demand
from samordna.people import queries as persons
from samordna.sip.facts import SipFacts
from samordna.sip.process import SIP
from samordna.sip.queries import hold_sip
from samordna.sip.sbar import rules
from samordna.sip.sbar.content import sbar_content
from samordna.sip.sbar.models import SbarContent
from samordna.sip.sbar.queries import sbar_of
from samordna.sip.states import Part


@transaction.atomic
def open_sbar(*, actor: Actor, case_id: UUID, at: datetime) -> SipFacts:
    """Begin the SBAR, or *Redigera*: open the next edition with what the signed one says.

    Refused by `open_sbar_refusal`.
    """

    def fill(_facts: SipFacts, edition_id: UUID, at: datetime) -> None:
        SbarContent.objects.create(edition_id=edition_id, **author(actor, at))

    def copy(from_version_id: UUID, to_version_id: UUID, at: datetime) -> None:
        texts = sbar_of(from_version_id).texts
        SbarContent.objects.create(edition_id=to_version_id, **texts, **author(actor, at))

    facts, at = hold_sip(actor, case_id, at)
    demand(rules.open_sbar_refusal(facts, actor))
    document = facts.standing(Part.SBAR)
    if document is None:
        return writing.open_first(facts, Part.SBAR, actor=actor, fill=fill, at=at)
    return writing.open_next(facts, document, actor=actor, copy=copy, at=at)


@transaction.atomic
def save_sbar(
    *, actor: Actor, case_id: UUID, version: int, texts: Mapping[str, str], at: datetime
) -> SipFacts:
    """*Spara* the four texts. Refused by `write_sbar_refusal`; `Stale` when somebody saved meanwhile."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.SBAR, at, rules.write_sbar_refusal)
    save_row(SbarContent.objects.filter(edition_id=edition.id), version=version, actor=actor, at=at, **texts)
    return finish_writing(facts, edition, Part.SBAR, actor=actor, at=at)


def sign_sbar(*, actor: Actor, case_id: UUID, seen: str, at: datetime) -> SipFacts:
    """*Signera* exactly what was reviewed. Refused when nothing is written; `Stale` when it has changed since."""
    return writing.sign(
        process=SIP, actor=actor, case_id=case_id, part=Part.SBAR, rule=rules.write_sbar_refusal,
        content=lambda facts, edition: said(facts, edition, at), seen=seen, at=at,
    )  # fmt: skip


def said(facts: SipFacts, edition: VersionFacts, at: datetime) -> dict[str, Any]:
    """The canonical content of an open edition, from its rows. Refused when all four texts are empty."""
    sbar = sbar_of(edition.id)
    demand(rules.sbar_text_refusal(list(sbar.texts.values())))
    return sbar_content(facts, edition, persons.person_card(facts.case.person_id, at=at), sbar)
