"""What is measured: each page or act, its yardstick and the aims of its cost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import cycle, islice
from uuid import UUID

from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.messaging.models import Message
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.states import Part
from samordna.sip.tests import plan_pages
from tools.bench.copying import Copies
from tools.bench.filling import Filled, locked_plan
from tools.bench.visitors import Page, Visitor


@dataclass(frozen=True)
class Operation:
    """`pages` never ends for a page; an act has as many as there are cases for it.

    Aims: at most so many `times` the yardstick's processor time, at most so many `statements`. None: no aim is set.
    """

    name: str
    label: str
    yardstick: str
    times: float | None
    statements: int | None
    who: Assignment
    pages: Iterator[Page]
    expected: int = 302

    @property
    def is_act(self) -> bool:
        return self.expected == 302

    def take(self, number: int) -> list[Page]:
        return list(islice(self.pages, number))


def operations(filled: Filled) -> list[Operation]:
    """Every operation that is measured."""
    anna, david, reader = filled.patterns.county.anna, filled.patterns.county.david, filled.reader
    refreshes, signings = _refreshes(Visitor(reader)), _signings(filled, Visitor(anna))
    return [
        Operation("worklist", "Worklist, 50 cases", "list", 1.1, 8, reader, _lists(), 200),
        Operation("refresh", "Its refresh, nothing new", "empty", 3, 1, reader, refreshes, 204),
        Operation("case", "Case page: plan, 10 messages", "case", 5, 10, anna, _plan_pages(filled), 200),
        Operation("send", "Send an initiative to three units", "insert", 11, 12, anna, _sendings(filled)),
        Operation("acknowledge", "Acknowledge a summons", "insert", 7, None, david, _answers(filled)),
        Operation("sign", "Sign a plan", "insert", 9, None, anna, signings),
        Operation("lock", "Lock a plan", "insert", 11, None, anna, _locks(filled)),
        Operation("print", "Print a locked plan", "insert", None, None, anna, _prints(filled), 200),
    ]


def _lists() -> Iterator[Page]:
    return cycle([Page(reverse("overview:sip"))])


def _refreshes(reader: Visitor) -> Iterator[Page]:
    """The address that a list which was just loaded asks."""
    page = reader.asks(Page(reverse("overview:sip"))).content.decode()
    polled = re.search(rf'hx-get="({reverse("overview:changes")}[^"]*)"', page)
    assert polled is not None  # noqa: S101 - a list always asks
    headers = {"HX-Request": "true", "X-Passive": "1"}
    return cycle([Page(unescape(polled.group(1)), headers=headers)])


def _plan_pages(filled: Filled) -> Iterator[Page]:
    ids = [case_id for (case_id,) in filled.ids(filled.locked)]
    return cycle([Page(plan_pages.page_url(case_id)) for case_id in ids])


def _prints(filled: Filled) -> Iterator[Page]:
    version = locked_plan(filled.patterns.locked).id
    pairs = list(filled.ids(filled.locked, version))
    return cycle([Page(_url("print", case_id, version_id=edition), {}) for case_id, edition in pairs])


def _sendings(filled: Filled) -> Iterator[Page]:
    for case_id, message_id in filled.ids(filled.drafted, _message(filled.drafted, Part.INITIATIVE)):
        fields = {"message_id": str(message_id), "version": "1"}
        yield Page(_url("check", case_id, slug="initiative"), fields)


def _answers(filled: Filled) -> Iterator[Page]:
    for case_id, message_id in filled.ids(filled.summoned, _message(filled.summoned, Part.SUMMONS)):
        yield Page(_url("answer", case_id, message_id=message_id), {"answer": "ACKNOWLEDGED", "comment": ""})


def _signings(filled: Filled, signer: Visitor) -> Iterator[Page]:
    """Each plan is reviewed first: the page says what exactly will be signed."""
    for (case_id,) in filled.ids(filled.written):
        address = _url("sign", case_id)
        page = signer.asks(Page(address)).content.decode()
        yield Page(address, {"seen": plan_pages.hidden(page, "seen")})


def _locks(filled: Filled) -> Iterator[Page]:
    plan = sip_for_rebuild(filled.patterns.signed).standing(Part.PLAN)
    assert plan is not None  # noqa: S101 - written by the pattern
    for case_id, edition in filled.ids(filled.signed, plan.versions[-1].id):
        yield Page(_url("lock", case_id), {"version": str(edition)})


def _message(copies: Copies, part: Part) -> UUID:
    return Message.objects.get(case_id=copies.pattern, kind=part).pk


def _url(name: str, case_id: UUID, **more: object) -> str:
    return reverse(f"sip:{name}", kwargs={"case_id": case_id, **more})
