"""A form that somebody can post, opened on its page and filled in: what the bad inputs are made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from tests.bad_input.conftest import undone
from tests.bad_input.pages import Page, PageForm
from tests.bad_input.stored import acts_logged, digest
from tests.bad_input.world import World

DATES = frozenset(
    {
        "met_on",
        "done_on",
        "due_on",
        "handed_on",
        "told_on",
        "meets_on",
        "until_on",
        "consent-until_on",
        "starts_on",
        "ends_on",
        "admitted_on",
        "planned_on",
        "assessed_on",
    }
)
TIMES = frozenset({"starts", "ends", "told_time", "admitted", "assessed"})
NUMBERS = frozenset({"identifier"})
# Hidden by us, looked up or of no consequence: what stands in them is not text that is kept.
NOT_TEXT = DATES | TIMES | NUMBERS | {"q", "phone", "email", "username", "password", "hsa_id", "notify_email"}
Values = Callable[[World], Mapping[str, Any]]
Where = Callable[[World], str]


@dataclass(frozen=True)
class Posting:
    """A form on the page `page`, posted to `action` (the page itself unless said) by `who`.

    `searched` is posted to the page first, where the form stands only beside what was found.
    """

    name: str
    page: Where
    values: Values
    action: Where | None = None
    who: str = "anna"
    required: tuple[str, ...] = ()
    searched: Mapping[str, str] = field(default_factory=dict)

    def address(self, world: World) -> str:
        return (self.action or self.page)(world)


@dataclass
class Opened:
    """A form as it stands on its page, filled in, in the browser of the one who may post it."""

    posting: Posting
    world: World
    client: Client
    address: str
    form: PageForm
    filled: dict[str, list[str]]
    # What stood in the database, and how many acts in the log, once the page was open.
    before: dict[str, str] = field(default_factory=digest)
    logged: int = field(default_factory=acts_logged)

    @property
    def texts(self) -> list[str]:
        """The names of its visible fields for words."""
        return [
            control.name
            for control in self.form.controls
            if control.kind in {"text", "textarea"}
            and control.name not in NOT_TEXT
            and self._judged(control.name)
        ]

    @property
    def typed(self) -> set[str]:
        """The names of all fields that somebody fills in: words, dates, choices. Never passwords."""
        kinds = {"text", "textarea", "select", "radio", "checkbox", "email", "tel"}
        return {control.name for control in self.form.controls if control.kind in kinds}

    def has(self, *kinds: str) -> list[str]:
        """The names of its fields of these kinds, each once."""
        names = dict.fromkeys(one.name for one in self.form.controls if one.kind in kinds and one.name)
        return [name for name in names if self._judged(name)]

    def _judged(self, name: str) -> bool:
        """Of a page with a line for each activity, only the line that is saved."""
        return name[:36].count("-") != 4 or name[:36] in self.filled.get("save", ())

    def with_values(self, **changed: Any) -> dict[str, list[str]]:
        return {**self.filled, **{name: _listed(value) for name, value in changed.items()}}

    def post(self, data: Mapping[str, Any] | None = None) -> HttpResponse:
        return self.client.post(self.address, self.filled if data is None else data)


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


# By the posting's name and what stood in the database: a page that was opened in the same state shows the same form.
_forms: dict[tuple[str, tuple[str, ...]], PageForm] = {}


def opened(world: World, posting: Posting) -> Opened:
    """The form as its page shows it, filled in."""
    client = world.browser(posting.who)
    values = {name: _listed(value) for name, value in posting.values(world).items()}
    state = posting.name, tuple(digest().values())
    if state not in _forms:
        _forms[state] = _form(_page(client, world, posting), posting, world, values)
    form = _forms[state]
    filled = form.posted() | values
    if "form_key" in filled:
        # Every page has one of its own: a form that was opened twice is no double click.
        filled["form_key"] = [str(uuid4())]
    return Opened(posting, world, client, posting.address(world), form, filled)


def _page(client: Client, world: World, posting: Posting) -> Page:
    with undone():
        page = client.get(posting.page(world), follow=True)
        if posting.searched:
            page = client.post(posting.page(world), posting.searched)
        assert page.status_code == 200, f"{posting.name}: {page.status_code}"
        return Page(page.content.decode())


def _form(page: Page, posting: Posting, world: World, values: Mapping[str, Any]) -> PageForm:
    address = posting.address(world)
    here = {address, ""} if posting.action is None or posting.page(world).startswith(address) else {address}
    wanted = {name for name in values if name not in {"recipient", "send"} and not name.startswith("consent")}
    found = [form for form in page.forms if form.action in here and wanted <= form.names()]
    assert found, f"{posting.name}: {[(f.action, sorted(f.names())) for f in page.forms]}"
    return max(found, key=lambda form: len(form.names()))
