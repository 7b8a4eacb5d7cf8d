"""Units as the address book shows them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Q, Value, When

from samordna.kernel.among import Among, listed
from samordna.kernel.collation import swedish
from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import NotVisible
from samordna.kernel.text import SHORT_TEXT_LIMIT, clean_line, search_key, search_words
from samordna.organisations.models import Organisation, OrganisationQuerySet
from samordna.organisations.states import Level
from samordna.organisations.words import CARE_KINDS

PAGE_SIZE = 50
_SHORTEST_KIND = 3
_STEP = " › "


@dataclass(frozen=True, slots=True)
class UnitCard:
    """One unit; `path` tells where it belongs, `closed` that it takes part in nothing new."""

    id: int
    name: str
    path: str
    principal_id: int
    principal_name: str
    principal_kind: str
    department_id: int | None
    department_name: str
    operation_name: str
    municipality: str
    care_kind: str
    phone: str
    address: str
    external: bool
    closed: bool
    notify_email: str
    hsa_id: str


def find_units(
    text: str = "",
    municipality: str = "",
    care_kind: str = "",
    limit: int = 20,
    exclude: Collection[int] = (),
) -> list[UnitCard]:
    """Open units that have every word typed in name, place or kind of care, those that begin with it first (V-02)."""
    found = _matching(text, municipality, care_kind).exclude(id__in=exclude)
    return [_card(row) for row in found.values(*_CARD)[:limit]]


def address_book_page(text: str, municipality: str, care_kind: str, number: object) -> Page[UnitCard]:
    """One page of the address book in Swedish alphabetical order; a page that does not exist is the last one."""
    found = _matching(text, municipality, care_kind).values(*_CARD)
    rows = Paginator(found, PAGE_SIZE).get_page(_page_number(number))
    # The same page of the same paginator, holding cards instead of rows.
    return cast(Page[UnitCard], Page([_card(row) for row in rows.object_list], rows.number, rows.paginator))


def unit(unit_id: int) -> UnitCard:
    """One unit, closed ones too. Refused as not visible when there is none."""
    found = unit_cards([unit_id])
    if unit_id not in found:
        raise NotVisible
    return found[unit_id]


def unit_cards(ids: Collection[int]) -> dict[int, UnitCard]:
    """Several units by id, closed ones too; ids that do not exist are left out."""
    return {row["id"]: _card(row) for row in _CARDS.dicts(ids=listed(ids))} if ids else {}


def units_of_department(department_id: int) -> list[UnitCard]:
    """Open units of a department, in Swedish order."""
    found = _ordered(_units().open().filter(department_id=department_id))
    return [_card(row) for row in found.values(*_CARD)]


def units_below(organisation_id: int) -> list[UnitCard]:
    """Open units at or below a place in the tree, in Swedish order."""
    at_or_below = Q(id=organisation_id) | Q(parent_id=organisation_id)
    at_or_below |= Q(department_id=organisation_id) | Q(principal_id=organisation_id)
    found = _ordered(_units().open().filter(at_or_below))
    return [_card(row) for row in found.values(*_CARD)]


def every_unit() -> Sequence[Organisation]:
    """All units with what stands above them, in the order of the tree: for the export of the address book."""
    places = _units().select_related("parent", "principal", "department")
    return list(
        places.order_by(swedish("principal__name"), swedish("department__name"), swedish("name"), "id")
    )


def municipalities() -> list[str]:
    """Municipalities that open units lie in, in Swedish order."""
    named = (
        Organisation.objects.units().open().exclude(municipality="").values_list("municipality", flat=True)
    )
    return list(named.distinct().order_by(swedish("municipality")))


def _units() -> OrganisationQuerySet:
    return Organisation.objects.units()


# What a card is made of.
_CARD = (
    "id", "name", "municipality", "care_kind", "phone", "address", "external", "closed_on", "notify_email", "hsa_id",
    "principal_id", "principal__name", "principal__principal_kind", "department_id", "department__name",
    "parent__name", "parent__level",
)  # fmt: skip
_CARDS = Prepared(lambda ids: _units().filter(Among("id", Value(ids))).values(*_CARD), ids=str)


def _ordered(units: OrganisationQuerySet) -> OrganisationQuerySet:
    return units.order_by(swedish("name"), swedish("principal__name"), "id")


def _matching(text: str, municipality: str, care_kind: str) -> OrganisationQuerySet:
    words = search_words(text)
    units = _units().open()
    for word in words:
        units = units.filter(Q(search_key__contains=word) | Q(care_kind__in=_kinds_called(word)))
    if municipality:
        units = units.filter(municipality=clean_line(municipality)[:SHORT_TEXT_LIMIT])
    if care_kind:
        units = units.filter(care_kind=clean_line(care_kind)[:SHORT_TEXT_LIMIT])
    if not words:
        return _ordered(units)
    begins = Case(
        When(search_key__startswith=" ".join(words), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return units.order_by(begins, swedish("name"), swedish("principal__name"), "id")


def _kinds_called(word: str) -> list[str]:
    """Kinds of care with the word in their name, in the language of the page. Two letters are in nearly all of them."""
    if len(word) < _SHORTEST_KIND:
        return []
    return [kind.value for kind, label in CARE_KINDS.items() if word in search_key(str(label))]


def _card(row: Mapping[str, Any]) -> UnitCard:
    operation = row["parent__name"] if row["parent__level"] == Level.OPERATION else ""
    department = row["department__name"] or ""
    return UnitCard(
        id=row["id"],
        name=row["name"],
        path=_STEP.join(part for part in (row["principal__name"], department, operation) if part),
        principal_id=row["principal_id"],
        principal_name=row["principal__name"],
        principal_kind=row["principal__principal_kind"],
        department_id=row["department_id"],
        department_name=department,
        operation_name=operation,
        municipality=row["municipality"],
        care_kind=row["care_kind"],
        phone=row["phone"],
        address=row["address"],
        external=row["external"],
        closed=row["closed_on"] is not None,
        notify_email=row["notify_email"],
        hsa_id=row["hsa_id"] or "",
    )


def _page_number(number: object) -> int | str:
    text = str(number or 1)
    # Digits without end would be a number that no database column holds.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1
