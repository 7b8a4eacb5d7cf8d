"""A WSGI server keeps what belongs to a request by thread, as Django lets it be kept."""

import threading

import pytest
from asgiref.local import Local
from django.db import connections
from django.utils import translation

from samordna.config.per_thread import KEPT, keep_per_thread


@pytest.fixture
def kept_per_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the server has it, until the test is over."""
    for holder, name in KEPT:
        monkeypatch.setattr(holder, name, getattr(holder, name))
    keep_per_thread()


def test_all_that_is_replaced_is_what_django_keeps_there() -> None:
    assert all(isinstance(getattr(holder, name), Local) for holder, name in KEPT)


def test_one_threads_language_and_connection_are_not_anothers(kept_per_thread: None) -> None:
    seen: list[object] = []

    def another() -> None:
        seen.append(translation.get_language())
        seen.append(connections["default"])

    translation.activate("en")
    own = connections["default"]
    thread = threading.Thread(target=another)
    thread.start()
    thread.join()
    assert seen[0] == "sv"
    assert seen[1] is not own
    assert translation.get_language() == "en"
    assert connections["default"] is own
