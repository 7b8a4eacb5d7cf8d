"""What every page of a case begins with: open it through its door, log the reading, build the frame."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samordna.cases.consent import ConsentFacts
from samordna.casework.documents.presenters.authors import Reader
from samordna.casework.documents.rules.editions import known_until
from samordna.casework.file.commands.reading import read_sip
from samordna.casework.file.presenters.frame import CaseFrame, case_frame
from samordna.documents.facts import DocumentFacts
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible
from samordna.organisations.settings_catalogue import Settings
from samordna.people.queries import PersonCard
from samordna.sip.facts import SipFacts
from samordna.sip.states import Part
from samordna.web.requests import typed_fields


@dataclass(frozen=True)
class CasePage:
    """A case opened for one request: the facts as the unit may see them, the person, and the frame.

    `settings` are what the actor's department has chosen, `read_before` is when the user had read the part before this
    sitting, `first_read` are the messages that this reading is the unit's first of.
    """

    request: HttpRequest
    actor: Actor
    at: datetime
    facts: SipFacts
    person: PersonCard
    settings: Settings
    read_before: datetime | None
    frame: CaseFrame
    first_read: frozenset[UUID] = frozenset()

    @property
    def consents(self) -> tuple[ConsentFacts, ...]:
        return self.facts.consents

    def after_opening(self, message_id: UUID, facts: SipFacts) -> "CasePage":
        """The same page now that the message is opened: nothing on it says unread any more but the message itself."""
        frame = case_frame(facts, self.actor, self.person, self.frame.part, self.at)
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


def reader_of(page: CasePage, document: DocumentFacts) -> Reader:
    """Who reads a document, and since when passages in it are new to the reader."""
    actor = page.actor
    return Reader(actor.user_id, actor.user_name, known_until(document, actor, page.read_before))


def open_page(request: HttpRequest, case_id: UUID, part: Part | None, name: str = "") -> CasePage:
    """Open the case for a page about `part` (or named otherwise, such as "units"). 404 as its door says."""
    actor, at = actor_of(request), clock.now()
    opened, read_before = read_sip(actor=actor, case_id=case_id, part=part or name, at=at)
    frame = case_frame(opened.facts, actor, opened.person, part, at)
    return CasePage(request, actor, at, opened.facts, opened.person, opened.settings, read_before, frame)
