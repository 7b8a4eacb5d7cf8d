"""Many cases out of a few: the rows of a pattern are copied inside the database, each copy with ids of its own.

A copied id is a digest of the old id and the copy's number, so that every reference finds its target without a table
of pairs, on both databases, and here too (`new_id`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from samordna.audit.models import Entry
from samordna.cases import models as cases
from samordna.kernel.case_number import CaseNumber
from samordna.kernel.text import search_key
from samordna.organisations.models import Organisation
from samordna.people.models import Person, PersonIdentifier

REPLACED = {
    (cases.Case, "number"): "c.number",
    (cases.UnitCase, "case_number"): "c.number",
    (Person, "name"): "c.name",
    (Person, "search_key"): "c.search_key",
    (PersonIdentifier, "kind"): "'local_reserve'",
    (PersonIdentifier, "value"): "c.identifier",
}
UNITS_APART = 100
_FIRST_NUMBER = 1_000
_FIRST_NAMES = ("Astrid", "Birger", "Elsa", "Folke", "Greta", "Hilding", "Karin", "Lennart", "Maj", "Sture")
_LAST_NAMES = (
    "Almkvist",
    "Bergfors",
    "Dahlin",
    "Ekeby",
    "Forsell",
    "Granlund",
    "Hedman",
    "Lundqvist",
    "Rosell",
)
_NAMES = [f"{first} {last}" for first, last in product(_FIRST_NAMES, _LAST_NAMES)]


@dataclass(frozen=True)
class Copies:
    """Copies `first` to `last` of a pattern, at the pattern's own units or at copies of them (`place` from 1 on)."""

    pattern: UUID
    first: int
    count: int
    places: Sequence[int] = (0,)

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + self.count)


def new_id(old: UUID, number: int) -> UUID:
    """The id of a row's copy."""
    return UUID(hashlib.md5(f"{old.hex}:{number}".encode(), usedforsecurity=False).hexdigest())


def copy_units(units: Sequence[Organisation], places: int) -> None:
    """As many more sets of these units."""
    made = [
        Organisation(
            **_columns(unit) | {"id": unit.pk + UNITS_APART * place, "name": f"{unit.name} {place + 1}"}
        )
        for place in range(1, places + 1)
        for unit in units
    ]
    Organisation.objects.bulk_create(made, batch_size=500)


def copy_cases(wanted: Iterable[Copies], units: Sequence[Organisation]) -> None:
    """Make the copies, with persons of their own and the acts' rows in the log."""
    unit_ids = ", ".join(str(unit.pk) for unit in units)
    with _unguarded(), connection.cursor() as cursor:
        _define_new_id(cursor)
        cursor.execute(
            "CREATE TABLE bench_copy (n integer PRIMARY KEY, pattern %s, shift integer, number varchar(20),"
            " name varchar(120), search_key varchar(200), identifier varchar(20))"
            % ("uuid" if connection.vendor == "postgresql" else "char(32)")
        )
        with transaction.atomic():
            cursor.executemany(
                "INSERT INTO bench_copy VALUES (%s, %s, %s, %s, %s, %s, %s)", list(_copies(wanted))
            )
        for statement in _statements(unit_ids):
            cursor.execute(statement)
        cursor.execute("DROP TABLE bench_copy")


def settle() -> None:
    """What a database does by itself in time: it learns how much there is of what."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _copies(wanted: Iterable[Copies]) -> Iterator[tuple[Any, ...]]:
    for copies in wanted:
        pattern = copies.pattern if connection.vendor == "postgresql" else copies.pattern.hex
        for number in copies.numbers:
            name = _NAMES[number % len(_NAMES)]
            place = copies.places[number % len(copies.places)]
            case_number = str(CaseNumber(2026, _FIRST_NUMBER + number))
            yield (
                number,
                pattern,
                place * UNITS_APART,
                case_number,
                name,
                search_key(name),
                _reserve_number(number),
            )


def _reserve_number(number: int) -> str:
    """A region's reserve number, which is nobody's personal number: a date, a letter and three more."""
    day, rest = 1 + number % 28, number // 28
    month, rest = 1 + rest % 12, rest // 12
    year, rest = 1940 + rest % 60, rest // 60
    return f"{year}{month:02}{day:02}B{rest:03}"


def _statements(unit_ids: str) -> Iterator[str]:
    case = cases.Case._meta.db_table
    of_person = f"JOIN {case} p ON p.person_id = t.{{column}} JOIN bench_copy c ON c.pattern = p.id"
    yield _insert(Person, of_person.format(column="id"), unit_ids)
    yield _insert(PersonIdentifier, of_person.format(column="person_id"), unit_ids)
    for model, joins in _of_a_case().items():
        yield _insert(model, joins, unit_ids)
    yield _insert(Entry, "JOIN bench_copy c ON c.pattern = t.case_id", unit_ids)


def _of_a_case() -> dict[type[models.Model], str]:
    """A case and all that refers to it, directly or through something else; from a row to the copies of its case."""
    found: dict[type[models.Model], str] = {cases.Case: "JOIN bench_copy c ON c.pattern = t.id"}
    near: list[type[models.Model]] = [cases.Case]
    for parent in near:
        for relation in parent._meta.related_objects:
            model, alias = relation.related_model, f"j{len(near)}"
            if (
                model not in found
                and isinstance(relation.field, models.ForeignKey)
                and not relation.field.null
            ):
                further = found[parent].replace("= t.", f"= {alias}.")
                column = relation.field.column
                found[model] = f"JOIN {parent._meta.db_table} {alias} ON {alias}.id = t.{column} {further}"
                near.append(model)
    return found


def _insert(model: type[models.Model], joins: str, unit_ids: str) -> str:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field, unit_ids) for field in fields)
    return f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} FROM {model._meta.db_table} t {joins}"  # noqa: S608


def _value(model: type[models.Model], field: models.Field, unit_ids: str) -> str:  # type: ignore[type-arg]
    replaced = REPLACED.get((model, field.name))
    if replaced is not None:
        return replaced
    column = f't."{field.column}"'
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.UUIDField):
        return f"new_id({column}, c.n)"
    of_unit = isinstance(field, models.ForeignKey) and field.related_model is Organisation
    if of_unit or field.column == "unit_id":
        return f"CASE WHEN {column} IN ({unit_ids}) THEN {column} + c.shift ELSE {column} END"
    return column


def _define_new_id(cursor: object) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(  # type: ignore[attr-defined]
            "CREATE OR REPLACE FUNCTION new_id(old uuid, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS "
            "$$ SELECT md5(replace(old::text, '-', '') || ':' || n)::uuid $$"
        )
    else:
        connection.connection.create_function("new_id", 2, _new_hex, deterministic=True)


def _new_hex(old: str | None, number: int) -> str | None:
    return None if old is None else hashlib.md5(f"{old}:{number}".encode(), usedforsecurity=False).hexdigest()


@contextmanager
def _unguarded() -> Iterator[None]:
    """The copies refer to each other rightly by how they are made: checking each row would take most of the time."""
    off, on = {
        "postgresql": (
            ("SET session_replication_role = replica",),
            ("SET session_replication_role = origin",),
        ),
        "sqlite": (
            ("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000000"),
            ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -2000"),
        ),
    }[connection.vendor]
    connection.ensure_connection()
    for statements in (off, on):
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        if statements is off:
            yield


def _columns(unit: Organisation) -> dict[str, object]:
    columns = {field.attname: getattr(unit, field.attname) for field in Organisation._meta.concrete_fields}
    return columns | {"hsa_id": None}
