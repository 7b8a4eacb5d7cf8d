"""Queries that are put into words once.

To word a query costs Django ten to a hundred times what it costs the database to answer it, and the queries that stand
before every page (who acts, what the case is) are always the same but for a few values. `Prepared` keeps the words. The
plan that a PostgreSQL server makes of them is kept with the connection (`config.postgresql`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

# Values that no row has: they are looked for in the finished words, to see where each value goes.
_MARKERS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 7_770_000_777_000_000 + place,
    str: lambda place: f"\x01{place}",
    date: lambda place: date(1, 1, 1 + place),
    datetime: lambda place: datetime(1, 2, 1, 0, 0, place, tzinfo=UTC),
    UUID: lambda place: UUID(int=0x777_0000_7770_0000 + place),
    bytes: lambda place: b"\x01%d" % place,
}
_PLACE = re.compile("%([%s])")
# A column's place, what its values pass through, and the expression that is handed to those.
Converters = tuple[tuple[int, list[Callable[..., Any]], Any], ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value by its name, or a constant of the query."""

    name: str
    constant: Any = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query in words, with its values by name, and what its columns are."""

    sql: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    expressions: tuple[Any, ...]
    converters: Converters


@dataclass(frozen=True, slots=True)
class _Words:
    sql: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    converters: Converters


class Prepared:
    """A query made of `values_list` or `values` whose conditions hold single values.

    `build` gets the values by name and answers with the query; it runs once per kind of database, so nothing in it may
    depend on anything but its arguments. `kinds` tells what each value is: int, str, date, datetime or UUID; None is
    not among them. With `lock`, the rows of that model are held until the transaction ends, where the database can.
    Fails at the first use when a value does not turn up in the finished query as it was given.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], *, lock: type[Model] | None = None, **kinds: type
    ) -> None:
        self._build = build
        self._lock = lock
        self._kinds = kinds
        self._worded: dict[str, _Words] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """What the query answers with these values, as tuples in the order of its columns."""
        words = self._words()
        found = ask(words.sql, words.parameters, values)
        return converted(found, words.converters)

    def dicts(self, **values: Any) -> list[dict[str, Any]]:
        """The same, each row by the names of its columns."""
        columns = self._words().columns
        return [dict(zip(columns, row, strict=True)) for row in self.rows(**values)]

    def _words(self) -> _Words:
        if connection.vendor not in self._worded:
            self._worded[connection.vendor] = self._word()
        return self._worded[connection.vendor]

    def compiled(self) -> Compiled:
        """The query in words, for the kind of database that is connected."""
        markers = markers_of(self._kinds)
        compiler = self._build(**markers).query.get_compiler(connection=connection)
        sql, asked = compiler.as_sql()
        if self._lock is not None and connection.features.has_select_for_update_of:
            sql = f"{sql} FOR UPDATE OF {connection.ops.quote_name(self._lock._meta.db_table)}"
        parameters = named(asked, markers)
        expressions = [expression for expression, _sql, _alias in compiler.select[: compiler.col_count]]
        columns = tuple(compiler.query.selected or compiler.query.values_select)
        converters = tuple(
            (place, found, expression)
            for place, (found, expression) in compiler.get_converters(expressions).items()
        )
        return Compiled(sql, tuple(parameters), columns, tuple(expressions), converters)

    def as_text(self, prefix: str, **columns: str) -> tuple[str, dict[str, Any]]:
        """The query as a part of a larger statement, its values named, and its constants by names with the prefix.

        A value named in `columns` is a column of that statement instead.
        """
        compiled, constants = self.compiled(), dict[str, Any]()
        parameters = iter(compiled.parameters)

        def named(place: re.Match[str]) -> str:
            if place[1] == "%":
                return "%%"
            parameter = next(parameters)
            if parameter.name in columns:
                return columns[parameter.name]
            if parameter.name:
                return f"%({parameter.name})s"
            name = f"{prefix}_{len(constants)}"
            constants[name] = parameter.constant
            return f"%({name})s"

        return _PLACE.sub(named, compiled.sql), constants

    def _word(self) -> _Words:
        compiled = self.compiled()
        return _Words(*said(compiled.sql, compiled.parameters), compiled.columns, compiled.converters)


def markers_of(kinds: Mapping[str, type]) -> dict[str, Any]:
    """For each named value one that no row has, to be found again in the finished words."""
    return {name: _MARKERS[kind](place) for place, (name, kind) in enumerate(kinds.items())}


def named(asked: Iterable[Any], markers: Mapping[str, Any]) -> list[Parameter]:
    """What a worded statement asks for, by name where it is a marker. Fails when a marker has not come through."""
    adapted = {name: _adapted(marker) for name, marker in markers.items()}
    parameters = [_parameter(one, adapted) for one in asked]
    lost = adapted.keys() - {parameter.name for parameter in parameters}
    if lost:
        raise ValueError(f"Not found in the finished query: {', '.join(sorted(lost))}")
    return parameters


def _parameter(one: Any, adapted: dict[str, Any]) -> Parameter:
    # Django wraps bytes for PostgreSQL.
    asked = getattr(one, "obj", one)
    name = next((name for name, marker in adapted.items() if asked == marker), "")
    return Parameter(name, None if name else one)


def ask(sql: str, parameters: Sequence[Parameter], values: dict[str, Any]) -> list[Any]:
    """The rows that the database answers with."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given(parameters, values))
        return list(cursor.fetchall())


def given(parameters: Sequence[Parameter], values: Mapping[str, Any]) -> list[Any]:
    """The values that a statement is sent with."""
    return [_value(parameter, values) for parameter in parameters]


def converted(rows: Sequence[Any], converters: Converters) -> list[tuple[Any, ...]]:
    """The rows with their values as the fields of their columns give them."""
    return [_converted(row, converters) for row in rows] if converters else [tuple(row) for row in rows]


def said(sql: str, parameters: Sequence[Parameter]) -> tuple[str, tuple[Parameter, ...]]:
    """How a statement is asked, and the values that are left to be given.

    Constants are written out, so that an index which holds for this constant alone can be chosen; and SQLite plans a
    statement anew, whenever it is asked, where it had to look at a given value to choose one.
    """
    return _planned(sql, parameters), tuple(parameter for parameter in parameters if parameter.name)


def _planned(sql: str, parameters: Sequence[Parameter]) -> str:
    waiting = iter(parameters)

    def filled(place: re.Match[str]) -> str:
        if place[1] == "%":
            return "%%"
        parameter = next(waiting)
        if parameter.name:
            return "%s"
        return _written_out(parameter.constant).replace("%", "%%")

    return _PLACE.sub(filled, sql)


def _written_out(constant: Any) -> str:
    if connection.vendor == "postgresql":
        return str(connection.ops.compose_sql("%s", [constant]))  # type: ignore[attr-defined]
    if constant is None:
        return "NULL"
    if isinstance(constant, int):
        return str(int(constant))
    if isinstance(constant, str):
        return "'" + constant.replace("'", "''") + "'"
    raise TypeError(f"A constant that is not written out: {type(constant).__name__}")


def _value(parameter: Parameter, values: Mapping[str, Any]) -> Any:
    return _adapted(values[parameter.name]) if parameter.name else parameter.constant


def _adapted(value: Any) -> Any:
    """As Django hands a value of that kind to the database."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _converted(row: Sequence[Any], converters: Converters) -> tuple[Any, ...]:
    values = list(row)
    for place, each, expression in converters:
        for convert in each:
            values[place] = convert(values[place], expression, connection)
    return tuple(values)
