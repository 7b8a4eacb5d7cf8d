"""How long a page waits for the database, and what is meant by a database that is away.

A server can be stopped, refuse more connections, wait for somebody's lock, or be frozen and say nothing at all. Whoever
waits for a page is told within seconds, whichever it is; what runs by itself (commands, the worker) waits as long as
its work takes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

import psycopg
from django.db import Error as DatabaseError

# So long after it was found away nobody tries again in this process: those who come after need not wait as well.
REST_SECONDS = 1.0
# What the standby of a pair answers to whoever writes.
_READ_ONLY = "25006"
_SQLITE_AWAY = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_CANTOPEN",
    "SQLITE_IOERR",
    "SQLITE_FULL",
    "SQLITE_PROTOCOL",
)

_longest: ContextVar[float | None] = ContextVar("longest", default=None)
_away_until = 0.0


@contextmanager
def waiting_at_most(seconds: float | None) -> Iterator[None]:
    """Inside, no answer of the database is waited for longer than that; None is as long as it takes."""
    before = _longest.set(seconds)
    try:
        yield
    finally:
        _longest.reset(before)


def longest_wait() -> float | None:
    """How long an answer may take here and now."""
    return _longest.get()


def note_away() -> None:
    """Remember that the database did not answer, so that the next ones are told at once."""
    global _away_until
    _away_until = monotonic() + REST_SECONDS


def was_away() -> bool:
    """Whether it was found away a moment ago."""
    return monotonic() < _away_until


def is_away(error: BaseException | None) -> bool:
    """Whether the error says that the database cannot do what it otherwise would, and may when it is asked again.

    Not what is wrong with the question: a table that does not exist, a value that a constraint refuses.
    """
    while error is not None:
        if isinstance(error, psycopg.Error):
            return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) or (
                error.sqlstate == _READ_ONLY
            )
        if isinstance(error, sqlite3.Error):
            return getattr(error, "sqlite_errorname", "").startswith(_SQLITE_AWAY)
        if not isinstance(error, DatabaseError):
            return False
        error = error.__cause__
    return False
