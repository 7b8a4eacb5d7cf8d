"""A county, and a case brought to some stage in it, is built by real acts once a run; other tests get its rows laid in.

The acts are what costs: a locked plan is thirty of them. What is laid in is row by row what they wrote. They act anew
where rows could not stand for them: where a test really commits, with arguments that have no name in the county, or
when the test has written something since its county was there. To log somebody in is no such writing: no act reads
sessions. Where the clock stands still, rows stand for that moment alone.
"""

import pickle
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cache, wraps
from types import NoneType
from typing import Any, ParamSpec, TypeVar, cast

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from samordna.kernel import clock

_WRITES = ("INSERT", "UPDATE", "DELETE")
_OF_SESSIONS = ('INSERT INTO "accounts_session"', 'INSERT INTO "accounts_loginsession"')
_PLAIN = (bool, int, str, Enum, date, NoneType)
Rows = dict[str, list[Any]]
P, T = ParamSpec("P"), TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stage:
    """The rows that a builder wrote, by table, and what it answered."""

    rows: Rows
    answer: bytes


Key = tuple[object, ...]


@dataclass(slots=True)
class Ground:
    """What stands in the database of the running test: a county that nothing was written after, or anything else."""

    county: Any = None
    written: bool = False
    kept: dict[Key, Stage] = field(default_factory=dict)

    def begin(self) -> None:
        self.county, self.written = None, False

    def key(self, name: str, given: tuple[object, ...], more: dict[str, object]) -> Key | None:
        """What tells these rows from others: a county on nothing, or a stage on the county made or laid in this test.

        None where rows cannot stand for the acts.
        """
        if self.written or not connection.in_atomic_block or _clock_is_wound():
            return None
        if self.county is None:
            return None if given or more else (name, _moment())
        names = [self._named(one) for one in (*given, *more.values())]
        return None if not names or None in names else (name, _moment(), *names, *more)

    def _named(self, one: object) -> Key | None:
        if isinstance(one, _PLAIN):
            return type(one), one
        places = {"": self.county, **vars(self.county)}
        return next(((name,) for name, there in places.items() if there is one), None)


_ground = Ground()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    _ground.begin()


def _listen(*, connection: BaseDatabaseWrapper, **_more: object) -> None:
    if _note_writing not in connection.execute_wrappers:
        connection.execute_wrappers.append(_note_writing)


# The first test of a run has a connection made for it only when it asks for the database.
connection_created.connect(_listen)


def _note_writing(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
    if sql.startswith(_WRITES) and not sql.startswith(_OF_SESSIONS):
        _ground.written = True
    return execute(sql, *more)


def built_once(build: Callable[P, T]) -> Callable[P, T]:
    """A builder of a county, or of a stage in it, whose rows are kept for the next test.

    What it is given is the county, somebody or some place of it, or a plain value.
    """

    name = f"{build.__module__}.{build.__qualname__}:{build.__code__.co_firstlineno}"

    @wraps(build)
    def brought(*given: P.args, **more: P.kwargs) -> T:
        key = _ground.key(name, given, more)
        if key is None:
            return build(*given, **more)
        return cast(T, _laid_or_built(key, lambda: build(*given, **more)))

    return brought


def _clock_is_wound() -> bool:
    """A simulated clock that goes on: no other test meets the same moment."""
    return time_machine.escape_hatch.is_travelling() and clock.now() != clock.now()


def _moment() -> datetime:
    """Deadlines go by the hour of the day at the most; under a simulated clock a test may look at the very moment."""
    at = clock.local(clock.now())
    if time_machine.escape_hatch.is_travelling():
        return at
    return at.replace(minute=0, second=0, microsecond=0)


def _laid_or_built(key: Key, build: Callable[[], Any]) -> Any:
    is_county = _ground.county is None
    if key in _ground.kept:
        _lay(_ground.kept[key].rows)
        answer = pickle.loads(_ground.kept[key].answer)  # noqa: S301 - it was pickled by this very run
    else:
        before = _rows()
        answer = build()
        new = _added(before, _rows())
        if new is not None:
            _ground.kept[key] = Stage(new, pickle.dumps(answer))
    _ground.county, _ground.written = (answer, False) if is_county else (_ground.county, True)
    return answer


def _added(before: Rows, after: Rows) -> Rows | None:
    """What came, by table; None when a row that was there has changed, which rows laid in cannot do."""
    if any(Counter(rows) - Counter(after.get(table, ())) for table, rows in before.items()):
        return None
    added = {
        table: list((Counter(rows) - Counter(before.get(table, ()))).elements())
        for table, rows in after.items()
    }
    return {table: rows for table, rows in added.items() if rows}


@cache
def _tables() -> dict[str, list[str]]:
    """The columns of each table."""
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.db_table: [
            column.column for column in model._meta.local_concrete_fields if not column.generated
        ]
        for model in models
        if model._meta.managed and not model._meta.proxy
    }


def _rows() -> Rows:
    """Every row of every table, as the database keeps it."""
    connection.ensure_connection()
    found = {table: list(_of_table(table, columns)) for table, columns in _tables().items()}
    return {table: rows for table, rows in found.items() if rows}


def _of_table(table: str, columns: list[str]) -> Iterator[Any]:
    if connection.vendor == "sqlite":
        # The plus keeps Python's converters of types away.
        names = ", ".join(f'+"{column}"' for column in columns)
        yield from sqlite3.Cursor(connection.connection).execute(f'SELECT {names} FROM "{table}"')  # noqa: S608
        return
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({_names(columns)}) TO STDOUT') as out,
    ):
        yield from b"".join(bytes(piece) for piece in out).splitlines(keepends=True)


def _lay(rows: Rows) -> None:
    for table, new in rows.items():
        columns = _tables()[table]
        if connection.vendor == "sqlite":
            marks = ", ".join("?" * len(columns))
            insert = f'INSERT INTO "{table}" ({_names(columns)}) VALUES ({marks})'  # noqa: S608 - our own tables
            sqlite3.Cursor(connection.connection).executemany(insert, new)
            continue
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f'COPY "{table}" ({_names(columns)}) FROM STDIN') as into,
        ):
            into.write(b"".join(new))


def _names(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
