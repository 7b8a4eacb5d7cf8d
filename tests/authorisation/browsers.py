"""Browsers of people who have logged in once; what becomes of a session within a transaction is undone with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie

from django.conf import settings
from django.db import transaction
from django.test import Client

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Browsers:
    """One browser that each of them sits down at in turn, with the cookie that the login gave."""

    def __init__(self, people: Mapping[str, Assignment]) -> None:
        self._client = Client(raise_request_exception=False)
        self._keys = {}
        for name, assignment in people.items():
            log_in(self._client, assignment)
            self._keys[name] = self._client.cookies[settings.SESSION_COOKIE_NAME].value

    def of(self, who: str) -> Client:
        self._client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self._keys[who]})
        return self._client
