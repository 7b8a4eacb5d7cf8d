"""The tree as those who keep it see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from samordna.kernel.actor import Actor
from samordna.kernel.collation import swedish
from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import NotVisible
from samordna.organisations import rules
from samordna.organisations.models import Organisation, UnitClosing
from samordna.organisations.places import ABOVE, STEPS, within
from samordna.organisations.rules import Place, Reach
from samordna.organisations.states import Level


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place in a list of its siblings. `open_below` counts the open places right below it."""

    id: int
    name: str
    level: Level
    care_kind: str
    external: bool
    closed_on: date | None
    open_below: int


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """One place with the way to it from the top and what is right below it."""

    id: int
    place: Place
    closed_on: date | None
    parent_id: int | None
    parent_closed: bool
    department_id: int | None
    above: tuple[tuple[int, str], ...]
    below: tuple[PlaceLine, ...]

    @property
    def open_below(self) -> int:
        return sum(line.closed_on is None for line in self.below)


@dataclass(frozen=True, slots=True)
class Closing:
    """Who closed a unit, when, what hung on it and why each kind of that was left."""

    unit_id: int
    closed_at: datetime
    closed_by_name: str
    numbers: Mapping[str, int]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    id: int
    name: str
    principal_name: str


def reach_of(actor: Actor) -> Reach:
    """What the actor may change of tree and settings, wherever the actor stands."""
    return rules.reach(actor.held)


def principal_kind_of(principal_id: int) -> str:
    """REGION, MUNICIPALITY, PRIVATE or STATE; empty for an unknown principal."""
    found: list[tuple[str]] = _PRINCIPAL_KIND.rows(principal_id=principal_id)
    return found[0][0] if found else ""


_PRINCIPAL_KIND = Prepared(
    lambda principal_id: Organisation.objects.filter(id=principal_id).values_list("principal_kind"),
    principal_id=int,
)


def tops(allowed: Reach) -> tuple[PlaceLine, ...]:
    """Where the tree begins for somebody: at the principals, or at the places held, in Swedish order."""
    if allowed.whole_county:
        return _lines(Q(parent=None))
    below_another = within(allowed.place_ids, steps=ABOVE)
    return _lines(Q(id__in=allowed.place_ids) & ~Q(id__in=Organisation.objects.filter(below_another)))


def place_card(place_id: int, allowed: Reach = rules.EVERYTHING) -> PlaceCard:
    """One place of any level, closed ones too. Not visible when there is none, or it lies outside what is held."""
    row = (
        Organisation.objects.select_related("parent__parent__parent", "principal", "department")
        .filter(id=place_id)
        .first()
    )
    if row is None or not allowed.holds(stands_in(row)):
        raise NotVisible
    return PlaceCard(
        id=row.id,
        place=place_of(row),
        closed_on=row.closed_on,
        parent_id=row.parent_id,
        parent_closed=row.parent is not None and row.parent.closed_on is not None,
        department_id=row.department_id,
        above=_above(row),
        below=_lines(Q(parent_id=row.id)),
    )


def closings_of(unit_ids: Collection[int]) -> dict[int, Closing]:
    """The last closing of each of these units that is closed and was closed on its page, by the unit's id."""
    rows = UnitClosing.objects.filter(unit_id__in=unit_ids, unit__closed_on__isnull=False)
    fields = ("unit_id", "closed_at", "closed_by_name", "numbers", "reasons")
    return {row[0]: Closing(*row) for row in rows.order_by("closed_at", "pk").values_list(*fields)}


def place_of(row: Organisation) -> Place:
    """What is typed about a place."""
    return Place(
        level=Level(row.level),
        name=row.name,
        principal_kind=row.principal_kind,
        care_kind=row.care_kind,
        hsa_id=row.hsa_id or "",
        municipality=row.municipality,
        phone=row.phone,
        address=row.address,
        notify_email=row.notify_email,
        external=row.external,
    )


def departments(allowed: Reach) -> list[DepartmentLine]:
    """Open departments of what is held, by principal and name."""
    rows = Organisation.objects.open().filter(level=Level.DEPARTMENT).select_related("principal")
    if not allowed.whole_county:
        rows = rows.filter(within(allowed.place_ids))
    return [
        DepartmentLine(row.id, row.name, row.principal.name if row.principal else "")
        for row in rows.order_by(swedish("principal__name"), swedish("name"))
    ]


def department_of(department_id: int, allowed: Reach = rules.EVERYTHING) -> DepartmentLine:
    """One department. Not visible when there is none, or it lies outside what is held."""
    row = (
        Organisation.objects.filter(level=Level.DEPARTMENT, id=department_id)
        .select_related("principal")
        .first()
    )
    if row is None or not allowed.holds(stands_in(row)):
        raise NotVisible
    return DepartmentLine(row.id, row.name, row.principal.name if row.principal else "")


def organisation_ids_above(unit_id: int) -> tuple[int, ...]:
    """The place itself and everything above it: where a system role must be held to cover it."""
    return organisation_ids_above_each([unit_id]).get(unit_id, ())


def organisation_ids_above_each(unit_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The same for several places in one statement, itself first; places that do not exist are left out."""
    rows = Organisation.objects.filter(id__in=unit_ids).values_list(*STEPS)
    return {row[0]: tuple(dict.fromkeys(found for found in row if found)) for row in rows}


def stands_in(row: Organisation) -> frozenset[int]:
    """A place and everything above it: a role over any of these covers it."""
    return frozenset(filter(None, (getattr(row, step) for step in STEPS)))


def _lines(wanted: Q) -> tuple[PlaceLine, ...]:
    open_below = Count("children", filter=Q(children__closed_on__isnull=True))
    rows = Organisation.objects.filter(wanted).annotate(open_below=open_below).order_by(swedish("name"), "id")
    fields = ("id", "name", "level", "care_kind", "external", "closed_on", "open_below")
    return tuple(
        PlaceLine(pk, name, Level(level), care_kind, external, closed_on, below)
        for pk, name, level, care_kind, external, closed_on, below in rows.values_list(*fields)
    )


def _above(row: Organisation) -> tuple[tuple[int, str], ...]:
    found: list[tuple[int, str]] = []
    parent = row.parent
    while parent is not None:
        found.append((parent.id, parent.name))
        parent = parent.parent
    return tuple(reversed(found))
