"""Reading the worklists. Only the unit's own rows (`UnitCase`) are read, so nothing here shows another unit's case."""

from samordna.overview.queries.changes import asked_beside, changed_since, counted
from samordna.overview.queries.in_use import (
    cases_of_unit,
    cases_of_user,
    hanging_on,
    hanging_on_assignments,
    modules_hanging_on,
)
from samordna.overview.queries.lists import Counts, Line, Page, page, to_do_at
from samordna.overview.queries.notices import events
from samordna.overview.queries.rebuilding import (
    Difference,
    cases_to_rebuild,
    cases_to_renew,
    differences,
    left_alone,
    next_cases,
)
from samordna.overview.queries.search import found

__all__ = [
    "Counts",
    "Difference",
    "Line",
    "Page",
    "asked_beside",
    "cases_of_unit",
    "cases_of_user",
    "cases_to_rebuild",
    "cases_to_renew",
    "changed_since",
    "counted",
    "differences",
    "events",
    "found",
    "hanging_on",
    "hanging_on_assignments",
    "left_alone",
    "modules_hanging_on",
    "next_cases",
    "page",
    "to_do_at",
]
