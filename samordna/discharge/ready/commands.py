"""*Utskrivningsklar*: written and sent by the ward."""

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
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.queries import hold_discharge
from samordna.discharge.ready.models import ReadyContent
from samordna.discharge.ready.queries import ready_text
from samordna.discharge.ready.rules import ready_refusal
from samordna.discharge.ready.text import ReadyText
from samordna.discharge.states import Part
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import demand
from samordna.messaging.facts import Chosen


@transaction.atomic
def save_ready(
    *, actor: Actor, case_id: UUID, message_id: UUID | None, version: int, chosen: list[Chosen], text: ReadyText,
    at: datetime,
) -> UUID:  # fmt: skip
    """*Spara*: keep the draft, however unfinished. `version` is the one that was read; else `Stale`."""
    facts, at = hold_discharge(actor, case_id, at)
    message_id = keep_draft(
        facts, kind=Part.READY, actor=actor, message_id=message_id, version=version, chosen=chosen, at=at
    )
    ReadyContent.objects.update_or_create(
        message_id=message_id,
        defaults={
            "physician": text.physician,
            "assessed_on": text.assessed_on,
            "assessed": text.assessed,
        },
    )
    drafted(facts, message_id=message_id, actor=actor, at=at)
    return message_id


@transaction.atomic
def send_ready(
    *,
    actor: Actor,
    case_id: UUID,
    message_id: UUID,
    version: int,
    consent: ConsentChoice | None = None,
    at: datetime,
) -> DischargeFacts:
    """*Skicka* the draft as it was read. Refused as `ready_refusal`, consent and `write_refusal` say."""
    facts, at = hold_discharge(actor, case_id, at)
    _message, chosen = sendable_draft(
        facts, kind=Part.READY, actor=actor, message_id=message_id, version=version
    )
    demand(ready_refusal(ready_text(message_id), facts.admitted_at, at))
    cards, _consent_id = covered_cards(facts, Part.READY, chosen, consent, actor=actor, at=at)
    return send_draft(
        facts, message_id=message_id, kind=Part.READY, chosen=chosen, cards=cards, actor=actor, at=at
    )
