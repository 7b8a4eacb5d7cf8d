"""Logged-in users and what their browsers send, as bytes for the load and as fields for Django's own client."""

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from samordna.accounts.sessions import begin
from samordna.assignments.models import Assignment
from samordna.kernel import clock

HOST = "127.0.0.1"
# A form's token is compared with the cookie's: any pair that is alike is a browser's own.
TOKEN = "benchBenchBENCHbenchBenchBENCHab"  # noqa: S105


# One for all: making the system's chain of middleware costs more than a request.
_CLIENT = Client(headers={"host": HOST})


@dataclass(frozen=True)
class Asked:
    """A page to open, or a form to post when it has `fields`."""

    path: str
    fields: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Visitor:
    """One session of a user who has chosen a unit."""

    assignment_id: int
    session_key: str

    def encoded(self, asked: Asked) -> bytes:
        body = b"" if asked.fields is None else urlencode(self.form(asked.fields)).encode()
        lines = [
            f"{'GET' if asked.fields is None else 'POST'} {asked.path} HTTP/1.1",
            f"Host: {HOST}",
            f"Cookie: {settings.SESSION_COOKIE_NAME}={self.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "Connection: close",
            *(f"{name}: {value}" for name, value in asked.headers.items()),
        ]
        if asked.fields is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def form(self, fields: dict[str, str]) -> dict[str, str]:
        """What `{% form_token %}` adds to every form."""
        hidden = {
            "csrfmiddlewaretoken": TOKEN,
            "form_key": str(uuid4()),
            "assignment": str(self.assignment_id),
        }
        return {**hidden, **fields}

    def asks(self, asked: Asked) -> Any:
        """The answer, made in this process."""
        _CLIENT.cookies[settings.SESSION_COOKIE_NAME] = self.session_key
        _CLIENT.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        if asked.fields is None:
            return _CLIENT.get(asked.path, headers=asked.headers)
        return _CLIENT.post(asked.path, self.form(asked.fields), headers=asked.headers)


def visitor(assignment: Assignment) -> Visitor:
    """A session as it is after login and the choice of unit."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(assignment.user_id)
    session[BACKEND_SESSION_KEY] = "samordna.accounts.backends.UserBackend"
    session[HASH_SESSION_KEY] = assignment.user.get_session_auth_hash()
    session["assignment_id"] = assignment.pk
    begin(session, user_id=assignment.user_id, method="password", browser="", at=clock.now())
    session.save()
    return Visitor(assignment.pk, str(session.session_key))
