"""Where one is led: to pages of this site alone, and never by an address longer than an answer's header may be."""

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.tests.factories import log_in, worker

pytestmark = pytest.mark.django_db
LONG = "/sip/?q=" + "å" * 2_000
LONGEST_HEADER = 2_500


@pytest.mark.requirement("L-07")
@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/sip/?module=SIP", "/sip/?module=SIP"),
        (LONG, "/sip/"),
        ("/" + "å" * 2_000, "/"),
        ("//example.org/", "/"),
        ("sip/", "/"),
        ("", "/"),
    ],
)
def test_a_change_of_language_leads_back_as_far_as_it_can(client: Client, asked: str, led: str) -> None:
    answer = client.post(reverse("web:language"), {"language": "en", "next": asked})
    assert answer.url == led


@pytest.mark.requirement("L-07")
def test_login_and_choice_of_unit_lead_back_by_addresses_that_fit(client: Client) -> None:
    led = client.get(LONG)
    assert led.url == f"{reverse('accounts:login')}?next=%2Fsip%2F"
    for address in (f"/sip/?q={'å' * 150}", LONG):
        answer = client.get(address)
        assert len(answer.headers["Location"]) < LONGEST_HEADER
    log_in(client, worker())
    answer = client.get(reverse("accounts:login"), {"next": LONG})
    assert len(answer.headers["Location"]) < LONGEST_HEADER


def test_a_page_that_was_posted_offers_the_language_of_itself(client: Client) -> None:
    log_in(client, worker())
    page = client.post(reverse("sip:new"), {"identifier": "fel"}).content.decode()
    assert f'name="next" value="{reverse("sip:new")}"' in page


def test_what_is_too_large_says_so(client: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    answer = client.post(reverse("web:language"), {"language": "x" * 2_000})
    assert answer.status_code == 413
    assert "Det du skickade är för stort" in answer.content.decode()


def test_an_address_that_takes_nothing_posted_says_so_and_leads_on(client: Client) -> None:
    answer = client.post(reverse("accounts:start"))
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "Sidan kan inte öppnas på det här sättet" in answer.content.decode()
