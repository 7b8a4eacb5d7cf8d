"""Logged-in users and what their browsers send: as a request of the load, and by Django's own client."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.test import Client

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in

# A form's token is compared with the cookie's: any pair that is alike is a browser's own.
TOKEN = "benchBenchBENCHbenchBenchBENCHab"  # noqa: S105


@dataclass(frozen=True)
class Page:
    """A page to open, or a form to post when it has `fields`."""

    path: str
    fields: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Visitor:
    """A user who is logged in and has chosen a unit."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment_id = str(assignment.pk)
        self.client = Client(headers={"host": "127.0.0.1"})
        log_in(self.client, assignment)
        self.client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN

    def request(self, page: Page) -> dict[str, Any]:
        """As `load` sends it."""
        cookies = self.client.cookies.output(attrs=[], header="", sep=";").strip()
        return request(page.path, cookies, self._form(page), page.headers)

    def asks(self, page: Page) -> Any:
        """The answer, made in this process."""
        form = self._form(page)
        if form is None:
            return self.client.get(page.path, headers=page.headers)
        return self.client.post(page.path, form, headers=page.headers)

    def _form(self, page: Page) -> dict[str, str] | None:
        """With what `{% form_token %}` adds to every form."""
        hidden = {"csrfmiddlewaretoken": TOKEN, "form_key": str(uuid4()), "assignment": self.assignment_id}
        return None if page.fields is None else hidden | page.fields


def request(
    path: str, cookies: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """The system and its yardsticks are asked in the same way."""
    sent = {"Cookie": cookies, "Accept-Encoding": "identity", **(headers or {})}
    if fields is None:
        return {"method": "GET", "url": path, "headers": sent}
    sent["Content-Type"] = "application/x-www-form-urlencoded"
    return {"method": "POST", "url": path, "headers": sent, "data": urlencode(fields)}
