"""Going to the plan's pages as a user does: a client at a unit, a page's text, a form posted as it stands there."""

import re
from html import unescape
from uuid import UUID

from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in


def browser(assignment: Assignment) -> Client:
    client = Client()
    log_in(client, assignment)
    return client


def url(name: str, case_id: UUID, *args: object) -> str:
    return reverse(f"sip:{name}", args=[case_id, *args])


def page_url(case_id: UUID) -> str:
    return reverse("sip:part", args=[case_id, "plan"])


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == status, f"{response.status_code} at {address}"
    return unescape(response.content.decode())


def plan_text(client: Client, case_id: UUID) -> str:
    return read(client, page_url(case_id))


def hidden(text: str, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*?value="([^"]*)"', text)
    assert found, f"no field {name}"
    return unescape(found.group(1))


def fields_of(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of a passage's form as the page gives them."""
    text = read(client, address)
    return dict(
        re.findall(
            r'<input type="hidden" name="(draft_form|draft_base|version|base_\w+)" value="([^"]*)"', text
        )
    )


def post(client: Client, address: str, **fields: object) -> str:
    """Post and follow; the text that the user then reads."""
    response = client.post(address, {key: str(value) for key, value in fields.items()}, follow=True)
    return unescape(response.content.decode())
