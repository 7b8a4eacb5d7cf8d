"""How the installation stands, for those who watch over it. Counts and ages only, nothing about anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseError
from django.db.migrations.executor import MigrationExecutor

from samordna.notifications.queries import outbox_state, sending
from samordna.printouts import queries as printouts

# A worker takes what is due within seconds; a mail server that is away is tried again for hours.
LATE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for the worker. `late` when the oldest notification has waited longer than it should.

    `sending` tells whether this machine sends at all, or why not.
    """

    sending: str
    outbox_waiting: int
    outbox_oldest_seconds: int
    outbox_failed: int
    prints_waiting: int
    prints_failed: int

    @property
    def late(self) -> bool:
        return self.outbox_oldest_seconds > LATE_AFTER.total_seconds()


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether this process can serve. What waits is told beside it and does not decide: taking web processes
    away would help no worker."""

    database: bool
    migrated: bool
    backlog: Backlog | None

    @property
    def ready(self) -> bool:
        return self.database and self.migrated


def readiness(at: datetime) -> Readiness:
    """Asks the database; never raises when it does not answer."""
    try:
        if not migrated():
            return Readiness(database=True, migrated=False, backlog=None)
        return Readiness(database=True, migrated=True, backlog=backlog(at))
    except DatabaseError:
        connections.close_all()
        return Readiness(database=False, migrated=False, backlog=None)


def migrated() -> bool:
    """Whether the database has every migration of this program. Asked until the answer is yes, then remembered."""
    try:
        return _all_applied()
    except _NotApplied:
        return False


def backlog(at: datetime) -> Backlog:
    outbox, prints = outbox_state(), printouts.counts()
    oldest = outbox.oldest_waiting_at
    return Backlog(
        sending=sending().value,
        outbox_waiting=outbox.waiting,
        outbox_oldest_seconds=max(0, int((at - oldest).total_seconds())) if oldest else 0,
        outbox_failed=outbox.failed,
        prints_waiting=prints["waiting"],
        prints_failed=prints["failed"],
    )


class _NotApplied(Exception):
    pass


@lru_cache(maxsize=1)
def _all_applied() -> bool:
    # Raising instead of answering no keeps the no out of the cache.
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _NotApplied
    return True
