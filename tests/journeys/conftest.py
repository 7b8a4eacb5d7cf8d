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
    """Gives a user, logged in at her unit. When the test is over no browser may have complained."""
    desks = request.node.stash.setdefault(DESKS, [])

    def sit_down(place: Place, assignment: Assignment, *, log_in: bool = True, **options: object) -> Desk:
        context = new_context(base_url=place.server.url, **options)
        desk = Desk(context, assignment.user.name, assignment.user.username, assignment.unit.name)
        desks.append(desk)
        return desk.log_in() if log_in else desk

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
