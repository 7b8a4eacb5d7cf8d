"""What every page of a case begins with: open it through its door, log the reading, build the frame."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samordna.cases.consent import ConsentFacts
from samordna.casework.file.commands.reading import read_case
from samordna.casework.file.presenters.addresses import address, part_url
from samordna.casework.file.presenters.frame import CaseFrame, case_frame
from samordna.casework.pages import Pages
from samordna.casework.process import Process, W
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible
from samordna.organisations.settings_catalogue import Settings
from samordna.people.queries import PersonCard
from samordna.web.requests import typed_fields


@dataclass(frozen=True)
class CasePage(Generic[W]):
    """A case opened for one request: the facts as the unit may see them, the person, and the frame.

    `settings` are what the actor's department has chosen, `read_before` is when the user had read the part before this
    sitting, `first_read` are the messages that this reading is the unit's first of.
    """

    request: HttpRequest
    actor: Actor
    at: datetime
    facts: W
    person: PersonCard
    settings: Settings
    read_before: datetime | None
    frame: CaseFrame
    pages: Pages[Any]
    first_read: frozenset[UUID] = frozenset()

    @property
    def consents(self) -> tuple[ConsentFacts, ...]:
        return self.facts.consents

    @property
    def process(self) -> Process[Any]:
        return self.pages.process

    def after_opening(self, message_id: UUID, facts: W) -> "CasePage[W]":
        """The same page now that the message is opened: nothing on it says unread any more but the message itself."""
        frame = case_frame(self.pages, facts, self.actor, self.person, self.frame.part, self.at)
        return replace(self, facts=facts, frame=frame, first_read=self.first_read | {message_id})

    def render(self, template: str, **context: Any) -> HttpResponse:
        """Render a part inside the frame. Templates extend `casework/case_frame.html`."""
        around = {"frame_case": self.frame, "facts": self.facts, "at": self.at}
        around["first_read"] = self.first_read
        if self.request.method == "POST" and context.get("refusal") and not context.get("kept"):
            # The form is not shown any more: what was typed in it is handed back (S16).
            around["handed_back"] = [value for name, value in typed_fields(self.request) if _is_words(name)]
        status = 409 if context.get("conflict") else 200
        return render(self.request, template, around | context, status=status)


# What a form posts beside words: choices, versions, and what its fields began from.
_NO_WORDS = frozenset(
    {"act", "acknowledge", "answer", "attended", "check", "consent_shown", "day_off", "end", "form", "giver",
     "guardians", "handler", "how", "initiator", "message_id", "needs_interpreter", "person", "protection",
     "recipient", "relation", "save", "scope", "seen", "send", "suggested_unit", "units", "version", "draft_form",
     "draft_base"}
)  # fmt: skip


def _is_words(name: str) -> bool:
    last = name.rpartition("-")[2]
    return last not in _NO_WORDS and not last.startswith("base_")


def actor_of(request: HttpRequest) -> Actor:
    """The request's actor. Middleware has seen to it that there is one on every page behind login."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        raise NotVisible
    return actor


def pages_of(request: HttpRequest) -> Pages[Any]:
    """What the process of this address shows of itself. Whoever mounts the addresses has put it there."""
    pages: Pages[Any] = request.pages  # type: ignore[attr-defined]
    return pages


def process_of(request: HttpRequest) -> Process[Any]:
    """The process of this address."""
    return pages_of(request).process


def address_of(request: HttpRequest, name: str, *values: object) -> str:
    """The address by this name in the process of the request."""
    return address(process_of(request), name, *values)


def part_address(request: HttpRequest, case_id: UUID, part: str) -> str:
    """The page of a part in the process of the request."""
    return part_url(process_of(request), case_id, part)


def open_page(request: HttpRequest, case_id: UUID, part: str | None, name: str = "") -> CasePage[Any]:
    """Open the case for a page about `part` (or named otherwise, such as "units"). 404 as its door says."""
    actor, at, pages = actor_of(request), clock.now(), pages_of(request)
    opened, read_before = read_case(
        process=pages.process, actor=actor, case_id=case_id, part=part or name, at=at
    )
    frame = case_frame(pages, opened.facts, actor, opened.person, part, at)
    return CasePage(
        request, actor, at, opened.facts, opened.person, opened.settings, read_before, frame, pages
    )
