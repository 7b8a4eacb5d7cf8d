"""What a process shows of itself on the pages that casework makes: which page each part has, and what stands beside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from samordna.casework.file.facts import CaseWork
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal

W = TypeVar("W", bound=CaseWork)
PartPage = Callable[[HttpRequest, UUID], HttpResponse]


@dataclass(frozen=True)
class Beside:
    """Something about the whole case that is told on the pages of some parts: what may be read meanwhile, and why the
    reader may not call it off (None: may). `template` shows it as `beside`."""

    template: str
    text: str
    read_url: str
    read_link: str
    cancel: Refusal | None


@dataclass(frozen=True)
class Link:
    """Something to read, by its name."""

    name: str
    url: str


def _nothing_beside(_facts: Any, _actor: Actor, _part: str | None, _at: datetime) -> Beside | None:
    return None


@dataclass(frozen=True)
class Pages(Generic[W]):
    """A process as its pages know it. `ends_at` is the part at which a case that is over opens, if not at how it ended.

    `places` says where on a part's page a step is taken, when that is further down than one sees.
    """

    process: Process[W]
    parts: Mapping[str, PartPage]
    # How each kind of message is written (`casework.messages.kinds.DraftKind`).
    drafts: Mapping[str, Any]
    beside: Callable[[W, Actor, str | None, datetime], Beside | None] = _nothing_beside
    ends_at: Callable[[W], str] = lambda _facts: ""
    # What held until the case ended.
    last: Callable[[W], Link | None] = lambda _facts: None
    # Where the earlier documents of the case are read; empty while there are none.
    history: Callable[[W], str] = lambda _facts: ""
    places: Mapping[str, str] = field(default_factory=dict)
