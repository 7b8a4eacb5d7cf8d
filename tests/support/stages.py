"""A county, and a case brought to some stage in it, is built by real acts once a run; other tests get its rows laid in.

The acts are what costs: a locked plan is thirty of them. What is laid in is row by row what they wrote. They act anew
where rows could not stand for them: under a simulated clock, where a test really commits, with other arguments, or
when the test has written something since its county was there.
"""

import pickle
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import pytest
import time_machine
from django.apps import apps
from django.db import connection

from samordna.kernel import clock

_WRITES = ("INSERT", "UPDATE", "DELETE")
Rows = dict[str, list[Any]]
P, T = ParamSpec("P"), TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stage:
    """The rows that a builder wrote, by table, and what it answered."""

    rows: Rows
    answer: bytes


@dataclass(slots=True)
class Ground:
    """What stands in the database of the running test: a county that nothing was written after, or anything else."""

    county: Any = None
    written: bool = False
    kept: dict[tuple[str, datetime], Stage] = field(default_factory=dict)

    def begin(self) -> None:
        self.county, self.written = None, False

    def lets_lay(self, given: tuple[object, ...]) -> bool:
        """A county on nothing, and a stage on the county that was made or laid in this test."""
        if self.written or not connection.in_atomic_block or time_machine.escape_hatch.is_travelling():
            return False
        return not given if self.county is None else len(given) == 1 and given[0] is self.county


_ground = Ground()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    _ground.begin()
    if _note_writing not in connection.execute_wrappers:
        connection.execute_wrappers.append(_note_writing)


def _note_writing(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
    if sql.startswith(_WRITES):
        _ground.written = True
    return execute(sql, *more)


def built_once(build: Callable[P, T]) -> Callable[P, T]:
    """A builder of a county, or of a stage of a case in a county, whose rows are kept for the next test."""

    @wraps(build)
    def brought(*given: P.args, **more: P.kwargs) -> T:
        if more or not _ground.lets_lay(given):
            return build(*given, **more)
        return _laid_or_built(lambda: build(*given, **more), f"{build.__module__}.{build.__qualname__}")

    return brought


def _laid_or_built(build: Callable[[], Any], name: str) -> Any:
    # Deadlines go by the hour of the day at the most.
    key = name, clock.local(clock.now()).replace(minute=0, second=0, microsecond=0)
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
