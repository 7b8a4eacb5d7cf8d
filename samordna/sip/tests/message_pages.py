"""The message pages as a browser without scripts uses them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.sip.states import Part
from samordna.sip.words import PART_SLUGS

CONSENT = {"consent-giver": "SELF", "consent-how": "ORAL", "consent-scope": "SIP"}


def at_work(who: Assignment) -> Client:
    """A browser in which this user is logged in."""
    client = Client()
    log_in(client, who)
    return client


def read(client: Client, case_id: UUID, part: Part) -> str:
    """The text of a part's page, which must be there."""
    response = client.get(reverse("sip:part", args=[case_id, PART_SLUGS[part]]))
    assert response.status_code == 200
    return response.content.decode()


def draft(client: Client, case_id: UUID, part: Part, button: str, **typed: Any) -> HttpResponse:
    """Press a button of the form in which a message is written: "save", "check", "find", or ("add_unit", id)."""
    return client.post(reverse("sip:draft", args=[case_id, PART_SLUGS[part]]), {button: "1", **typed})


def check(client: Client, case_id: UUID, part: Part, query: str = "") -> HttpResponse:
    return client.get(reverse("sip:check", args=[case_id, PART_SLUGS[part]]) + query)


def send(
    client: Client, case_id: UUID, part: Part, message_id: UUID, version: int = 1, **more: Any
) -> HttpResponse:
    """*Skicka* on the page where everything is shown once more."""
    return client.post(
        reverse("sip:check", args=[case_id, PART_SLUGS[part]]),
        {"message_id": str(message_id), "version": version, **more},
        follow=True,
    )


def press(client: Client, name: str, *ids: object, **typed: Any) -> HttpResponse:
    """Post to an act's own address and follow where it leads."""
    return client.post(reverse(f"sip:{name}", args=ids), typed, follow=True)
