"""Queries that Django puts into words once per process.

To word a query costs Django ten to a hundred times what it costs the database to answer it, and the queries that stand
before every page (who acts, what the case is) are always the same but for a few values. `Prepared` keeps the words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet

# Values that no row has: they are looked for in the finished words, to see where each value goes.
_MARKERS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 7_770_000_777_000_000 + place,
    str: lambda place: f"\x01{place}",
    date: lambda place: date(1, 1, 1 + place),
    datetime: lambda place: datetime(1, 2, 1, 0, 0, place, tzinfo=UTC),
    UUID: lambda place: UUID(int=0x777_0000_7770_0000 + place),
}


@dataclass(frozen=True, slots=True)
class _Words:
    """`places` says what each parameter of the statement is: a value's name, or a constant of the query."""

    sql: str
    names: tuple[str, ...]
    places: tuple[tuple[str | None, Any], ...]
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]


class Prepared:
    """A query made of `values_list` or `values` whose conditions hold single values.

    `build` gets the values by name and answers with the query; it runs once per kind of database, so nothing in it may
    depend on anything but its arguments. `kinds` tells what each value is: int, str, date, datetime or UUID; None is
    not among them.
    With `lock`, the rows of that model are held until the transaction ends, where the database holds rows.
    Fails at the first use when a value does not turn up in the finished query as it was given.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], *, lock: type[Model] | None = None, **kinds: type
    ) -> None:
        self._build = build
        self._lock = lock
        self._kinds = kinds
        self._worded: dict[str, _Words] = {}

    def dicts(self, **values: Any) -> list[dict[str, Any]]:
        """The same, each row by the names of its columns."""
        rows = self.rows(**values)
        return [dict(zip(self._worded[connection.vendor].names, row, strict=True)) for row in rows]

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What the query answers with these values, as tuples in the order of its columns."""
        words = self._worded.get(connection.vendor) or self._word()
        parameters = [
            constant if name is None else _adapted(connection, values[name])
            for name, constant in words.places
        ]
        with connection.cursor() as cursor:
            cursor.execute(words.sql, parameters)
            found = cursor.fetchall()
        return (
            [_converted(row, words) for row in found] if words.converters else [tuple(row) for row in found]
        )

    def _word(self) -> _Words:
        markers = {name: _MARKERS[kind](place) for place, (name, kind) in enumerate(self._kinds.items())}
        compiler = self._build(**markers).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        adapted = {name: _adapted(connection, marker) for name, marker in markers.items()}
        places = tuple(_place(parameter, adapted) for parameter in parameters)
        lost = adapted.keys() - {name for name, _constant in places}
        if lost:
            raise ValueError(f"Not found in the finished query: {', '.join(sorted(lost))}")
        if self._lock is not None and connection.features.has_select_for_update_of:
            sql = f"{sql} FOR UPDATE OF {connection.ops.quote_name(self._lock._meta.db_table)}"
        columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
        converters = tuple(
            (at, found, column) for at, (found, column) in compiler.get_converters(columns).items()
        )
        words = _Words(sql, tuple(compiler.query.selected or compiler.query.values_select), places, converters)
        self._worded[connection.vendor] = words
        return words


def _place(parameter: Any, adapted: dict[str, Any]) -> tuple[str | None, Any]:
    named = next((name for name, marker in adapted.items() if parameter == marker), None)
    return named, None if named else parameter


def _adapted(on: BaseDatabaseWrapper, value: Any) -> Any:
    """As Django hands a value of that kind to the database."""
    if isinstance(value, UUID):
        return value if on.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return on.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return on.ops.adapt_datefield_value(value)
    return value


def _converted(row: tuple[Any, ...], words: _Words) -> tuple[Any, ...]:
    values = list(row)
    for at, converters, column in words.converters:
        for convert in converters:
            values[at] = convert(values[at], column, connection)
    return tuple(values)
