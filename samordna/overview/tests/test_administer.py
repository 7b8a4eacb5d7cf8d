"""Administrera: everybody's own pages, and those that a role opens."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.states import SystemRole
from samordna.assignments.tests.factories import SystemRoleGrantFactory

OWN = {"accounts:me", "organisations:address_book"}
KEPT = {"organisations:tree", "organisations:settings"}


def offered(client: Client) -> set[str]:
    answer = client.get(reverse("overview:administer"))
    assert answer.status_code == 200
    return {entrance.href for entrance in answer.context["entrances"]}


@pytest.mark.parametrize(
    "role", [None, SystemRole.SUPERUSER, SystemRole.SYSTEM_MANAGER, SystemRole.ADMINISTRATOR]
)
def test_the_pages_offered_are_those_that_the_actor_may_use(
    page: Client, anna: Assignment, at: datetime, role: SystemRole | None
) -> None:
    if role is not None:
        SystemRoleGrantFactory(user=anna.user, role=role, organisation=anna.unit.department)
    links = offered(page)
    assert links >= {reverse(name) for name in OWN}
    keeps = role in {SystemRole.SYSTEM_MANAGER, SystemRole.ADMINISTRATOR}
    assert (links >= {reverse(name) for name in KEPT}) is keeps
    for link in links:
        assert page.get(link, follow=True).status_code == 200, link
