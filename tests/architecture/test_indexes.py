"""An index costs room and time with every row: none stands that another one makes needless."""

from collections.abc import Sequence

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import Index, UniqueConstraint

from tests.process.test_altering import triggers

OURS = [model for model in apps.get_models() if model.__module__.startswith("samordna.")]
label = "{0._meta.label}".format


def beginnings(model: type[models.Model]) -> set[str]:
    """The fields that an index of all rows begins with, beside those that they have of their own."""
    found: list[Sequence[str]] = [
        one.fields
        for one in (*model._meta.indexes, *model._meta.constraints)
        if isinstance(one, Index | UniqueConstraint) and one.condition is None and one.fields
    ]
    return {fields[0].removeprefix("-") for fields in found}


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("model", OURS, ids=label)
def test_no_field_has_an_index_beside_one_that_begins_with_it(model: type[models.Model]) -> None:
    indexed = {field.name for field in model._meta.concrete_fields if field.db_index and not field.unique}
    assert indexed & beginnings(model) == set(), "say db_index=False"


@pytest.mark.once("sqlite")
def test_who_did_something_is_read_and_never_looked_for() -> None:
    """But for who has begun a version: what a user has begun is counted when she leaves."""
    indexed = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        if model._meta.app_label in {"cases", "documents", "messaging", "sip"}
        for field in model._meta.concrete_fields
        if field.name.endswith("_by") and field.db_index and "JoinRequest" not in model._meta.label
    ]
    assert indexed == ["documents.DocumentVersion.opened_by"]


# Closed or ended, and never deleted.
STAYING = {"accounts.User", "assignments.Assignment", "organisations.Organisation"}


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("model", OURS, ids=label)
def test_what_is_weeded_one_day_is_looked_for_by_an_index(model: type[models.Model]) -> None:
    """Before a row goes, the database looks in each table for rows that point at it (L-10)."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    without = {field.name: field.related_model for field in keys if not (field.db_index or field.unique)}
    pointing = {name for name, meant in without.items() if meant._meta.label not in STAYING}
    assert pointing <= beginnings(model)


def of_one_column(table: str) -> set[str]:
    """The columns that have an index alone, which is not what makes them unique."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table).values()
    return {
        one["columns"][0] for one in found if one["index"] and not one["unique"] and len(one["columns"]) == 1
    }


@pytest.mark.django_db
@pytest.mark.parametrize("model", OURS, ids=label)
def test_the_database_has_the_indexes_of_foreign_keys_that_the_models_say(model: type[models.Model]) -> None:
    keys = {
        field.column: field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)
    }
    said = {column for column, field in keys.items() if field.db_index and not field.unique}
    named = {
        model._meta.get_field(index.fields[0]).column
        for index in model._meta.indexes
        if len(index.fields) == 1
    }  # type: ignore[union-attr]
    assert (of_one_column(model._meta.db_table) & keys.keys()) - named == said - named


@pytest.mark.requirement("L-06")
def test_an_index_is_taken_away_and_put_back_while_the_table_stands_by_its_triggers(
    committed_db: str,
) -> None:
    loader, columns, stood = MigrationLoader(connection), of_one_column("messaging_delivery"), triggers()
    migration = loader.get_migration("messaging", "0004_indexes_that_nobody_used")
    old = loader.project_state(("messaging", migration.name), at_end=False)
    with connection.schema_editor() as editor:
        migration.unapply(old.clone(), editor)
    taken = {"told_by_id", "opened_by_id", "answered_by_id", "suggested_unit_id"}
    assert (of_one_column("messaging_delivery"), columns & taken) == (columns | taken, set())
    assert triggers() == stood
    with connection.schema_editor() as editor:
        migration.apply(old.clone(), editor)
    assert (of_one_column("messaging_delivery"), triggers()) == (columns, stood)
