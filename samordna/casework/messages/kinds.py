"""A kind of message as its pages know it: how it is written, read, sent, and what is said of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.functional import Promise

from samordna.casework.file.views.page import CasePage, pages_of
from samordna.casework.messages.forms.recipients import DraftForm
from samordna.casework.process import MessageKind
from samordna.messaging.facts import MessageFacts

Words = str | Promise
# Label, value, and the id of the field it is changed in.
Row = tuple[Words, Words, str]
# What is written in a message: a frozen value of its kind. One that asks for consent has `consent` and `consent_id`.
Text = Any


def _nobody(_facts: Any, _chosen: Collection[int]) -> str:
    return ""


def _none(_messages: Collection[UUID]) -> Mapping[UUID, Text]:
    return {}


def _no_day(_text: Text) -> date | None:
    return None


@dataclass(frozen=True)
class DraftKind:
    """`read` gives what a message says and `rows` shows it; `save` and `send` are the commands, with the arguments all
    have. `like` is what a new one may take over from one that is gone, and whether its day had passed. `proposed` are
    the units that stand chosen from the start, `left_out` tells of those that are easily forgotten, and `effects` says
    what voiding one leads to. `send_words` and `sent_words` count the units that the system tells.
    """

    message: MessageKind[Any]
    form: type[DraftForm]
    template: str
    read: Callable[[UUID], Text]
    rows: Callable[[Text, datetime], list[Row]]
    save: Callable[..., UUID]
    send: Callable[..., Any]
    like: Callable[[Text, datetime], tuple[Text, bool]]
    proposed: Callable[[Any], list[int]]
    effects: Callable[[Any, MessageFacts, datetime], list[str]]
    send_words: Callable[[int], str]
    sent_words: Callable[[int], str]
    then: Words = ""
    left_out: Callable[[Any, Collection[int]], str] = _nobody
    meets_on: Callable[[Text], date | None] = _no_day
    # What several messages say at once; of a kind of which several stand.
    read_all: Callable[[Collection[UUID]], Mapping[UUID, Text]] = _none
    # Of a kind that is accepted or denied: when to do which, the button that denies, and that all must answer.
    accept_hint: Words = ""
    deny_words: Words = ""
    acknowledge_hint: Words = ""
    # Beside the message the choice of consent is written, and where the county advises to send is told.
    asks_consent: bool = False
    # It calls to a meeting, which may have to be confirmed to be on a day off.
    asks_day_off: bool = False

    @property
    def part(self) -> str:
        return self.message.code


def draft_kind(page: CasePage[Any], part: str) -> DraftKind:
    """The kind of message that a part of the page's process is."""
    kind: DraftKind = page.pages.drafts[part]
    return kind


def kind_of(request: HttpRequest, slug: str) -> DraftKind:
    """The kind of message that a part's address is about; 404 for another part."""
    pages = pages_of(request)
    part = pages.process.part_of(slug)
    if part is None or part not in pages.drafts:
        raise Http404
    kind: DraftKind = pages.drafts[part]
    return kind


def unsaved_key(part: str, case_id: UUID) -> str:
    """Under which name unsaved typing of a draft is kept."""
    return f"{part}:{case_id}"
