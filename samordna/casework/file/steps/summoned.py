"""Which units have come into a case after others were called to its meeting, and are not called. Pure."""

from datetime import datetime
from typing import Any

from samordna.casework.file.facts import CaseWork
from samordna.casework.process import MessageKind
from samordna.messaging.states import Answer


def joined_since(facts: CaseWork, kind: MessageKind[Any]) -> dict[int, tuple[str, datetime]]:
    """Units that accepted, or were let into the whole case, after it was sent, by id with name and since when.

    One that was there already and was left out was left out by whoever called; one that was called once and taken off
    is not called again unasked (V-41).
    """
    message, asking = facts.sent(kind.code), facts.sent(facts.process.asked_by)
    if message is None or message.sent_at is None or not kind.calls_who_joins:
        return {}
    called = {message.unit_id, *(delivery.unit_id for delivery in message.deliveries)}
    working = facts.case.working_unit_ids
    found = {
        p.unit_id: (p.unit_name, p.from_at)
        for p in facts.case.participations
        if p.open and p.unit_id in working and p.from_at > message.sent_at
    }
    for delivery in asking.standing if asking is not None else ():
        accepted = delivery.external and delivery.answer == Answer.ACCEPTED
        if accepted and delivery.answered_at is not None and delivery.answered_at > message.sent_at:
            found[delivery.unit_id] = (delivery.unit_name, delivery.answered_at)
    return {unit_id: one for unit_id, one in found.items() if unit_id not in called}
