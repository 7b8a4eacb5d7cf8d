"""The county's own support text stands at the foot of every page, those before login too (K-24)."""

import pytest
from django.conf import settings
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
    for route in ("accounts:start", "accounts:login"):
        assert "Ring Maria på 08-465 004 01" in client.get(reverse(route)).content.decode(), route
    log_in(client, worker())
    assert "Ring Maria på 08-465 004 01" in client.get(reverse("accounts:me")).content.decode()


@pytest.mark.django_db
def test_the_built_in_text_follows_the_language(client: Client) -> None:
    for language, words in (("en", "your unit&#x27;s superuser"), ("sv", "superanvändare")):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        assert words in client.get(reverse("accounts:login")).content.decode()
