"""One world for the whole folder; whatever a test does to it is undone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import transaction

from tests.bad_input import world as making
from tests.bad_input.stored import signs_kept, watched
from tests.bad_input.world import World

Undone = Callable[[], AbstractContextManager[None]]


@contextmanager
def undone() -> Iterator[None]:
    with signs_kept(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), undone(), watched():
        yield making.build()


@pytest.fixture
def world(built: World) -> Iterator[World]:
    with undone():
        yield built
