"""Every model says which of its fields are about a person, and ties each act's time to who did it."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.models import CheckConstraint, F, Q

pytestmark = pytest.mark.once("sqlite")

OURS = [model for model in apps.get_models() if model.__module__.startswith("samordna.")]
label = "{0._meta.label}".format


@pytest.mark.parametrize("model", OURS, ids=label)
def test_personal_fields_are_named(model: type[models.Model]) -> None:
    named = vars(model).get("PERSONAL_FIELDS")
    assert isinstance(named, frozenset), (
        "say PERSONAL_FIELDS: ClassVar[frozenset[str]], empty if there are none"
    )
    assert named <= {field.name for field in model._meta.get_fields()}


def fields_in(condition: object) -> Iterator[str]:
    if isinstance(condition, F):
        yield condition.name
    elif isinstance(condition, tuple):
        yield str(condition[0]).split("__")[0]
        yield from fields_in(condition[1])
    elif isinstance(condition, Q):
        for child in condition.children:
            yield from fields_in(child)


def pairs(model: type[models.Model]) -> Iterator[tuple[models.Field, models.Field]]:
    """An act's time with the field that says who did it: signed_at, signed_by (or signed_by_name alone)."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    for name, at in fields.items():
        if name.endswith("_at"):
            who = f"{name.removesuffix('_at')}_by"
            named = [who] if who in fields else [by for by in fields if by.startswith(f"{who}_")]
            yield from ((at, fields[by]) for by in named)


def is_optional(field: models.Field) -> bool:
    return field.null or field.blank


TIED = [
    pytest.param(model, at.name, by.name, id=f"{label(model)}.{by.name}")
    for model in OURS
    for at, by in pairs(model)
    if is_optional(at) or is_optional(by)
]


@pytest.mark.parametrize(("model", "at", "by"), TIED)
def test_the_time_of_an_act_is_tied_to_who_did_it(model: type[models.Model], at: str, by: str) -> None:
    conditions = [c.condition for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    assert any({at, by} <= set(fields_in(condition)) for condition in conditions), (
        f"no check constraint on {at}, {by}"
    )


@pytest.mark.django_db
def test_migrations_are_current() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_in_one_line() -> None:
    """One leaf in each room: two branches would be merged in an order that nobody has tried."""
    assert MigrationLoader(None).detect_conflicts() == {}
