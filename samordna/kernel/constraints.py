"""Which constraint a write broke, so that a refusal says what was refused and nothing else."""

import sqlite3
from functools import cache

from django.apps import apps
from django.db import IntegrityError
from django.db.models import BaseConstraint, Model, UniqueConstraint


def broke(error: IntegrityError, name: str) -> bool:
    """Whether it was the constraint of a model with this name that the database held to.

    PostgreSQL tells the name. SQLite tells it of conditions only; what must be unique it tells by columns, so that two
    such constraints on the same columns of a table cannot be told apart there. Fails when no model has such a one.
    """
    model, constraint = _constraint(name)
    cause = error.__cause__
    if not isinstance(cause, sqlite3.IntegrityError):
        diagnostics = getattr(cause, "diag", None)
        return getattr(diagnostics, "constraint_name", None) == name
    return str(cause) == _said_by_sqlite(model, constraint)


def _said_by_sqlite(model: type[Model], constraint: BaseConstraint) -> str:
    if not isinstance(constraint, UniqueConstraint):
        return f"CHECK constraint failed: {constraint.name}"
    if not constraint.fields:
        return f"UNIQUE constraint failed: index '{constraint.name}'"
    table = model._meta.db_table
    column_of = {field.name: field.column for field in model._meta.concrete_fields}
    columns = (f"{table}.{column_of[name]}" for name in constraint.fields)
    return f"UNIQUE constraint failed: {', '.join(columns)}"


@cache
def _constraint(name: str) -> tuple[type[Model], BaseConstraint]:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return model, constraint
    raise LookupError(f"No model has a constraint named {name}.")
