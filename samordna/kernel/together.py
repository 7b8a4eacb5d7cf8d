"""Several prepared queries in one statement.

A case is of a dozen kinds of rows, and a statement for each costs more than what it answers. Here the database puts the
rows of each query into a JSON list, and they are taken apart again as if each had been asked alone.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection, models

from samordna.kernel.prepared import Compiled, Converters, Parameter, Prepared, ask, converted, said

# PostgreSQL hands over values as Python has them; in JSON these are texts. SQLite keeps them as texts anyway.
_FROM_TEXT: "dict[type[models.Field[Any, Any]], Callable[[str], Any]]" = {
    models.UUIDField: UUID,
    models.DateTimeField: datetime.fromisoformat,
    models.DateField: date.fromisoformat,
    models.TimeField: time.fromisoformat,
}
_AS_LIST = {"postgresql": ("json_agg", "json_build_array"), "sqlite": ("json_group_array", "json_array")}


@dataclass(frozen=True, slots=True)
class _Words:
    sql: str
    parameters: tuple[Parameter, ...]
    converters: tuple[Converters, ...]


class Together:
    """Prepared queries that are asked in one statement, each by its name.

    Each gets those of the values that it knows. The rows are those that each query would give alone, in its order; no
    column may hold bytes, and none of the queries may hold rows: what is locked is read in a statement after that.
    """

    def __init__(self, **queries: Prepared) -> None:
        self._queries = queries
        self._worded: dict[str, _Words] = {}

    def rows(self, **values: Any) -> dict[str, list[tuple[Any, ...]]]:
        """The rows of each query as tuples in the order of its columns."""
        words = self._worded.get(connection.vendor) or self._word()
        (answer,) = ask(words.sql, words.parameters, values)
        lists = (one if isinstance(one, list) else json.loads(one or "[]") for one in answer)
        found = zip(self._queries, lists, words.converters, strict=True)
        return {name: converted(rows, converters) for name, rows, converters in found}

    def _word(self) -> _Words:
        queries = [query.compiled() for query in self._queries.values()]
        parameters = [parameter for query in queries for parameter in query.parameters]
        words = _Words(*said(_joined(queries), parameters), tuple(map(_converters, queries)))
        self._worded[connection.vendor] = words
        return words


def _joined(queries: list[Compiled]) -> str:
    rows_as, row_as = _AS_LIST[connection.vendor]
    tables, lists = [], []
    for place, query in enumerate(queries):
        columns = ", ".join(f"c{number}" for number in range(len(query.columns)))
        tables.append(f"q{place}({columns}) AS ({query.sql})")
        lists.append(f"(SELECT {rows_as}({row_as}({columns})) FROM q{place})")  # noqa: S608 - made of numbers
    return f"WITH {', '.join(tables)} SELECT {', '.join(lists)}"


def _converters(query: Compiled) -> Converters:
    if connection.vendor != "postgresql":
        return query.converters
    # What Django makes of JSON in a column is made already, by whoever read the whole answer.
    its_own = [one for one in query.converters if not isinstance(_field(one[2]), models.JSONField)]
    return (*_from_texts(query), *its_own)


def _from_texts(query: Compiled) -> Converters:
    found = []
    for place, expression in enumerate(query.expressions):
        field = _field(expression)
        read = next((read for kind, read in _FROM_TEXT.items() if isinstance(field, kind)), None)
        if read is not None:
            found.append((place, [_reading(read)], expression))
    return tuple(found)


def _reading(read: Callable[[str], Any]) -> Callable[..., Any]:
    return lambda value, _expression, _connection: None if value is None else read(value)


def _field(expression: Any) -> "models.Field[Any, Any]":
    field: models.Field[Any, Any] = expression.output_field
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field
