"""The information message (V-90): written and sent, by either right."""

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
from samordna.kernel.refusal import demand
from samordna.messaging.facts import Chosen
from samordna.sip.facts import SipFacts
from samordna.sip.information.models import InformationContent
from samordna.sip.information.queries import information_texts
from samordna.sip.information.rules import information_refusal
from samordna.sip.information.text import InformationText
from samordna.sip.queries import hold_sip
from samordna.sip.states import Part


@transaction.atomic
def save_information(
    *, actor: Actor, case_id: UUID, message_id: UUID | None, version: int, chosen: list[Chosen], text: InformationText,
    at: datetime,
) -> UUID:  # fmt: skip
    """*Spara*: keep the draft, however unfinished. `version` is the one that was read; else `Stale`."""
    facts, at = hold_sip(actor, case_id, at)
    message_id = keep_draft(
        facts,
        kind=Part.INFORMATION,
        actor=actor,
        message_id=message_id,
        version=version,
        chosen=chosen,
        at=at,
    )
    InformationContent.objects.update_or_create(message_id=message_id, defaults={"text": text.text})
    drafted(facts, message_id=message_id, actor=actor, at=at)
    return message_id


@transaction.atomic
def send_information(
    *,
    actor: Actor,
    case_id: UUID,
    message_id: UUID,
    version: int,
    consent: ConsentChoice | None = None,
    at: datetime,
) -> SipFacts:
    """*Skicka* the draft as it was read. Refused without a text, and as `write_refusal` and consent say."""
    facts, at = hold_sip(actor, case_id, at)
    _message, chosen = sendable_draft(
        facts, kind=Part.INFORMATION, actor=actor, message_id=message_id, version=version
    )
    demand(information_refusal(information_texts([message_id]).get(message_id, InformationText())))
    cards, _consent_id = covered_cards(facts, Part.INFORMATION, chosen, consent, actor=actor, at=at)
    return send_draft(
        facts, message_id=message_id, kind=Part.INFORMATION, chosen=chosen, cards=cards, actor=actor, at=at
    )
