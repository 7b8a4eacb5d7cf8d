"""Who a unit sees that a case is about. Pure; asked by the pages, the rows of the lists, the search and the log."""

from dataclasses import dataclass

from samordna.cases.facts import CaseFacts, KnownPerson, ParticipationFacts
from samordna.cases.states import Access


@dataclass(frozen=True)
class PersonSeen:
    """The person as she is `now`, or as the unit was told of her last; neither: nobody is shown."""

    now: bool
    then: KnownPerson | None = None

    @property
    def nobody(self) -> bool:
        return not self.now and self.then is None


NOW = PersonSeen(True)
NOBODY = PersonSeen(False)


def person_seen_by(case: CaseFacts, unit_id: int) -> PersonSeen:
    """Whom the unit sees (L-02, L-12).

    A unit that takes part in the whole case, or is asked to, sees the person as she is now. Every other sees name and
    number as they stood when its part ended, or when it was informed last; so does, of a protected person, every unit
    of a case that is over. When the case has turned out to be about somebody else since, it sees nobody.
    """
    period = case.period_of(unit_id)
    if period is None:
        return NOBODY
    if _sees_the_present(case, period):
        return NOW
    if period.known is None or period.known.person_id != case.person_id:
        return NOBODY
    return PersonSeen(False, period.known)


def _sees_the_present(case: CaseFacts, period: ParticipationFacts) -> bool:
    if not period.open or period.access == Access.INFORMED:
        return False
    return case.active or (period.access == Access.FULL and not case.protected)


def listed_at(case: CaseFacts, unit_id: int) -> bool:
    """Whether the case has a row in the unit's lists: where somebody is seen, and the case can be opened.

    A unit that has left opens a protected person's case no more: its named readers ended with its part (L-04).
    """
    period = case.period_of(unit_id)
    if period is None or person_seen_by(case, unit_id).nobody:
        return False
    return period.open or not case.protected
