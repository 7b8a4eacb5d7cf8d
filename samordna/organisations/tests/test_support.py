"""The county's own support text stands at the foot of every page, those before login too (K-24)."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samordna.assignments.tests.factories import log_in, worker
from samordna.kernel.clock import now
from samordna.organisations.commands import change_setting


@pytest.mark.django_db
@pytest.mark.requirement("K-24")
def test_the_county_says_whom_to_turn_to_and_a_department_for_its_units(client: Client) -> None:
    change_setting(
        actor=None, key="support_chain", department_id=None, value="Ring Maria på 08-465 004 01", at=now()
    )
    for route in ("accounts:start", "accounts:login"):
        assert "Ring Maria på 08-465 004 01" in client.get(reverse(route)).content.decode(), route
    here, elsewhere = worker(), worker()
    log_in(client, here)
    for address in (reverse("accounts:me"), "/finns-inte/"):
        assert "Ring Maria på 08-465 004 01" in client.get(address).content.decode(), address
    own = {"department_id": here.unit.department.pk, "value": "Ring Stig på 08-465 004 02"}
    change_setting(actor=None, key="support_chain", at=now(), **own)
    cache.clear()
    for who, said in ((here, "Stig"), (elsewhere, "Maria")):
        log_in(client, who)
        for address in (reverse("accounts:me"), "/finns-inte/"):
            page = client.get(address).content.decode()
            assert [name for name in ("Stig", "Maria") if f"Ring {name} på" in page] == [said], address


@pytest.mark.django_db
def test_the_built_in_text_follows_the_language(client: Client) -> None:
    for language, words in (("en", "your unit&#x27;s superuser"), ("sv", "superanvändare")):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        assert words in client.get(reverse("accounts:login")).content.decode()
