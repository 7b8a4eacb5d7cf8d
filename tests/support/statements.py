"""What a request asks of the database."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

# Django asks SQLite once per connection whether it knows JSON.
_CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "SELECT JSON('")


@pytest.fixture
def statements() -> Callable[[Callable[[], object]], list[str]]:
    """What is asked of the database meanwhile, without the control of transactions."""

    def taken(act: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            act()
        return [query["sql"] for query in captured if not query["sql"].startswith(_CONTROL)]

    return taken
