"""Statements that write, put into words once, as `Prepared` does for what is asked.

To word an INSERT or an UPDATE costs Django more than it costs the database to carry it out, and an act has a dozen of
them, always the same but for a few values. They write in the transaction of the act, and send no signals.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import AutoField, Field, JSONField, Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import DeleteQuery, UpdateQuery

from samordna.kernel.prepared import Converters, Parameter, converted, given, markers_of, named, said

# Rows of one statement. Each number of rows has words of its own, and a plan that the server keeps.
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class _Words:
    sql: str
    parameters: tuple[Parameter, ...] = ()
    converters: Converters = ()


class Insert:
    """New rows of a model, whole: what the model leaves empty is its default.

    Where a row stands that has the same in the `unique` fields, it gets what is new in those of `replaced`; with
    `ignored` it is left alone, and the new one is not put in. Calling it gives the `returning` columns of each row.
    """

    def __init__(
        self,
        model: type[Model],
        *,
        ignored: bool = False,
        unique: Sequence[str] = (),
        replaced: Sequence[str] = (),
        returning: Sequence[str] = (),
    ) -> None:
        self._model = model
        self._conflict = OnConflict.IGNORE if ignored else OnConflict.UPDATE if replaced else None
        self._unique, self._replaced, self._returning = unique, replaced, returning
        self._fields = [
            field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)
        ]
        self._worded: dict[tuple[str, int], _Words] = {}

    def __call__(self, rows: Sequence[Model]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(rows), MOST_ROWS):
            some = rows[start : start + MOST_ROWS]
            words = self._words(len(some))
            found += _answered(words, [_stored(field, row) for row in some for field in self._fields])
        return found

    def _words(self, count: int) -> _Words:
        key = connection.vendor, count
        if key not in self._worded:
            self._worded[key] = self._word(count)
        return self._worded[key]

    def _word(self, count: int) -> _Words:
        quoted, meta = connection.ops.quote_name, self._model._meta
        one = f"({', '.join(['%s'] * len(self._fields))})"
        head = connection.ops.insert_statement(on_conflict=self._conflict)
        into = f"{quoted(meta.db_table)} ({', '.join(quoted(str(field.column)) for field in self._fields)})"
        replaced, unique = (
            [_column(self._model, name) for name in names] for names in (self._replaced, self._unique)
        )
        conflict = connection.ops.on_conflict_suffix_sql(self._fields, self._conflict, replaced, unique)
        returning, converters = _returning(self._model, self._returning)
        return _Words(
            f"{head} {into} VALUES {', '.join([one] * count)} {conflict} {returning}".strip(), (), converters
        )


class Update:
    """A change of the rows that a query finds, by named values: int, str, date, datetime or UUID.

    `build` gets the values by name and answers with the query and the new columns; it runs once per kind of database,
    so nothing in it may depend on anything but its arguments. Calling it gives how many rows were changed.
    """

    def __init__(
        self, build: Callable[..., tuple[QuerySet[Any, Any], Mapping[str, Any]]], **kinds: type
    ) -> None:
        self._build, self._kinds = build, kinds
        self._worded: dict[str, _Words] = {}

    def __call__(self, **values: Any) -> int:
        words = self._worded.get(connection.vendor) or self._word()
        with transaction.mark_for_rollback_on_error(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(words.sql, given(words.parameters, values))
            return int(cursor.rowcount)

    def _word(self) -> _Words:
        markers = markers_of(self._kinds)
        rows, new = self._build(**markers)
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(dict(new))
        query.clear_select_clause()
        sql, asked = query.get_compiler(connection=connection).as_sql()
        words = self._worded[connection.vendor] = _Words(*said(sql, named(asked, markers)))
        return words


class Delete:
    """The rows of one table that a query finds are taken away. Calling it gives the `returning` columns of each."""

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], *, returning: Sequence[str], **kinds: type
    ) -> None:
        self._build, self._kinds, self._returning = build, kinds, returning
        self._worded: dict[str, _Words] = {}

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        words = self._worded.get(connection.vendor) or self._word()
        return _answered(words, given(words.parameters, values))

    def _word(self) -> _Words:
        markers = markers_of(self._kinds)
        rows = self._build(**markers)
        query = rows.query.chain(DeleteQuery)
        sql, asked = query.get_compiler(connection=connection).as_sql()
        returning, converters = _returning(rows.model, self._returning)
        worded = said(f"{sql} {returning}", named(asked, markers))
        words = self._worded[connection.vendor] = _Words(*worded, converters)
        return words


def _answered(words: _Words, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with transaction.mark_for_rollback_on_error(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(words.sql, values)
        return converted(cursor.fetchall(), words.converters) if cursor.description else []


def _returning(model: type[Model], names: Sequence[str]) -> tuple[str, Converters]:
    """The columns that a statement answers with, and what their values pass through."""
    columns = [_field(model, name).get_col(model._meta.db_table) for name in names]
    compiler = model._default_manager.all().query.get_compiler(connection=connection)
    converters = tuple(
        (place, found, column) for place, (found, column) in compiler.get_converters(columns).items()
    )
    listed = ", ".join(connection.ops.quote_name(_column(model, name)) for name in names)
    return (f"RETURNING {listed}" if names else ""), converters


def _column(model: type[Model], name: str) -> str:
    return str(_field(model, name).column)


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 - a row has no other columns
    return field


def _stored(field: "Field[Any, Any]", row: Model) -> Any:
    """A value as the database is given it: on PostgreSQL as text, since the server knows what its columns are.

    Else each way of leaving columns empty would be another statement to the server, with a plan of its own.
    """
    value = getattr(row, field.attname)
    if connection.vendor != "postgresql":
        return field.get_db_prep_save(value, connection)
    if value is None:
        return None
    if isinstance(field, JSONField):
        return json.dumps(value, cls=field.encoder)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime | date) else value
