"""The initiative: written, sent with the choice of consent (V-30, V-31)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.cases.consent import ConsentChoice
from samordna.casework.messages.commands.drafting import (
    covered_cards,
    drafted,
    keep_draft,
    send_draft,
    sendable_draft,
)
from samordna.kernel.actor import Actor
from samordna.kernel.changing import Update
from samordna.kernel.refusal import demand
from samordna.messaging.facts import Chosen
from samordna.sip.facts import SipFacts
from samordna.sip.initiative.models import InitiativeContent
from samordna.sip.initiative.queries import initiative_text
from samordna.sip.initiative.rules import initiative_refusal
from samordna.sip.initiative.text import InitiativeText
from samordna.sip.queries import hold_sip
from samordna.sip.states import Part


@transaction.atomic
def save_initiative(
    *, actor: Actor, case_id: UUID, message_id: UUID | None, version: int, chosen: list[Chosen], text: InitiativeText,
    at: datetime,
) -> UUID:  # fmt: skip
    """*Spara*: keep the draft, however unfinished. `version` is the one that was read; else `Stale`."""
    facts, at = hold_sip(actor, case_id, at)
    message_id = keep_draft(
        facts, kind=Part.INITIATIVE, actor=actor, message_id=message_id, version=version, chosen=chosen, at=at
    )
    InitiativeContent.objects.update_or_create(
        message_id=message_id,
        defaults={
            "reason": text.reason,
            "initiator": text.initiator,
            "initiator_name": text.initiator_name,
            "consent_draft": dict(text.consent),
        },
    )
    drafted(facts, message_id=message_id, actor=actor, at=at)
    return message_id


@transaction.atomic
def send_initiative(
    *,
    actor: Actor,
    case_id: UUID,
    message_id: UUID,
    version: int,
    consent: ConsentChoice | None,
    at: datetime,
) -> SipFacts:
    """*Skicka* the draft as it was read. A choice of consent is recorded for its recipients in the same act.

    Refused when something mandatory is missing, when consent does not cover every recipient, and as `write_refusal`.
    """
    facts, at = hold_sip(actor, case_id, at)
    _message, chosen = sendable_draft(
        facts, kind=Part.INITIATIVE, actor=actor, message_id=message_id, version=version
    )
    demand(initiative_refusal(initiative_text(message_id)))
    cards, consent_id = covered_cards(facts, Part.INITIATIVE, chosen, consent, actor=actor, at=at)
    if consent_id is not None:
        _consented(message_id=message_id, consent_id=consent_id)
    return send_draft(
        facts, message_id=message_id, kind=Part.INITIATIVE, chosen=chosen, cards=cards, actor=actor, at=at
    )


_consented = Update(
    lambda message_id, consent_id: (
        InitiativeContent.objects.filter(message_id=message_id),
        {"consent_id": consent_id},
    ),
    message_id=UUID,
    consent_id=UUID,
)
