"""The county's own support text stands at the foot of every page (K-24)."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samordna.assignments.tests.factories import log_in, worker
from samordna.kernel.clock import now
from samordna.organisations.commands import change_setting


@pytest.mark.django_db
@pytest.mark.requirement("K-24")
def test_the_county_says_whom_to_turn_to(client: Client) -> None:
    change_setting(
        actor=None, key="support_chain", department_id=None, value="Ring Maria på 08-465 004 01", at=now()
    )
    cache.clear()
    log_in(client, worker())
    assert "Ring Maria på 08-465 004 01" in client.get(reverse("accounts:me")).content.decode()
    cache.clear()
