"""Keys alone: Tab to a thing, and what is pressed there. Each stop must show that it has the focus."""

from playwright.sync_api import Locator, Page, expect

# A list that other journeys have filled has some stops for each of its cases.
MOST_STOPS = 800
FOCUSED = "one => one === document.activeElement"
SHOWN = """one => {
  const style = getComputedStyle(one);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
}"""
# How many stops there surely are before the thing, from what has the focus on; a choice that is not taken yet counts none.
STOPS_BEFORE = """target => {
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((one) =>
    one.tabIndex >= 0 && !one.disabled && one.checkVisibility() && (one.type !== "radio" || one.checked));
  const from = document.activeElement === document.body ? null : document.activeElement;
  const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  return stops.filter((one) => one !== target && follows(one, target) && (!from || follows(from, one))).length;
}"""


def go_near(page: Page, target: Locator) -> None:
    """Press Tab as often as it takes at least, without asking at each stop where one is."""
    page.wait_for_load_state()
    for _stop in range(target.evaluate(STOPS_BEFORE) - 1):
        page.keyboard.press("Tab")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the thing has the focus, and see that the focus shows."""
    go_near(page, target)
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate(FOCUSED):
            assert target.evaluate(SHOWN), target.evaluate("one => one.outerHTML")
            return
    raise AssertionError(f"not reached in {MOST_STOPS} stops: {target}")


def choose(page: Page, target: Locator) -> None:
    """A button or a link."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def skip_to_content(page: Page) -> None:
    """The first stop of every page leads past the menu and the lists."""
    choose(page, page.get_by_role("link", name="Hoppa till innehållet"))


def write(page: Page, field: Locator, text: str) -> None:
    tab_to(page, field)
    page.keyboard.type(text)


def tick(page: Page, box: Locator) -> None:
    tab_to(page, box)
    page.keyboard.press("Space")
    expect(box).to_be_checked()


def pick(page: Page, radio: Locator) -> None:
    """One stop for the whole group, and arrows inside it."""
    group = page.locator(f'input[name="{radio.get_attribute("name")}"]')
    go_near(page, group.first)
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if True in group.evaluate_all(f"all => all.map({FOCUSED})"):
            break
    page.keyboard.press("Space")
    for _arrow in range(group.count()):
        if radio.is_checked():
            assert radio.evaluate(SHOWN), radio.evaluate("one => one.outerHTML")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"not reached by arrows: {radio}")


def select(page: Page, box: Locator, words: str) -> None:
    """One of a list, by the arrows."""
    tab_to(page, box)
    for _arrow in range(box.locator("option").count()):
        if words in box.evaluate("one => one.selectedOptions[0].textContent"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"not in the list: {words}")
