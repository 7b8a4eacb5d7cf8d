"""Work that stands in a table until it is done: taken by one worker at a time, and for so long at the most.

A worker that dies leaves what it had taken to the next one, when the time is over; a late one changes nothing any more.
The table has the columns `leased_by`, `leased_until` and `attempts`.
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet

Work = TypeVar("Work", bound=Model)


@transaction.atomic
def take_next(due: QuerySet[Work], *, first: str, at: datetime, lasts: timedelta) -> Work | None:
    """The work among `due` that is free and comes first by that column, taken until `at` + `lasts`; or None.

    Two who ask at once never get the same, and none waits for the other where the database can pass over what is held.
    """
    free = due.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=at))
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True)
    work: Any = free.order_by(first, "pk").first()
    if work is None:
        return None
    work.leased_by, work.attempts = uuid4(), work.attempts + 1
    _rows(work).update(leased_by=work.leased_by, leased_until=at + lasts, attempts=F("attempts") + 1)
    return work  # type: ignore[no-any-return]


@transaction.atomic
def hand_in(work: Model, **outcome: object) -> bool:
    """Write what came of it and let go. False, and nothing written, when somebody else has taken it since."""
    held = _rows(work).filter(leased_by=work.leased_by)  # type: ignore[attr-defined]
    return bool(held.update(leased_by=None, leased_until=None, **outcome))


def _rows(work: Model) -> QuerySet[Any]:
    return type(work)._default_manager.filter(pk=work.pk)
