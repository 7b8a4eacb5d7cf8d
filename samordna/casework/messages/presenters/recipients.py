"""Which units are proposed as recipients, and the chosen ones as rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samordna.cases.consent import ConsentFacts
from samordna.cases.states import ConsentScope
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.steps.summoned import joined_since
from samordna.messaging.facts import Chosen, MessageFacts
from samordna.organisations.queries import UnitCard
from samordna.sip.states import Part


@dataclass(frozen=True)
class ChosenRow:
    """A chosen unit; `covered` tells whether a valid consent covers it."""

    card: UnitCard
    must_acknowledge: bool
    covered: bool


def chosen_rows(
    needed: ConsentScope, chosen: Sequence[Chosen], cards: Mapping[int, UnitCard], consents: Collection[ConsentFacts],
    day: date,
) -> list[ChosenRow]:  # fmt: skip
    """Units that do not exist are left out: nobody chose them on our pages."""
    return [
        ChosenRow(
            cards[c.unit_id],
            c.must_acknowledge,
            any(held.covers(c.unit_id, day, needed) for held in consents),
        )
        for c in chosen
        if c.unit_id in cards
    ]


def preselected(facts: CaseWork, part: Part, unit_id: int) -> list[Chosen]:
    """Recipients that stand chosen from the start (V-41, V-71, V-80, V-90), without the own unit and closed ones."""
    left_out = {unit_id, *_closed(facts)}
    return [Chosen(unit) for unit in dict.fromkeys(_PRESETS[part](facts)) if unit not in left_out]


def _closed(facts: CaseWork) -> set[int]:
    asked = (delivery for message in facts.messages for delivery in message.deliveries)
    return {
        *(p.unit_id for p in facts.case.participations if p.unit_closed),
        *(delivery.unit_id for delivery in asked if delivery.unit_closed_on is not None),
    }


def left_out(facts: CaseWork, part: Part, chosen: Collection[int]) -> list[str]:
    """Units that have the initiative and have not answered it, and that a summons to planning is not sent to.

    One that it was sent on to after a denial is easily forgotten (V-34): it takes no part until it answers.
    """
    initiative = facts.sent(Part.INITIATIVE)
    if part != Part.SUMMONS or initiative is None:
        return []
    return [d.unit_name for d in initiative.awaited if d.unit_id not in chosen]


def _none(facts: CaseWork) -> list[int]:
    return []


def _for_planning(facts: CaseWork) -> list[int]:
    """In the first round those who accepted the initiative; in a later one those summoned before."""
    earlier = _last_sent(facts, Part.SUMMONS)
    if earlier is not None and earlier.round_number < facts.round_number:
        return [*_receivers(earlier), *facts.case.full_unit_ids]
    return [*facts.case.full_unit_ids, *_outside(facts.sent(Part.INITIATIVE))]


def _for_evaluation(facts: CaseWork) -> list[int]:
    """Those who were summoned to planning and those who take part now."""
    summons = _last_sent(facts, Part.SUMMONS)
    return [*facts.case.full_unit_ids, *_outside(summons)]


def _for_information(facts: CaseWork) -> list[int]:
    """Those who have the initiative or the summons, and those who have come in since."""
    message = facts.sent(Part.SUMMONS) or facts.sent(Part.INITIATIVE)
    later = joined_since(facts, facts.process.messages[Part.SUMMONS])
    return [] if message is None else [message.unit_id, *_receivers(message), *later]


_PRESETS = {
    Part.INITIATIVE: _none,
    Part.SUMMONS: _for_planning,
    Part.EVALUATION_SUMMONS: _for_evaluation,
    Part.INFORMATION: _for_information,
}


def _last_sent(facts: CaseWork, part: Part) -> MessageFacts | None:
    sent = [m for m in facts.messages if m.kind == part and m.status == "SENT"]
    return sent[-1] if sent else None


def _receivers(message: MessageFacts) -> list[int]:
    """Units that the message still stands at; the one that denied is not asked again unasked."""
    return [message.unit_id, *(d.unit_id for d in message.standing if not (d.denied or d.stuck))]


def _outside(message: MessageFacts | None) -> list[int]:
    return [] if message is None else [d.unit_id for d in message.standing if d.external and not d.denied]
