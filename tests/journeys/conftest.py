"""Desks for the journeys: one user each, at a computer of her own, with the journeys' county on the server."""

from collections.abc import Callable, Iterator

import pytest

from samordna.assignments.models import Assignment
from tests.journeys.steps.county import Place, settle
from tests.journeys.steps.desk import Desk
from tests.journeys.steps.states import end_all
from tests.support.browser import NewContext
from tests.support.server import RunningServer

DESKS = pytest.StashKey[list[Desk]]()


@pytest.fixture(scope="session")
def shared_place(running_server: RunningServer, django_db_blocker) -> Place:
    """The county on the server that tests share: each test there makes persons of its own."""
    return settle(running_server, django_db_blocker)


@pytest.fixture(autouse=True)
def short_lists(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test has left in the lists of the shared county is over when the next one looks."""
    yield
    if "shared_place" in request.fixturenames:
        end_all(request.getfixturevalue("shared_place"))


@pytest.fixture
def own_place(new_server: Callable[[], RunningServer], django_db_blocker) -> Place:
    """The county on a server that nobody else uses."""
    return settle(new_server(), django_db_blocker)


class Computers:
    """Starts a user's browser. It stays on for the tests to come: starting one takes as long as three pages."""

    def __init__(self, new_context: NewContext) -> None:
        self.new_context = new_context
        self.kept: dict[tuple[str, ...], Desk] = {}

    def kept_for(self, place: Place, who: Assignment, options: dict[str, object]) -> Desk:
        key = (place.server.url, who.user.username, repr(sorted(options.items())))
        if key not in self.kept:
            self.kept[key] = self.logged_in(place, who, options)
        return self.kept[key]

    def logged_in(self, place: Place, who: Assignment, options: dict[str, object]) -> Desk:
        """With the session that all of the user's browsers at this place share."""
        session = place.sessions.get(who.user.username)
        desk = self.empty(place, who, {**options, "storage_state": session})
        if session is None:
            place.sessions[who.user.username] = desk.log_in().context.storage_state()
        return desk

    def empty(self, place: Place, who: Assignment, options: dict[str, object]) -> Desk:
        context = self.new_context(base_url=place.server.url, **options)
        return Desk(context, who.user.name, who.user.username, who.unit.name)


@pytest.fixture(scope="session")
def computers(new_context: NewContext) -> Computers:
    return Computers(new_context)


@pytest.fixture
def at_desk(computers: Computers, request: pytest.FixtureRequest) -> Iterator[Callable[..., Desk]]:
    """Gives a user, logged in at her unit, before an empty page. When the test is over no browser may have complained.

    Session and computer stay as the test leaves them for those to come, unless it asks for an `own` computer since it
    alters that, or for a `fresh` session too since it ends or changes it.
    """
    desks = request.node.stash.setdefault(DESKS, [])

    def sit_down(
        place: Place,
        who: Assignment,
        *,
        log_in: bool = True,
        fresh: bool = False,
        own: bool = False,
        **options: object,
    ) -> Desk:
        if own:
            desk = computers.logged_in(place, who, options)
        elif fresh or not log_in:
            desk = computers.empty(place, who, options)
        else:
            desk = computers.kept_for(place, who, options)
        if desk not in desks:
            desks.append(desk)
        if fresh:
            desk.log_in()
        return desk

    yield sit_down
    complaints = {desk.name: desk.complaints for desk in desks if desk.complaints}
    for desk in desks:
        if desk in computers.kept.values():
            desk.leave()
        else:
            desk.context.close()
    assert complaints == {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A failed journey tells what every user had before her."""
    report = yield
    if report.when == "call" and report.failed:
        report.sections += [
            (f"{desk.name} at {desk.page.url}", shown(desk)) for desk in item.stash.get(DESKS, [])
        ]
    return report


def shown(desk: Desk) -> str:
    try:
        return desk.page.locator("body").inner_text(timeout=2_000)
    except Exception as error:
        return f"(not to be read: {error})"
