"""What lies within what: a place, and all that stands below it.

The tree has four levels (principal, department, operation, unit), and `principal` and `department` stand on every
place; so with the parent, a scope is found without a walk.
"""

from collections.abc import Iterable

from django.db.models import OuterRef, Q

# From a place to what it lies within: itself first.
STEPS = ("id", "parent_id", "department_id", "principal_id")
# The same without the place itself.
ABOVE = STEPS[1:]


def within(organisation_ids: Iterable[int], *, place: str = "", steps: tuple[str, ...] = STEPS) -> Q:
    """Condition: the place is one of these or lies below one of them (by `ABOVE` only below).

    `place` is the path to it, "" for the row.
    """
    ids = list(organisation_ids)
    prefix = f"{place}__" if place else ""
    condition = Q(pk__in=())
    for step in steps:
        condition |= Q(**{f"{prefix}{step}__in": ids})
    return condition


def covers(*, place: str) -> Q:
    """Condition on a grant in a subquery: its organisation is the outer row's place or stands above it."""
    prefix = f"{place}__" if place else ""
    condition = Q(organisation_id=OuterRef(f"{prefix}id"))
    for step in ABOVE:
        condition |= Q(organisation_id=OuterRef(f"{prefix}{step}"))
    return condition
