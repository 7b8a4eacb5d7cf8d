"""Frozen snapshots of a case: what rules, steps and pages are given instead of database rows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samordna.cases.states import Access, CaseStatus, LeftReason
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.people.queries import age_on


@dataclass(frozen=True)
class KnownPerson:
    """Name and number of a person as a unit was told them last."""

    person_id: UUID
    name: str
    number: str


@dataclass(frozen=True)
class ParticipationFacts:
    """A unit's period in the case. An open period has no `until_at`.

    `known` is of whom the unit was told last, if that is not the person as she is now.
    """

    unit_id: int
    unit_name: str
    access: Access
    from_at: datetime
    until_at: datetime | None
    left_reason: LeftReason | None
    unit_closed: bool = False
    # The unit and what stands above it in the tree.
    lies_within: frozenset[int] = frozenset()
    known: KnownPerson | None = None

    @property
    def open(self) -> bool:
        return self.until_at is None


@dataclass(frozen=True)
class CoordinatorFacts:
    """Who coordinates now, and by which telephone she is reached.

    `valid` is False when the assignment has ended, the user is closed or has lost the right to use the module: then an
    administrator or superuser names another.
    """

    assignment_id: int
    user_id: int
    name: str
    phone: str
    unit_id: int
    unit_name: str
    named_at: datetime
    valid: bool


@dataclass(frozen=True)
class HandlerFacts:
    """Who watches the case at a unit. `valid` as for the coordinator: nobody watches it when it is False."""

    unit_id: int
    assignment_id: int
    user_id: int
    name: str
    valid: bool = True


@dataclass(frozen=True)
class RoundFacts:
    """One turn of summons, plan and follow-up. Cancelled: begun by mistake, and no turn of the case (V-73)."""

    number: int
    started_at: datetime
    cancelled_at: datetime | None
    cancelled_by_name: str
    cancel_reason: str


@dataclass(frozen=True)
class Reach:
    """How much of a case a unit may see: how far its access goes, and until when (None: still)."""

    access: Access
    until_at: datetime | None

    @property
    def full(self) -> bool:
        return self.access == Access.FULL and self.until_at is None


@dataclass(frozen=True)
class CaseFacts:
    id: UUID
    module: Module
    number: str
    status: CaseStatus
    person_id: UUID
    protected: bool
    created_at: datetime
    created_by_name: str
    created_unit_id: int
    created_unit_name: str
    ended_at: datetime | None
    ended_by_name: str
    end_reason: str
    end_comment: str
    continued_in: str
    rounds: tuple[RoundFacts, ...]
    coordinator: CoordinatorFacts
    participations: tuple[ParticipationFacts, ...]
    handlers: tuple[HandlerFacts, ...]
    named_readers: tuple[tuple[int, int], ...]
    last_logged_at: datetime | None = None
    born: date | None = None
    person_number: str = ""
    protection_changed_at: datetime | None = None

    @property
    def active(self) -> bool:
        return self.status == CaseStatus.ACTIVE

    @property
    def round(self) -> RoundFacts:
        """The present round: the last one that is not cancelled. The first can never be."""
        return [turn for turn in self.rounds if turn.cancelled_at is None][-1]

    @property
    def round_number(self) -> int:
        return self.round.number

    def age_on(self, day: date) -> int | None:
        """The person's age, as far as the number tells it."""
        return age_on(self.born, day)

    def reach_of(self, unit_id: int) -> Reach | None:
        """The unit's reach, which it keeps to its end (L-02)."""
        period = self.period_of(unit_id)
        return None if period is None else Reach(period.access, period.until_at)

    def period_of(self, unit_id: int) -> ParticipationFacts | None:
        """The unit's open participation, else its last one.

        A unit whose only message was taken back unopened never took part.
        """
        own = [
            p for p in self.participations if p.unit_id == unit_id and p.left_reason != LeftReason.TAKEN_BACK
        ]
        if not own:
            return None
        return next((p for p in own if p.open), None) or max(own, key=lambda p: p.from_at)

    def moment_of_act(self, at: datetime) -> datetime:
        """When an act asked for `at` takes place. The case must be held: what was logged last in it stands still."""
        return clock.in_turn(at, last=self.last_logged_at, present=clock.now())

    def handler_at(self, unit_id: int) -> HandlerFacts | None:
        """Who was named last at the unit, whether she still works there or not."""
        return next((handler for handler in self.handlers if handler.unit_id == unit_id), None)

    def watched_at(self, unit_id: int) -> bool:
        """Whether somebody who still may watches the case at the unit (V-25)."""
        handler = self.handler_at(unit_id)
        return handler is not None and handler.valid

    @property
    def full_unit_ids(self) -> tuple[int, ...]:
        return tuple(p.unit_id for p in self.participations if p.open and p.access == Access.FULL)

    @property
    def working_unit_ids(self) -> tuple[int, ...]:
        """The units in the whole case at which somebody can act: those that are not closed."""
        working = (p for p in self.participations if p.open and not p.unit_closed)
        return tuple(p.unit_id for p in working if p.access == Access.FULL)

    def acts_for(self, unit_id: int, of: int) -> bool:
        """Whether a unit does what it was for `of` to do: `of` itself, and the coordinator's unit when `of` has left
        the case or is closed."""
        return unit_id == of or (unit_id == self.coordinator.unit_id and of not in self.working_unit_ids)

    def closed_at(self, unit_id: int) -> bool:
        """Whether the unit takes part in the case and is closed, so that nobody there acts."""
        return any(p.unit_closed for p in self.participations if p.open and p.unit_id == unit_id)

    def covered_by(self, places: frozenset[int]) -> bool:
        """Whether a unit in the whole case is one of the places, or lies below one of them (K-05)."""
        return any(p.open and p.access == Access.FULL and p.lies_within & places for p in self.participations)

    def is_coordinator(self, user_id: int, unit_id: int) -> bool:
        return self.coordinator.user_id == user_id and self.coordinator.unit_id == unit_id

    def names_readers_at(self, unit_id: int) -> bool:
        return any(unit == unit_id for unit, _ in self.named_readers)

    def read_whole_by(self, user_id: int, unit_id: int) -> bool:
        """Whether the user may read all of the case: at a unit that takes part in the whole of it, and still does."""
        reach = self.reach_of(unit_id)
        return reach is not None and reach.full and self.lets_read(user_id, unit_id)

    def lets_read(self, user_id: int, unit_id: int) -> bool:
        """A protected person's case opens only for users named at the unit (L-04)."""
        return not self.protected or (unit_id, user_id) in self.named_readers


@dataclass(frozen=True)
class JoinFacts:
    """A question that waits: two active SIPs may be one person's. `case_id` is where it was asked (L-01)."""

    id: UUID
    case_id: UUID
    other_case_id: UUID
    keep_case_id: UUID
    kind: str
    number: str
    asked_at: datetime
    asked_by_name: str
    asked_unit_name: str
    due_at: datetime
    other_due_at: datetime
    agreed_by_name: str
    other_agreed_by_name: str
    version: int

    def other_of(self, case_id: UUID) -> UUID:
        """The case on the other side of the question."""
        return self.other_case_id if case_id == self.case_id else self.case_id

    def confirmed_by(self, case_id: UUID) -> str:
        """Who has confirmed for the case, or nobody."""
        return self.agreed_by_name if case_id == self.case_id else self.other_agreed_by_name

    def due_for(self, case_id: UUID) -> datetime:
        """Until when the case's coordinator is to answer."""
        return self.due_at if case_id == self.case_id else self.other_due_at
