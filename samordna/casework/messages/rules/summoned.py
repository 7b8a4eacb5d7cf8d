"""Which units have come into a case after its summons was sent, and are not called. Pure."""

from datetime import datetime

from samordna.messaging.states import Answer
from samordna.sip.facts import SipFacts
from samordna.sip.states import Part

SUMMONSES = frozenset({Part.SUMMONS, Part.EVALUATION_SUMMONS})


def joined_since(facts: SipFacts, summons: Part) -> dict[int, tuple[str, datetime]]:
    """Units that accepted, or were let into the whole case, after the summons was sent, by id with name and since when.

    One that was there already and was left out was left out by whoever called; one that was called once and taken off
    is not called again unasked (V-41).
    """
    message, initiative = facts.sent(summons), facts.sent(Part.INITIATIVE)
    if message is None or message.sent_at is None or summons not in SUMMONSES:
        return {}
    called = {message.unit_id, *(delivery.unit_id for delivery in message.deliveries)}
    working = facts.case.working_unit_ids
    found = {
        p.unit_id: (p.unit_name, p.from_at)
        for p in facts.case.participations
        if p.open and p.unit_id in working and p.from_at > message.sent_at
    }
    for delivery in initiative.standing if initiative is not None else ():
        accepted = delivery.external and delivery.answer == Answer.ACCEPTED
        if accepted and delivery.answered_at is not None and delivery.answered_at > message.sent_at:
            found[delivery.unit_id] = (delivery.unit_name, delivery.answered_at)
    return {unit_id: one for unit_id, one in found.items() if unit_id not in called}
