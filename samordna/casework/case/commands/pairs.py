"""Two active cases that may be one person's, side by side: what is shown of them, and what a yes says yes to."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases.facts import JoinFacts
from samordna.casework.case.rules import identity as rules
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.queries import for_rebuild
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.people import queries as persons


@dataclass(frozen=True)
class Pair:
    """Both cases of a question, held: the one it is answered in first.

    `persons` is whom the two are about, and `seen` what the answer must bring back.
    """

    join: JoinFacts
    own: CaseWork
    other: CaseWork
    persons: str

    @property
    def seen(self) -> str:
        """The question and both cases as they are shown, in one word that tells nothing of them.

        That the other coordinator has confirmed the same meanwhile changes nothing of what one says yes to.
        """
        said = [f"{one.case.status}:{one.case.coordinator.assignment_id}" for one in _in_order(self.both)]
        return _digest(self.yes_to(self.join.keep_case_id), *said)

    def yes_to(self, keep_case_id: UUID) -> str:
        """What somebody who confirms says yes to: that these two persons are one, and which case goes on."""
        return _digest(str(self.join.id), str(keep_case_id), self.persons)

    @property
    def both(self) -> tuple[CaseWork, CaseWork]:
        return self.own, self.other

    def takes_part(self, actor: Actor) -> bool:
        """Whether the user may read the other case too: all of it, now."""
        return self.other.case.read_whole_by(actor.user_id, actor.unit_id)

    def waits(self, actor: Actor) -> Refusal | None:
        """`other_ended_refusal` and `asker_waits_refusal`."""
        return rules.other_ended_refusal(self.other.case) or rules.asker_waits_refusal(
            self.join, case_id=self.own.case.id, takes_part=self.takes_part(actor)
        )

    def shows_asker(self, actor: Actor) -> bool:
        """Whether it may be told who asked: of a protected person that tells which unit has the case (L-04)."""
        asked_here = self.own.case.id == self.join.case_id
        return asked_here or not self.other.case.protected or self.takes_part(actor)

    def shows_other(self, actor: Actor) -> bool:
        """Whether more of the other case may be shown than the existence door tells."""
        asked_here = self.own.case.id == self.join.case_id
        return not asked_here or self.takes_part(actor) or bool(self.join.confirmed_by(self.other.case.id))


def pair_of(facts: CaseWork) -> Pair | None:
    """Both sides of the question that waits about the case. What of the other may be shown is the page's question."""
    if facts.join is None:
        return None
    other = for_rebuild(facts.process, facts.join.other_of(facts.case.id))
    return Pair(facts.join, facts, other, _persons((facts, other)))


def _persons(both: tuple[CaseWork, CaseWork]) -> str:
    """Whom each case is about: what the coordinators are shown to tell whether they are one."""
    lines = persons.person_lines([facts.case.person_id for facts in both])
    said = []
    for facts in _in_order(both):
        line = lines[facts.case.person_id]
        said.append(f"{facts.case.id}:{line.id}:{line.number}:{line.name}")
    return _digest(*said)


def _in_order(both: tuple[CaseWork, CaseWork]) -> list[CaseWork]:
    return sorted(both, key=lambda facts: facts.case.id)


def _digest(*said: str) -> str:
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:32]


@transaction.atomic
def read_pair(*, actor: Actor, facts: CaseWork, at: datetime) -> Pair | None:
    """As `pair_of`, for a page that shows the other case from outside: logged as that, also while little is shown."""
    pair = pair_of(facts)
    if pair is not None:
        audit.record_reading_once(
            actor=actor,
            at=at,
            action=Action.CASE_ENVELOPE_SHOWN,
            person_ids=[pair.other.case.person_id],
            case_id=pair.other.case.id,
        )
    return pair
