"""Which units are proposed as recipients, and the chosen ones as rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samordna.cases.consent import ConsentFacts, is_covered
from samordna.cases.states import ConsentScope
from samordna.casework.file.facts import CaseWork
from samordna.casework.messages.kinds import DraftKind
from samordna.messaging.facts import Chosen, MessageFacts
from samordna.organisations.queries import UnitCard


@dataclass(frozen=True)
class ChosenRow:
    """A chosen unit; `covered` tells whether it may be sent to: by a consent, or since none is needed."""

    card: UnitCard
    must_acknowledge: bool
    covered: bool


def chosen_rows(
    needed: ConsentScope | None, chosen: Sequence[Chosen], cards: Mapping[int, UnitCard],
    consents: Collection[ConsentFacts], day: date,
) -> list[ChosenRow]:  # fmt: skip
    """Units that do not exist are left out: nobody chose them on our pages."""
    return [
        ChosenRow(
            cards[c.unit_id],
            c.must_acknowledge,
            is_covered(consents, c.unit_id, day, needed),
        )
        for c in chosen
        if c.unit_id in cards
    ]


def preselected(facts: CaseWork, kind: DraftKind, unit_id: int) -> list[Chosen]:
    """Recipients that stand chosen from the start, without the own unit and closed ones."""
    left_out = {unit_id, *_closed(facts)}
    return [Chosen(unit) for unit in dict.fromkeys(kind.proposed(facts)) if unit not in left_out]


def _closed(facts: CaseWork) -> set[int]:
    asked = (delivery for message in facts.messages for delivery in message.deliveries)
    return {
        *(p.unit_id for p in facts.case.participations if p.unit_closed),
        *(delivery.unit_id for delivery in asked if delivery.unit_closed_on is not None),
    }


def last_sent(facts: CaseWork, part: str) -> MessageFacts | None:
    """The message of a part that was sent last, whatever round it belongs to."""
    sent = [m for m in facts.messages if m.kind == part and m.status == "SENT"]
    return sent[-1] if sent else None


def receivers(message: MessageFacts) -> list[int]:
    """Units that the message still stands at; the one that denied is not asked again unasked."""
    return [message.unit_id, *(d.unit_id for d in message.standing if not (d.denied or d.stuck))]


def outside(message: MessageFacts | None) -> list[int]:
    """Units outside the system that it stands at."""
    return [] if message is None else [d.unit_id for d in message.standing if d.external and not d.denied]
