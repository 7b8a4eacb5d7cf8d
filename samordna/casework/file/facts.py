"""A case with what is sent and written in it as one frozen snapshot, and how much of it a unit may see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from samordna.cases.consent import ConsentFacts
from samordna.cases.facts import CaseFacts, JoinFacts, Reach
from samordna.cases.states import Access
from samordna.casework.meetings.facts import Meeting
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel.workingdays import Deadline
from samordna.messaging.facts import MessageFacts
from samordna.messaging.states import MessageStatus

if TYPE_CHECKING:
    from samordna.casework.process import Process

# The page of a case that is about its earlier documents; the other pages are named by their part.
HISTORY = "history"
# An earlier version of a document, named by its id after this.
EARLIER = "earlier:"


@dataclass(frozen=True, kw_only=True)
class StepSettings:
    """What the county has decided for every process. `other_step`: when a step without a deadline of its own is due."""

    other_step: Deadline


@dataclass(frozen=True, kw_only=True)
class CaseWork:
    """What every process has of a case. A process extends it with what is its own."""

    process: "Process[Any]"
    case: CaseFacts
    messages: tuple[MessageFacts, ...]
    documents: tuple[DocumentFacts, ...]
    meetings: Mapping[UUID, Meeting]
    settings: StepSettings
    consents: tuple[ConsentFacts, ...] = ()
    join: JoinFacts | None = None

    def round_of(self, kind: str) -> int | None:
        """The round of which a part's messages and documents count now. None: those of the whole case."""
        return None

    def standing_version(self, kind: str) -> VersionFacts | None:
        """The signed version of a part that its readers are told of."""
        document = self.standing(kind)
        return document.valid_version if document is not None else None

    def settled(self, kind: str) -> bool:
        """Whether a part was locked when the case ended, whatever was being written in it then."""
        return False

    @property
    def result(self) -> str:
        """The part that holds what the individual is to have of the case; empty until it does."""
        return ""

    @property
    def round_number(self) -> int:
        return self.case.round_number

    def messages_of(self, kind: str) -> tuple[MessageFacts, ...]:
        """The part's messages."""
        number = self.round_of(kind)
        return tuple(
            m for m in self.messages if m.kind == kind and (number is None or m.round_number == number)
        )

    def message_of(self, kind: str) -> MessageFacts | None:
        """The part's message that counts now: the sent one, else a draft, else the last voided or taken back."""
        own = self.messages_of(kind)
        for status in (MessageStatus.SENT, MessageStatus.DRAFT):
            found = [m for m in own if m.status == status]
            if found:
                return found[-1]
        return own[-1] if own else None

    @property
    def outside(self) -> Mapping[int, str]:
        """Units outside the system that something sent still stands at, by id with name: they have no own part."""
        sent = (m for m in self.messages if m.status == MessageStatus.SENT)
        return {d.unit_id: d.unit_name for m in sent for d in m.standing if d.external}

    def sent(self, kind: str) -> MessageFacts | None:
        message = self.message_of(kind)
        return message if message is not None and message.status == MessageStatus.SENT else None

    def draft_at(self, kind: str, unit_id: int) -> MessageFacts | None:
        """The unit's own draft of the part."""
        drafts = [
            m for m in self.messages_of(kind) if m.status == MessageStatus.DRAFT and m.unit_id == unit_id
        ]
        return drafts[-1] if drafts else None

    def documents_of(self, kind: str) -> tuple[DocumentFacts, ...]:
        """The part's documents of the round that counts."""
        number = self.round_of(kind)
        return tuple(
            d for d in self.documents if d.kind == kind and (number is None or d.round_number == number)
        )

    def document_of(self, kind: str) -> DocumentFacts | None:
        """The part's document that counts now: the one not voided, else the last voided one."""
        own = self.documents_of(kind)
        standing = [d for d in own if not d.voided]
        return standing[-1] if standing else (own[-1] if own else None)

    def standing(self, kind: str) -> DocumentFacts | None:
        """The part's document unless it is voided."""
        document = self.document_of(kind)
        return None if document is None or document.voided else document

    def meeting_of(self, kind: str) -> Meeting | None:
        message = self.sent(kind)
        return self.meetings.get(message.id) if message else None

    def message(self, message_id: UUID) -> MessageFacts | None:
        return next((m for m in self.messages if m.id == message_id), None)

    def document(self, document_id: UUID) -> DocumentFacts | None:
        return next((d for d in self.documents if d.id == document_id), None)


W = TypeVar("W", bound=CaseWork)


def seen_by(facts: W, unit_id: int) -> W:
    """The same facts cut to what the unit may see (L-02). Drafts are seen by the unit that writes them.

    Of what was sent a unit that has left sees how it stood then: not what others have answered since.
    """
    reach = facts.case.reach_of(unit_id)
    if reach is None:
        return replace(facts, messages=(), documents=())
    seen = (m for m in facts.messages if _message_seen(m, unit_id, reach))
    return replace(
        facts,
        messages=tuple(m if reach.until_at is None else m.as_of(reach.until_at) for m in seen),
        documents=facts.documents if reach.full else _documents_until(facts.documents, reach),
    )


def known_to(facts: W, unit_id: int) -> W:
    """As `seen_by`, and of who takes part only what the unit is told: all of it, or nothing but its own part."""
    reach = facts.case.reach_of(unit_id)
    seen = seen_by(facts, unit_id)
    if reach is not None and reach.full:
        return seen
    own = tuple(p for p in facts.case.participations if p.unit_id == unit_id)
    return replace(seen, case=replace(facts.case, participations=own))


def shows(seen: CaseWork, unit_id: int, place: str) -> bool:
    """Whether a unit has anything to read at a place of the case: a part, or a page about the whole of it.

    `seen` is what `seen_by` gave the unit. A unit in the whole case has every place; one that is invited, informed or
    has left has the parts of which it holds something (L-02).
    """
    reach = seen.case.reach_of(unit_id)
    if reach is None or reach.full:
        return reach is not None
    if place == HISTORY:
        return bool(seen.documents)
    if place.startswith(EARLIER):
        return any(place == f"{EARLIER}{v.id}" for d in seen.documents for v in d.versions)
    return any(m.kind == place for m in seen.messages) or any(d.kind == place for d in seen.documents)


def _message_seen(message: MessageFacts, unit_id: int, reach: Reach) -> bool:
    if message.status == MessageStatus.DRAFT:
        return message.unit_id == unit_id and reach.until_at is None
    if message.status == MessageStatus.TAKEN_BACK:
        return message.unit_id == unit_id
    if reach.full:
        return True
    if reach.until_at is not None and message.sent_at is not None and message.sent_at > reach.until_at:
        return False
    return message.unit_id == unit_id or message.delivery_to(unit_id) is not None


def _documents_until(documents: tuple[DocumentFacts, ...], reach: Reach) -> tuple[DocumentFacts, ...]:
    """What a unit that has left keeps: editions signed while it took part in the whole case."""
    if reach.access != Access.FULL or reach.until_at is None:
        return ()
    until = reach.until_at
    kept = (
        replace(d, versions=tuple(v for v in d.versions if v.signed_at is not None and v.signed_at <= until))
        for d in documents
    )
    return tuple(d for d in kept if d.versions)
