"""One user at one computer: what she sees, and the few things that every page lets her do."""

import re
from collections.abc import Sequence

from playwright.sync_api import BrowserContext, Dialog, Locator, Page, Response, expect

from tests.journeys.steps.county import PASSWORD

# The browser's own line about an answer such as 404, which the pages that show it look at themselves.
_ANSWERED = "Failed to load resource: the server responded with a status of 4"


class Desk:
    """`page` is the open tab. What the browser complained about is gathered in `complaints`."""

    def __init__(self, context: BrowserContext, name: str, username: str, unit: str) -> None:
        self.context, self.name, self.username, self.unit = context, name, username, unit
        self.complaints: list[str] = []
        # Where each list, and each person's case, was found.
        self.lists: dict[str, str] = {}
        self.cases: dict[str, str] = {}
        context.on("page", self._listen)
        self.page: Page = context.new_page()

    def _listen(self, page: Page) -> None:
        page.on("console", lambda said: self._complain(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._refuse)

    def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _complain(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not text.startswith(_ANSWERED):
            self.complaints.append(text)

    # --- Coming in ------------------------------------------------------------------------------------------------

    def log_in(self, username: str = "") -> "Desk":
        """Log in, and choose the unit where there is more than one."""
        page = self.page
        page.goto("/login/")
        page.get_by_label("Användarnamn").fill(username or self.username)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in", exact=True).click()
        page.wait_for_url(re.compile(r"/(sip/|spu/|choose-unit|administer/)"))
        if "choose-unit" in page.url:
            self.press(f"Arbeta på {self.unit}")
        return self

    def leave(self) -> None:
        """Leaves one empty tab for who sits down next; an open page would go on asking the server."""
        while len(self.context.pages) > 1:
            self.context.pages[-1].close()
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.unroute_all()
        self.page.goto("about:blank")
        self.complaints, self.cases = [], {}

    # --- Finding one's way ----------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Wait until the page that is on its way has come: before anything is read that does not wait by itself."""
        self.page.wait_for_load_state()

    def press(self, name: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """Press the one button or link with this name."""
        self.settle()
        root: Page | Locator = within or self.page
        either = root.get_by_role("button", name=name, exact=exact).or_(
            root.get_by_role("link", name=name, exact=exact)
        )
        either.filter(visible=True).first.click()

    def open_list(self, name: str = "Pågående") -> None:
        """Look at one of the lists of the SIP overview: first by its link, then by the address that led to."""
        if name in self.lists:
            self.page.goto(self.lists[name])
            return
        self.page.goto("/sip/")
        link = self.page.get_by_role("navigation", name="Listor").get_by_role("link", name=name)
        self.lists[name] = link.evaluate("one => one.href")
        link.click()

    def row(self, person: str) -> Locator:
        return self.page.locator("table.worklist tbody tr").filter(has_text=person)

    def symbol(self, person: str, part: str) -> Locator:
        """The symbol of this part in the person's row of the list that is open."""
        return self.row(person).get_by_role("link", name=re.compile(f"^{re.escape(part)}: "))

    def symbols(self, person: str) -> dict[str, str]:
        """Every symbol of the row, as it is read aloud."""
        expect(self.row(person)).to_be_visible()
        self.settle()
        links = self.row(person).locator("td > a[class]").all_text_contents()
        return dict(text.split(": ", 1) for text in links)

    def open_case(self, person: str) -> None:
        """By the name in the overview: first by its link, then by the address that led to."""
        if person in self.cases:
            self.page.goto(self.cases[person])
            return
        self.open_list()
        link = self.row(person).get_by_role("rowheader").get_by_role("link")
        self.cases[person] = link.evaluate("one => one.href")
        link.click()

    def open_part(self, name: str) -> None:
        """By the list at the left of the case page."""
        self.parts.get_by_role("link", name=re.compile(rf"^{re.escape(name)}\s*: ")).click()

    @property
    def parts(self) -> Locator:
        return self.page.get_by_role("navigation", name="SIP-information")

    def part_status(self, name: str) -> str:
        """The state of a part in the list at the left."""
        said = self.parts.get_by_role("listitem").filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*: "))
        return (said.locator(".sr-only").first.text_content() or "").removeprefix(": ").strip()

    # --- Seeing ---------------------------------------------------------------------------------------------------

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).to_contain_text(text)

    def sees_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def sees_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", name=text, exact=True).first).to_be_visible()

    def can(self, name: str) -> bool:
        """Whether the page offers an act of this name."""
        self.settle()
        main = self.main
        return bool(
            main.get_by_role("button", name=name, exact=True).count()
            or main.get_by_role("link", name=name, exact=True).count()
        )

    def reload(self) -> Response | None:
        return self.page.reload()

    # --- Filling in -----------------------------------------------------------------------------------------------

    def fill(self, label: str, text: str) -> None:
        self.main.get_by_label(label, exact=False).filter(visible=True).first.fill(text)

    def tick(self, *labels: str) -> None:
        """Choose radio buttons or check boxes by the words beside them."""
        for label in labels:
            self.main.get_by_label(label, exact=True).first.check()

    def find_unit(self, name: str, part_of_name: str = "") -> None:
        """Type a part of the name until the unit shows, and choose it."""
        box = self.page.locator("#unit-search")
        box.press_sequentially(part_of_name or name.split()[0])
        found = self.page.locator("#unit-results").get_by_role("row").filter(has_text=name)
        found.get_by_role("button").click()

    def add_recipients(self, units: Sequence[str]) -> None:
        for unit in units:
            self.find_unit(unit, unit[:9])
            expect(self.page.locator("#id_recipients tbody tr").filter(has_text=unit)).to_be_visible()

    def recipients(self) -> set[str]:
        """Units chosen in the message that is being written."""
        self.settle()
        heads = self.page.locator("#id_recipients tbody th")
        return set(heads.evaluate_all("heads => heads.map(head => head.firstChild.textContent.trim())"))
