"""Frozen snapshots of messages and their deliveries."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from samordna.kernel.text import fingerprint
from samordna.messaging.states import Answer, EndedReason, MessageStatus, ToldHow


@dataclass(frozen=True)
class Chosen:
    """A unit ticked as recipient, and whether it must acknowledge (*Ska kvittera*)."""

    unit_id: int
    must_acknowledge: bool = True


@dataclass(frozen=True)
class DeliveryFacts:
    id: UUID
    unit_id: int
    unit_name: str
    external: bool
    must_acknowledge: bool
    shared_why: str
    added_at: datetime
    due_at: datetime | None
    predecessor_id: UUID | None
    opened_at: datetime | None
    answer: Answer | None
    answered_at: datetime | None
    answered_by_name: str
    comment: str
    suggested_unit_id: int | None
    suggested_text: str
    told_how: ToldHow | None
    told_at: datetime | None
    told_day_only: bool
    told_by_name: str
    told_note: str
    ended_at: datetime | None
    ended_reason: EndedReason | None
    unit_closed_on: date | None = None

    @property
    def recorded(self) -> str:
        """Tells whether what was recorded of a unit outside the system is still the same."""
        return fingerprint([self.told_how, self.told_at, self.told_by_name, self.told_note, self.answer])

    @property
    def awaited(self) -> bool:
        """Whether an answer is still wanted from the unit."""
        return self._unanswered and self.unit_closed_on is None

    @property
    def stuck(self) -> bool:
        """Unanswered at a unit that has been closed: no answer comes, and the sender decides who should have it."""
        return self._unanswered and self.unit_closed_on is not None

    @property
    def _unanswered(self) -> bool:
        return self.ended_at is None and self.must_acknowledge and self.answer is None

    @property
    def unread(self) -> bool:
        """Whether it came for information only, to a unit in the system, and lies unopened."""
        stands = self.ended_at is None and self.answer is None
        return stands and not self.must_acknowledge and not self.external and self.opened_at is None

    def as_of(self, at: datetime) -> "DeliveryFacts":
        """As it stood at a moment: nothing of what was opened, answered, told or ended after it."""
        known = self
        if self.opened_at is not None and self.opened_at > at:
            known = replace(known, opened_at=None)
        if self.answered_at is not None and self.answered_at > at:
            known = replace(
                known, answer=None, answered_at=None, answered_by_name="", comment="",
                suggested_unit_id=None, suggested_text="",
            )  # fmt: skip
        if self.told_at is not None and self.told_at > at:
            known = replace(known, told_how=None, told_at=None, told_by_name="", told_note="")
        if self.ended_at is not None and self.ended_at > at:
            known = replace(known, ended_at=None, ended_reason=None)
        return known

    @property
    def denied(self) -> bool:
        """Denied, and not yet sent on or set aside."""
        return self.ended_at is None and self.answer == Answer.DENIED


@dataclass(frozen=True)
class MessageFacts:
    id: UUID
    kind: str
    round_number: int
    status: MessageStatus
    unit_id: int
    unit_name: str
    written_at: datetime
    written_by_id: int
    written_by_name: str
    sent_at: datetime | None
    sent_by_name: str
    sent_by_title: str
    taken_back_at: datetime | None
    voided_at: datetime | None
    voided_by_name: str
    void_reason: str
    version: int
    deliveries: tuple[DeliveryFacts, ...]

    @property
    def standing(self) -> tuple[DeliveryFacts, ...]:
        """Deliveries that still count."""
        return tuple(delivery for delivery in self.deliveries if delivery.ended_at is None)

    def as_of(self, at: datetime) -> "MessageFacts":
        """With the recipients that it had at a moment, and what they had answered by then."""
        return replace(self, deliveries=tuple(d.as_of(at) for d in self.deliveries if d.added_at <= at))

    def delivery_to(self, unit_id: int) -> DeliveryFacts | None:
        """The unit's standing delivery, else its last ended one."""
        own = [delivery for delivery in self.deliveries if delivery.unit_id == unit_id]
        return next((d for d in own if d.ended_at is None), own[-1] if own else None)

    @property
    def opened_by_anyone(self) -> bool:
        """Whether a unit has opened it, or one outside the system been told."""
        return any(d.opened_at or d.answer or d.told_at for d in self.deliveries)

    @property
    def awaited(self) -> tuple[DeliveryFacts, ...]:
        return tuple(delivery for delivery in self.deliveries if delivery.awaited)

    @property
    def unmet(self) -> tuple[DeliveryFacts, ...]:
        """Those that the sender decides about: denied, or stuck at a unit that has been closed."""
        return tuple(delivery for delivery in self.deliveries if delivery.denied or delivery.stuck)
