"""Whether consent covers the units of a message, asked by the pages that send to them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from samordna.cases.consent import consents_of, units_covered_until, units_without_consent
from samordna.cases.facts import CaseFacts
from samordna.cases.states import ConsentScope
from samordna.casework.file.views.page import CasePage
from samordna.casework.messages.kinds import DraftKind, Text
from samordna.kernel import clock
from samordna.messaging.facts import Chosen
from samordna.organisations import queries as places


def uncovered_units(
    case: CaseFacts, needed: ConsentScope | None, chosen: Sequence[Chosen]
) -> tuple[str, ...]:
    """Names of the chosen units that no valid consent of the case covers. The case has passed its door."""
    cards = places.unit_cards([choice.unit_id for choice in chosen])
    units = [(card.id, card.name) for card in cards.values()]
    return units_without_consent(consents_of(case.id, case.born), units, clock.today(clock.now()), needed)


def consent_ends(page: CasePage[Any], kind: DraftKind, text: Text, unit_ids: Iterable[int]) -> date | None:
    """The last day of the consent for these units, when it is before the meeting that they are summoned to."""
    meets_on, today = kind.meets_on(text), clock.today(page.at)
    if meets_on is None or meets_on < today or not page.facts.case.active:
        return None
    return units_covered_until(page.consents, unit_ids, today, meets_on, kind.message.consent)
