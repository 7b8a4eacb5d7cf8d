"""The notice of admission: written and sent by the ward, by a duty in law."""

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
from samordna.discharge.admission.models import AdmissionContent
from samordna.discharge.admission.queries import admission_text
from samordna.discharge.admission.rules import admission_refusal
from samordna.discharge.admission.text import AdmissionText
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.queries import hold_discharge
from samordna.discharge.states import Part
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import demand
from samordna.messaging.facts import Chosen


@transaction.atomic
def save_admission(
    *, actor: Actor, case_id: UUID, message_id: UUID | None, version: int, chosen: list[Chosen], text: AdmissionText,
    at: datetime,
) -> UUID:  # fmt: skip
    """*Spara*: keep the draft, however unfinished. `version` is the one that was read; else `Stale`."""
    facts, at = hold_discharge(actor, case_id, at)
    message_id = keep_draft(
        facts, kind=Part.ADMISSION, actor=actor, message_id=message_id, version=version, chosen=chosen, at=at
    )
    AdmissionContent.objects.update_or_create(
        message_id=message_id,
        defaults={
            "admitted_on": text.admitted_on,
            "admitted": text.admitted,
            "planned_on": text.planned_on,
            "certainty": text.certainty,
        },
    )
    drafted(facts, message_id=message_id, actor=actor, at=at)
    return message_id


@transaction.atomic
def send_admission(
    *,
    actor: Actor,
    case_id: UUID,
    message_id: UUID,
    version: int,
    consent: ConsentChoice | None = None,
    at: datetime,
) -> DischargeFacts:
    """*Skicka* the draft as it was read. Refused as `admission_refusal` and `write_refusal` say, without consent."""
    facts, at = hold_discharge(actor, case_id, at)
    _message, chosen = sendable_draft(
        facts, kind=Part.ADMISSION, actor=actor, message_id=message_id, version=version
    )
    demand(admission_refusal(admission_text(message_id), at))
    cards, _consent_id = covered_cards(facts, Part.ADMISSION, chosen, consent, actor=actor, at=at)
    return send_draft(
        facts, message_id=message_id, kind=Part.ADMISSION, chosen=chosen, cards=cards, actor=actor, at=at
    )
