"""What is measured: each page or act, its yardstick and the aims of its cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain, cycle, islice
from uuid import UUID

from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.messaging.models import Message
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.states import Part
from tools.bench.copying import Copies
from tools.bench.filling import Filled, locked_plan
from tools.bench.visitors import Asked, Visitor, visitor

PLAN = "plan"


@dataclass(frozen=True)
class Aim:
    """At most so many times the yardstick's processor time; at most so many statements. None: no aim is set."""

    yardstick: str
    times: float | None
    statements: int | None = None


@dataclass
class Operation:
    """`asked` never ends for a page; an act has as many requests as there are cases for it."""

    name: str
    label: str
    aim: Aim
    who: Assignment
    asked: Iterator[Asked]
    expected: str = "302"

    @property
    def is_page(self) -> bool:
        return self.expected != "302"

    def take(self, number: int) -> list[Asked]:
        return list(islice(self.asked, number))

    def give_back(self, unsent: list[Asked]) -> None:
        """An act that was prepared but not done can be done later."""
        self.asked = chain(unsent, self.asked)


def operations(filled: Filled) -> list[Operation]:
    """Every operation whose page exists."""
    sender, answering = filled.patterns.county.anna, filled.patterns.county.david
    reader = visitor(filled.reader)
    pages = [
        Operation("worklist", "Worklist, 50 cases", Aim("list", 2, 8), filled.reader, _lists(), "200"),
        Operation(
            "refresh", "Its refresh, nothing new", Aim("empty", 4), filled.reader, _refreshes(reader), "204"
        ),
        Operation(
            "case", "Case page: plan, 10 messages", Aim("case", 6, 10), sender, _plan_pages(filled), "200"
        ),
    ]
    acts = [
        Operation(
            "send", "Send an initiative to three units", Aim("insert", 5, 12), sender, _sendings(filled)
        ),
        Operation("acknowledge", "Acknowledge a summons", Aim("insert", 4), answering, _answers(filled)),
        Operation("sign", "Sign a plan", Aim("insert", 8), sender, _signings(filled, visitor(sender))),
        Operation("lock", "Lock a plan", Aim("insert", 8), sender, _locks(filled)),
        Operation("print", "Print a locked plan", Aim("insert", None), sender, _prints(filled), "200"),
    ]
    return [*pages, *acts]


def _lists() -> Iterator[Asked]:
    return cycle([Asked(reverse("overview:sip"))])


def _refreshes(reader: Visitor) -> Iterator[Asked]:
    """The address that a list which was just loaded asks."""
    page = reader.asks(Asked(reverse("overview:sip"))).content.decode()
    address = _polled(page, reverse("overview:changes"))
    headers = {"HX-Request": "true", "X-Passive": "1"}
    return cycle([Asked(address, headers=headers)])


def _plan_pages(filled: Filled) -> Iterator[Asked]:
    ids = [case_id for (case_id,) in filled.ids(filled.locked)]
    return cycle([Asked(_url("part", case_id, slug=PLAN)) for case_id in ids])


def _prints(filled: Filled) -> Iterator[Asked]:
    version = locked_plan(filled.patterns.locked).id
    pairs = list(filled.ids(filled.locked, version))
    return cycle([Asked(_url("print", case_id, version_id=edition), {}) for case_id, edition in pairs])


def _sendings(filled: Filled) -> Iterator[Asked]:
    for case_id, message_id in filled.ids(filled.drafted, _message(filled.drafted, Part.INITIATIVE)):
        fields = {"message_id": str(message_id), "version": "1"}
        yield Asked(_url("check", case_id, slug="initiative"), fields)


def _answers(filled: Filled) -> Iterator[Asked]:
    for case_id, message_id in filled.ids(filled.summoned, _message(filled.summoned, Part.SUMMONS)):
        yield Asked(_url("answer", case_id, message_id=message_id), {"answer": "ACKNOWLEDGED", "comment": ""})


def _signings(filled: Filled, signer: Visitor) -> Iterator[Asked]:
    """Each plan is reviewed first: the page says what exactly will be signed."""
    for (case_id,) in filled.ids(filled.written):
        address = _url("sign", case_id)
        yield Asked(address, hidden_fields(signer.asks(Asked(address)).content.decode(), "seen"))


def _locks(filled: Filled) -> Iterator[Asked]:
    plan = sip_for_rebuild(filled.patterns.signed).standing(Part.PLAN)
    assert plan is not None  # noqa: S101 - written by the pattern
    for case_id, edition in filled.ids(filled.signed, plan.versions[-1].id):
        yield Asked(_url("lock", case_id), {"version": str(edition)})


def _message(copies: Copies, part: Part) -> UUID:
    return Message.objects.get(case_id=copies.pattern, kind=part).pk


def _url(name: str, case_id: UUID, **more: object) -> str:
    return reverse(f"sip:{name}", kwargs={"case_id": case_id, **more})


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append({name: value or "" for name, value in attrs})


def _attributes(page: str) -> list[dict[str, str]]:
    parser = _Attributes()
    parser.feed(page)
    return parser.found


def hidden_fields(page: str, *names: str) -> dict[str, str]:
    """What a page's form sends by itself under these names."""
    given = {tag["name"]: tag.get("value", "") for tag in _attributes(page) if "name" in tag}
    return {name: given[name] for name in names}


def _polled(page: str, path: str) -> str:
    """The address below `path` that the page asks by itself."""
    asked = [tag["hx-get"] for tag in _attributes(page) if "hx-get" in tag]
    return next(address for address in asked if address.startswith(path))
