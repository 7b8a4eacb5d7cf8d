"""What a process hands over to casework: its parts, its kinds of message and document, its rules and its words.

All values are frozen and passed in; casework knows no process by name, and looks none up. What a process shows on its
pages is in `casework.pages.Pages`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.cases.reading import Rows
from samordna.cases.states import Access, ConsentScope, EndReason
from samordna.cases.worklist import NextStep
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import Refusal
from samordna.messaging.states import Basis
from samordna.notifications.events import Event
from samordna.organisations.settings_catalogue import Settings

if TYPE_CHECKING:
    from samordna.casework.file.facts import CaseWork
    from samordna.casework.file.steps.view import PartView, Viewer

Words = str | Promise
W = TypeVar("W", bound="CaseWork")
# Beside a step: which unit it comes from, and which is waited for. Told otherwise when there is a time, or several.
FROM_UNIT = _("From %(unit)s")
WAITS_FOR = _("Waiting for %(unit)s")


@dataclass(frozen=True)
class Wording:
    """The words of a step. `more` is left out when a name that it needs is missing, `ahead` replaces `text` until the
    step's moment."""

    text: Words
    more: Words = ""
    ahead: Words = ""
    more_ahead: Words = ""


@dataclass(frozen=True)
class MessageKind(Generic[W]):
    """One kind of message of a process.

    `accepts`: it is accepted or denied, and asks every recipient; else it is acknowledged, where that is asked.
    `several`: more than one may stand at a time, and none belongs to a round. `by_either_right`: to answer is enough
    to write it. `access` is what it lets a recipient into, `deadline` the setting that says until when each answers.
    `consent` is what the individual has agreed to before it is sent; None: it is sent by a duty in law, and its
    delivery says so.
    """

    code: str
    access: Access
    deadline: str
    sent: Event
    voided: Event
    # Whether what is awaited holds the process up, and whether it is too late to tell a unit outside the system.
    holds: Callable[[W, datetime], bool]
    too_late: Callable[[W, datetime], bool]
    # What the unit sees before there is one, and the step that follows when the one there was is gone.
    not_begun: Callable[[W, "Viewer"], "PartView"]
    anew: Callable[[W, "Viewer"], str]
    consent: ConsentScope | None = ConsentScope.SIP
    accepts: bool = False
    several: bool = False
    by_either_right: bool = False
    calls_who_joins: bool = False

    @property
    def basis(self) -> Basis:
        """Why it may be shared with whom it is sent to."""
        return Basis.LAW if self.consent is None else Basis.CONSENT

    @property
    def chosen_as(self) -> Event | None:
        """The event that a unit must have chosen to be told what comes of it (V-11); None for what all are told."""
        return self.sent if self.access == Access.INFORMED else None


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document of a process.

    `locked`, `signed` and `voided` say why nothing can be written in it as it stands, `edit` names the address to which
    *Redigera* is posted. `open_to_all`: whoever takes part sees it before it is signed; else none but the unit that
    writes it does.
    """

    code: str
    locked: Words = ""
    signed: Words = ""
    voided: Words = ""
    edit: str = ""
    open_to_all: bool = False


@dataclass(frozen=True)
class Column:
    """A part in a list: its short name above the column, and how its symbol is read aloud.

    `optional`: only shown where a case has it.
    """

    part: str
    short: Words
    spoken: Words
    optional: bool = False


@dataclass(frozen=True)
class Process(Generic[W]):
    """A process as a frozen value: what the code that acts in a case and shows it must know of it.

    `name` is how users call it. `asked_by` is the kind of message by which one more unit is asked to take part,
    `asked_with` what it is called inside a sentence ("the notice").
    `begin_refusal` says why a part cannot begin, `views` how each part stands as a unit sees it, `step_refusal`
    whether a user may take the step that her unit is told of.
    """

    module: Module
    name: str
    # Above the list of its parts.
    heading: Words
    namespace: str
    steps_version: int
    parts: tuple[str, ...]
    phases: tuple[tuple[Words, tuple[str, ...]], ...]
    labels: Mapping[str, Words]
    slugs: Mapping[str, str]
    columns: tuple[Column, ...]
    messages: Mapping[str, MessageKind[W]]
    # Of what else than what every process tells units are told by mail.
    events: tuple[Event, ...]
    documents: Mapping[str, DocumentKind]
    asked_by: str
    asked_with: Words
    # What is read beside every case, and how that with what all cases have becomes the process's own facts.
    rows: Mapping[str, Prepared]
    facts: Callable[[Mapping[str, Any], Rows, Any], W]
    settings: Callable[[Settings], Any]
    begin_refusal: Callable[[W, str], Refusal | None]
    step_refusal: Callable[[W, Actor, NextStep, datetime], Refusal | None]
    views: Callable[[W, "Viewer"], dict[str, "PartView"]]
    # Steps of the coordinator's that the others are told of, and how they are named then.
    told_to_others: frozenset[str]
    as_others_say: Mapping[str, str]
    sentences: Mapping[str, Wording]
    # How a case of it ends beside the ways that every case can end; nobody chooses them in a form.
    end_reasons: Mapping[EndReason, Words] = field(default_factory=dict)
    # Parts on whose pages a reader sees what is new since she read them last.
    marks_news: frozenset[str] = field(default_factory=frozenset)

    @property
    def several(self) -> frozenset[str]:
        """Kinds of message of which more than one stands at a time."""
        return frozenset(code for code, kind in self.messages.items() if kind.several)

    def part_of(self, slug: str) -> str | None:
        """The part that an address is about."""
        return next((part for part, own in self.slugs.items() if own == slug), None)

    def called(self, number: str) -> str:
        """A case by its number, as it is shown: its name and the number."""
        return f"{self.name} {number}"
