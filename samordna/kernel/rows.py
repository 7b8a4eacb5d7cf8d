"""Whole rows of a table, and the models they are: for queries that hand back rows instead of models."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


@cache
def columns(model: type[Model]) -> tuple[str, ...]:
    """Every column of the model's table, in its order, as `values_list` takes them."""
    return tuple(field.attname for field in model._meta.concrete_fields)


def made(model: type[Row], row: Sequence[Any]) -> Row:
    """The model whose columns the row begins with; what stands after them is left alone."""
    names = columns(model)
    return model.from_db(connection.alias, names, row[: len(names)])
