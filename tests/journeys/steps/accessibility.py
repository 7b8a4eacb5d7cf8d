"""What a program can find of breaches of WCAG 2.2 AA in a page: axe-core, sideways scrolling, pages already looked at."""

import re
from functools import cache
from pathlib import Path
from typing import Any

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
# The page's own part without its words: two pages with the same one differ in nothing that axe judges.
SKELETON = """() => {
  const said = /^(class|role|type|open)$/;
  const shape = (element) => {
    const names = [...element.attributes].map((one) => one.name + (said.test(one.name) ? one.value : "")).sort();
    const children = [...element.children].map(shape);
    return `<${element.localName} ${names}>${children.filter((child, place) => child !== children[place - 1]).join("")}`;
  };
  return shape(document.querySelector("main"));
}"""
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
    """Looks at each kind of page once, wide and at 320 pixels, which is also what 400 % zoom leaves."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.found: dict[str, list[str]] = {}

    def look(self, page: Page, name: str) -> None:
        skeleton: str = page.evaluate(SKELETON)
        if skeleton in self.seen:
            return
        self.seen.add(skeleton)
        problems = breaches(page)
        page.set_viewport_size(NARROW)
        problems += [f"at 320: {one}" for one in breaches(page, LAID_OUT)]
        problems += [f"at 320: {one}" for one in page.evaluate(SIDEWAYS)]
        page.set_viewport_size(WIDE)
        if problems:
            self.found[name] = problems

    def walk(self, page: Page, start: str, within: str, skip: tuple[str, ...] = ()) -> set[str]:
        """Every page below the address `within` that links lead to, from `start` on, and returns what kinds they are.

        What begins as one of `skip` is left out.
        """
        waiting, walked = [start], set()
        while waiting:
            address = waiting.pop()
            # One goal's page is like the next one's.
            kind = ID.sub("*", address.removeprefix(within))
            if kind in walked:
                continue
            walked.add(kind)
            page.goto(address)
            self.look(page, address)
            waiting += [link for link in links(page) if link.startswith(within) and not link.startswith(skip)]
        return walked


def links(page: Page) -> list[str]:
    """Where the page leads, without places in pages."""
    found: Any = page.locator("a[href]").evaluate_all(
        "all => all.map(one => new URL(one.href)).filter(one => one.origin === location.origin)"
        ".map(one => one.pathname + one.search)"
    )
    return list(dict.fromkeys(found))
