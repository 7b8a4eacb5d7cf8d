"""A request as it looks to a view, without the rooms that log people in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from samordna.kernel.actor import Actor
from samordna.kernel.module import Module, Right


def an_actor(**changes: Any) -> Actor:
    values: dict[str, Any] = {
        "user_id": 7,
        "user_name": "Anna Lindqvist",
        "assignment_id": 11,
        "unit_id": 3,
        "unit_name": "Hemtjänsten Norr",
        "department_id": 2,
        "department_name": "Vård- och omsorgsförvaltningen",
        "principal_id": 1,
        "principal_name": "Katrineholms kommun",
        "profession": "unit_manager",
        "title": "enhetschef",
        "module_rights": frozenset({(Module.SIP, Right.INITIATE), (Module.SIP, Right.ANSWER)}),
        "system_roles": frozenset(),
        "login_method": "password",
        "session_id": "s",
        "request_id": "r",
    }
    return Actor(**{**values, **changes})


@pytest.fixture
def actor() -> Actor:
    return an_actor()


class Memory(list):
    """Stands in for the message storage of a session."""

    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        self.append(message)


@pytest.fixture
def make_request(actor: Actor) -> Callable[..., HttpRequest]:
    def make(path: str = "/", post: dict[str, Any] | None = None, **attributes: Any) -> HttpRequest:
        factory = RequestFactory()
        request = factory.get(path) if post is None else factory.post(path, post)
        request.user = AnonymousUser()
        request.actor = actor
        request.request_id = "1f0c7a52-0000-4000-8000-000000000000"
        request.refused = []
        request.resolver_match = None
        request._messages = Memory()
        for name, value in attributes.items():
            setattr(request, name, value)
        return request

    return make
