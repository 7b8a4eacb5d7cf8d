"""Whether consent covers the units of a message, asked by the pages that send to them."""

from collections.abc import Sequence
from uuid import UUID

from samordna.cases.consent import consents_of, units_without_consent
from samordna.kernel import clock
from samordna.organisations import queries as places
from samordna.sip.rules.messages import consent_needed
from samordna.sip.states import Part
from samordna.sip.written import Chosen


def uncovered_units(case_id: UUID, part: Part, chosen: Sequence[Chosen]) -> tuple[str, ...]:
    """Names of the chosen units that no valid consent of the case covers for the part.

    Only asked on the way to a command, which opens the case through its door.
    """
    cards = places.unit_cards([choice.unit_id for choice in chosen])
    units = [(card.id, card.name) for card in cards.values()]
    return units_without_consent(consents_of(case_id), units, clock.today(clock.now()), consent_needed(part))
