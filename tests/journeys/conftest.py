"""Desks for the journeys: one user each, at a computer of her own, with the journeys' county on the server."""

from collections.abc import Callable, Iterator

import pytest

from samordna.assignments.models import Assignment
from tests.journeys.steps.county import Place, settle
from tests.journeys.steps.desk import Desk
from tests.support.server import RunningServer

DESKS = pytest.StashKey[list[Desk]]()


@pytest.fixture(scope="session")
def shared_place(running_server: RunningServer, django_db_blocker) -> Place:
    """The county on the server that tests share: each test there makes persons of its own."""
    return settle(running_server, django_db_blocker)


@pytest.fixture
def own_place(new_server: Callable[[], RunningServer], django_db_blocker) -> Place:
    """The county on a server that nobody else uses."""
    return settle(new_server(), django_db_blocker)


@pytest.fixture
def at_desk(new_context, request) -> Iterator[Callable[..., Desk]]:
    """Gives a user, logged in at her unit. When the test is over no browser may have complained.

    A session lasts for all tests at the place, unless the test asks for a `fresh` one since it ends or changes it.
    """
    desks = request.node.stash.setdefault(DESKS, [])

    def sit_down(
        place: Place, assignment: Assignment, *, log_in: bool = True, fresh: bool = False, **options: object
    ) -> Desk:
        user, kept = assignment.user, {}
        if log_in and not fresh and user.username in place.sessions:
            kept = {"storage_state": place.sessions[user.username]}
        context = new_context(base_url=place.server.url, **kept, **options)
        desk = Desk(context, user.name, user.username, assignment.unit.name)
        desks.append(desk)
        if kept:
            desk.page.goto("/sip/")
        elif log_in:
            desk.log_in()
            if not fresh:
                place.sessions[user.username] = context.storage_state()
        return desk

    yield sit_down
    assert {desk.name: desk.complaints for desk in desks if desk.complaints} == {}


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
