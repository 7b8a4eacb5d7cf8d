"""Everything that is read from the county's tree."""

from samordna.organisations.queries.settings import deadlines_of, department_values, setting, settings_of
from samordna.organisations.queries.tree import (
    DepartmentLine,
    PlaceCard,
    PlaceLine,
    department_of,
    departments,
    organisation_ids_above,
    place_card,
    place_of,
    principal_kind_of,
    principals,
    reach_of,
)
from samordna.organisations.queries.units import (
    UnitCard,
    address_book_page,
    every_unit,
    find_units,
    municipalities,
    unit,
    unit_cards,
    units_below,
    units_of_department,
)

__all__ = [
    "DepartmentLine",
    "PlaceCard",
    "PlaceLine",
    "UnitCard",
    "address_book_page",
    "deadlines_of",
    "department_of",
    "department_values",
    "departments",
    "every_unit",
    "find_units",
    "municipalities",
    "organisation_ids_above",
    "place_card",
    "place_of",
    "principal_kind_of",
    "principals",
    "reach_of",
    "setting",
    "settings_of",
    "unit",
    "unit_cards",
    "units_below",
    "units_of_department",
]
