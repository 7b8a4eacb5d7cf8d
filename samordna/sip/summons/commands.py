"""The summons to planning and to evaluation: one thing, by part (V-41, V-80)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.cases.consent import ConsentChoice
from samordna.casework.meetings.rules import meeting_refusal
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
from samordna.sip.queries import hold_sip
from samordna.sip.states import Part
from samordna.sip.summons.models import SummonsContent
from samordna.sip.summons.queries import summons_text
from samordna.sip.summons.text import SummonsText


@transaction.atomic
def save_summons(
    *, actor: Actor, case_id: UUID, part: Part, message_id: UUID | None, version: int, chosen: list[Chosen],
    text: SummonsText, at: datetime,
) -> UUID:  # fmt: skip
    """*Spara*: keep the draft, however unfinished. `version` is the one that was read; else `Stale`."""
    facts, at = hold_sip(actor, case_id, at)
    message_id = keep_draft(
        facts, kind=part, actor=actor, message_id=message_id, version=version, chosen=chosen, at=at
    )
    SummonsContent.objects.update_or_create(
        message_id=message_id,
        defaults={
            "meets_on": text.meets_on,
            "starts": text.starts,
            "ends": text.ends,
            "form": text.form,
            "place": text.place,
            "other": text.other,
        },
    )
    drafted(facts, message_id=message_id, actor=actor, at=at)
    return message_id


@transaction.atomic
def send_summons(
    *,
    actor: Actor,
    case_id: UUID,
    part: Part,
    message_id: UUID,
    version: int,
    day_off_confirmed: bool,
    consent: ConsentChoice | None = None,
    at: datetime,
) -> SipFacts:
    """*Skicka* the draft as it was read.

    Refused when date, time or place is missing, the meeting has begun or ends before it starts, the day is a day off
    and not confirmed, when consent does not cover every recipient, and as `write_refusal`.
    """
    facts, at = hold_sip(actor, case_id, at)
    _message, chosen = sendable_draft(facts, kind=part, actor=actor, message_id=message_id, version=version)
    demand(meeting_refusal(summons_text(message_id), day_off_confirmed=day_off_confirmed, at=at))
    cards, _consent_id = covered_cards(facts, part, chosen, consent, actor=actor, at=at)
    return send_draft(facts, message_id=message_id, kind=part, chosen=chosen, cards=cards, actor=actor, at=at)
