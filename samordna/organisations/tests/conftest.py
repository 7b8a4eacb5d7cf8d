"""Who logs in to the pages of this room."""

from collections.abc import Callable

import pytest
from django.test import Client

from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory, log_in, worker
from samordna.organisations.models import Organisation
from samordna.organisations.tests.factories import County, county

LogIn = Callable[..., Client]


@pytest.fixture
def places(db: None) -> County:
    return county()


@pytest.fixture
def at_work(client: Client) -> LogIn:
    """Logs somebody in at a unit, with a system role over a place when one is named."""

    def enter(
        unit: Organisation, *, role: SystemRole | None = None, over: Organisation | None = None
    ) -> Client:
        assignment = worker(unit)
        if role is not None:
            SystemRoleGrantFactory(user=assignment.user, role=role, organisation=over or unit)
        log_in(client, assignment)
        return client

    return enter


@pytest.fixture
def manager(at_work: LogIn, places: County) -> Client:
    """The region's system manager, who keeps the whole county."""
    return at_work(places.ward, role=SystemRole.SYSTEM_MANAGER, over=places.region)


@pytest.fixture
def administrator(at_work: LogIn, places: County) -> Client:
    """The administrator of the municipality's care department."""
    return at_work(places.home_care, role=SystemRole.ADMINISTRATOR, over=places.care)
