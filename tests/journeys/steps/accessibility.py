"""What a program can find of breaches of WCAG 2.2 AA in a page: axe-core, sideways scrolling, pages already looked at."""

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on how the page is laid out, and so is asked again at the other width.
LAID_OUT = {
    "type": "rule",
    "values": ["target-size", "scrollable-region-focusable", "color-contrast", "label"],
}
# The narrow one is what is left of 1280 by 1024 pixels at 400 % zoom.
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 256}
RUN = """async (only) => {
  const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
}"""
# What stands beyond the right edge, and is not inside something that scrolls by itself.
SIDEWAYS = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (one) => one && one !== document.body && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(one));
  return [`${root.scrollWidth} pixels wide`, ...wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120))];
}"""

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


@cache
def axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def breaches(page: Page, only: list[str] | dict[str, Any] | None = None) -> list[str]:
    """Of the page as it stands: all rules, or these."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_source())
    found: list[str] = page.evaluate(RUN, only or TAGS)
    return found


class Examination:
    """Looks at every element in its place once, wide and at 320 pixels, which is also what 400 % zoom leaves.

    `seen` are the places looked at before, here or by others who share it.
    """

    def __init__(self, seen: set[str]) -> None:
        self.seen = seen
        self.found: dict[str, list[str]] = {}
        self.walked: list[tuple[Page, str, set[str]]] = []

    def look(self, page: Page, name: str) -> None:
        """At the page as it stands."""
        places = Reading(page.content()).places
        if places - self.seen:
            self._examine(page, name, places)

    def walk(self, page: Page, start: str, within: str, skip: tuple[str, ...] = ()) -> set[str]:
        """Every page below the address `within` that links lead to, from `start` on, and returns what kinds they are.

        Each is asked for by the user's session and read; `open_fewest` then looks at them. What begins as one of `skip`
        is left out.
        """
        waiting, kinds = [start], set()
        while waiting:
            address = waiting.pop()
            # One goal's page is like the next one's.
            kind = ID.sub("*", address.removeprefix(within))
            if kind in kinds:
                continue
            kinds.add(kind)
            answer = page.request.get(address)
            reading = Reading(answer.text())
            self.walked.append((page, address, reading.places))
            if faults := reading.faults():
                self.found[address] = faults
            links = reading.links_from(urlsplit(answer.url).path)
            waiting += [link for link in links if link.startswith(within) and not link.startswith(skip)]
        return kinds

    def open_fewest(self) -> None:
        """Opens pages that were walked until every element has been looked at in its place: first those with most new."""
        while self.walked:
            page, address, places = max(self.walked, key=lambda one: len(one[2] - self.seen))
            if not places - self.seen:
                return
            page.goto(address)
            self._examine(page, address, places)

    def _examine(self, page: Page, name: str, places: set[str]) -> None:
        self.seen |= places
        problems = breaches(page)
        page.set_viewport_size(NARROW)
        problems += [f"at 320: {one}" for one in breaches(page, LAID_OUT)]
        problems += [f"at 320: {one}" for one in page.evaluate(SIDEWAYS)]
        page.set_viewport_size(WIDE)
        if problems:
            self.found[name] = self.found.get(name, []) + problems


class Reading(HTMLParser):
    """A page as it was answered: where it leads, and each element of its own part in its place, without words.

    How an element looks and what it is taken for depend on it and on what it stands in; what depends on the whole page
    is asked of each page by `faults`.
    """

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
    SAID = frozenset({"class", "role", "type", "open"})
    POINTS = frozenset({"for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"})

    def __init__(self, content: str) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.ids: list[str] = []
        self.pointed: set[str] = set()
        self.headings: list[int] = []
        self.hrefs: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self.ids += [has["id"]] if "id" in has else []
        self.pointed |= {key for name in self.POINTS & has.keys() for key in has[name].split()}
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.hrefs += [has["href"]] if tag == "a" and "href" in has else []
        if self.open or tag == "main":
            names = sorted(name + (value if name in self.SAID else "") for name, value in has.items())
            place = (self.open[-1][1] if self.open else "") + f"<{tag} {names}>"
            self.places.add(place)
            if tag not in self.VOID:
                self.open.append((tag, place))

    def handle_endtag(self, tag: str) -> None:
        # What HTML lets a page leave open ends with what it stands in.
        if tag in [name for name, _place in self.open]:
            while self.open.pop()[0] != tag:
                pass

    def faults(self) -> list[str]:
        """Ids that stand twice or nowhere, and headings that leave out a level."""
        twice = {one for one in self.ids if self.ids.count(one) > 1}
        return [
            *(f"id twice: {one}" for one in sorted(twice)),
            *(f"no such id: {one}" for one in sorted(self.pointed - set(self.ids))),
            *(f"h{upper}, then h{lower}" for upper, lower in pairwise(self.headings) if lower > upper + 1),
        ]

    def links_from(self, address: str) -> list[str]:
        """Where the page of this address leads on this server, without places in pages."""
        found = [urlsplit(urljoin(address, href)) for href in self.hrefs]
        ours = [urlunsplit(("", "", one.path, one.query, "")) for one in found if not one.netloc]
        return list(dict.fromkeys(ours))
