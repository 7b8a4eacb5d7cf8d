"""The rows of a list as HTML.

Fifty rows with eight symbols each are most of what a list page costs, in time and in size. So the rows are put
together here with string templates instead of a template's nodes: every value passes `escape`, end tags that HTML
lets one leave out are left out, and the pictures come from the style sheet (overview/rows.css) by one letter
per state. Addresses are relative to the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from itertools import groupby
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samordna.cases.states import Bucket, StepStatus
from samordna.cases.worklist import NextStep, Symbol
from samordna.casework.file.presenters.next_step import COORDINATOR_LOST, lacks_coordinator, sentence
from samordna.casework.process import Process
from samordna.overview.queries import Line
from samordna.people.queries import PersonLine, shown_number
from samordna.web import moments
from samordna.web.symbols import symbol_of

# The class of a symbol in a row.
LETTERS: dict[StepStatus, str] = {
    StepStatus.TODO: "t",
    StepStatus.WAITING: "w",
    StepStatus.DONE: "d",
    StepStatus.NOT_STARTED: "n",
    StepStatus.NOT_YET: "y",
    StepStatus.DRAFT: "u",
    StepStatus.DENIED: "x",
    StepStatus.LOCKED: "l",
    StepStatus.VOIDED: "v",
    StepStatus.REPLACED: "r",
    StepStatus.TAKEN_BACK: "b",
    StepStatus.UNREAD: "m",
    StepStatus.UNFINISHED: "f",
    StepStatus.OVERDUE: "o",
}
_NO_ID = UUID(int=0)
# Unlike a margin it is not seen where the line breaks after it.
_GAP = "\u2003"


@dataclass(frozen=True, slots=True)
class Explained:
    """One symbol of Symbolförklaringar."""

    letter: str
    word: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Above a column: its short name, and the part's whole name for who reads it aloud."""

    part: str
    short: str
    label: str


def columns(process: Process[Any], lines: Iterable[Line]) -> list[Heading]:
    """One column per part; one that the county may have switched off only where a case has it."""
    held = {part for line in lines for part in line.symbols}
    return [
        Heading(column.part, str(column.short), str(process.labels[column.part]))
        for column in process.columns
        if not column.optional or column.part in held
    ]


def legend() -> list[Explained]:
    """Every symbol that a row can show, with its word."""
    return [Explained(letter, str(symbol_of(status).word)) for status, letter in LETTERS.items()]


def rows_html(
    process: Process[Any],
    lines: Sequence[Line],
    persons: dict[UUID, PersonLine],
    *,
    at: datetime,
    page: str,
    mark_unhandled: bool,
) -> SafeString:
    """All rows of a list that stands at the address `page`. `mark_unhandled` tells which cases nobody watches."""
    made = _Rows(process, [one.part for one in columns(process, lines)], at, page, mark_unhandled)
    return mark_safe("\n".join(made.row(line, persons.get(line.person_id)) for line in lines))  # noqa: S308 - escaped one by one


def next_today(line: Line) -> NextStep:
    """What is next, as stored with the last act; unless it waits for a coordinator who is no longer there."""
    acts = line.bucket in {Bucket.TODO, Bucket.DRAFT}
    lost = lacks_coordinator(works=line.coordinator_works, acts=acts, at_their_unit=line.coordinator_here)
    return NextStep(COORDINATOR_LOST) if line.ongoing and lost else NextStep(**line.next_step)


class _Rows:
    """What is the same for all rows of a page is worked out once."""

    def __init__(
        self, process: Process[Any], parts: list[str], at: datetime, page: str, mark_unhandled: bool
    ) -> None:
        self.process = process
        self.parts = parts
        self.at = at
        self.mark_unhandled = mark_unhandled
        self.case_url = _case_url(process.namespace, page)
        self.part_urls = {part: _part_url(process.namespace, page, process.slugs[part]) for part in parts}
        self.spoken = {one.part: escape(str(one.spoken)) for one in process.columns}
        self.words = {status: escape(str(symbol_of(status).word)) for status in StepStatus}
        self.protected = f"{escape(_('Protected details'))}</a><u>{escape(_('Protected identity'))}</u>"
        self.unhandled = f"<u>{escape(_('No handler'))}</u>"
        self.gone = escape(pgettext("a coordinator", "has left"))
        self.here = escape(pgettext("the coordinator's unit", "your unit"))

    def row(self, line: Line, person: PersonLine | None) -> str:
        case_id = str(line.case_id)
        return (
            f"<tr><th><a href={self.case_url.format(case_id)}>{self._person(line, person)}"
            f"<td>{self._next(line)}{self._steps(case_id, line)}"
            f"<td>{escape(line.coordinator_name)}, {self._coordinator_unit(line)}{self._gone(line)}"
            f"<td>{escape(moments.recent(line.last_change, at=self.at))}"
        )

    def _person(self, line: Line, person: PersonLine | None) -> str:
        """A protected person has neither name nor number in a list (L-04)."""
        if person is None or person.protected:
            return self.protected
        if line.known_name:
            return f"{escape(line.known_name)}</a>{escape(shown_number(line.known_number))}"
        return f"{escape(person.name)}</a>{escape(person.number_shown)}"

    def _next(self, line: Line) -> str:
        said = sentence(self.process, next_today(line), at=self.at)
        more = escape(said.more)
        unhandled = (
            _GAP + self.unhandled if self.mark_unhandled and line.ongoing and line.handler_id is None else ""
        )
        return f"<b>{escape(said.text)}</b>{more}{self._due(line, bool(more))}{unhandled}"

    def _due(self, line: Line, follows: bool) -> str:
        if line.due_at is None or not line.ongoing:
            return ""
        spread = bool(line.next_step.get("spread"))
        text = escape(moments.due_text(line.due_at, at=self.at, spread=spread))
        late = " class=o" if line.late(self.at) else ""
        return f"{_GAP if follows else ''}<em{late}>{text}</em>"

    def _steps(self, case_id: str, line: Line) -> str:
        """One cell per part. Parts that cannot start yet share a cell and lead nowhere of their own."""
        seen = [(part, self._status(line, part)) for part in self.parts]
        return "".join(
            self._not_yet(len(list(group))) if status == StepStatus.NOT_YET else self._links(case_id, group)
            for status, group in groupby(seen, key=lambda pair: pair[1])
        )

    def _status(self, line: Line, part: str) -> StepStatus | None:
        stored = line.symbols.get(part)
        return Symbol.loaded(stored).seen_at(self.at) if stored else None

    def _links(self, case_id: str, group: Iterable[tuple[str, StepStatus | None]]) -> str:
        return "".join(
            "<td>"
            if status is None
            else f"<td><a class={LETTERS[status]} href={self.part_urls[part].format(case_id)}>"
            f"{self.spoken[part]}: {self.words[status]}</a>"
            for part, status in group
        )

    def _not_yet(self, count: int) -> str:
        span = f" colspan={count}" if count > 1 else ""
        return f"<td class=y{span}><s>{self.words[StepStatus.NOT_YET]}</s>"

    def _gone(self, line: Line) -> str:
        return f" <u>{self.gone}</u>" if line.ongoing and not line.coordinator_works else ""

    def _coordinator_unit(self, line: Line) -> str:
        return self.here if line.coordinator_here else escape(line.coordinator_unit_name)


@cache
def _case_url(namespace: str, page: str) -> str:
    return _pattern(reverse(f"{namespace}:case", kwargs={"case_id": _NO_ID}), page)


@cache
def _part_url(namespace: str, page: str, slug: str) -> str:
    return _pattern(reverse(f"{namespace}:part", kwargs={"case_id": _NO_ID, "slug": slug}), page)


def _pattern(address: str, page: str) -> str:
    """The address with a place for the id, relative to the page where the case lies below it."""
    return address.removeprefix(page).replace(str(_NO_ID), "{}")
