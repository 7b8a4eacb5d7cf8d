"""Keeping the tree current (K-13). What was sent or signed keeps the names of its day: they are stored there."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.kernel.collation import swedish
from samordna.kernel.line import wait_in_line
from samordna.kernel.refusal import NotVisible, Refusal, Refused, Stale, demand
from samordna.kernel.text import search_key
from samordna.organisations import queries, rules
from samordna.organisations.in_use import CountInUse, Left
from samordna.organisations.models import Organisation, UnitClosing
from samordna.organisations.rules import Place, Reach
from samordna.organisations.states import Level

_SEARCH_KEY_LIMIT = 400


@transaction.atomic
def add_place(
    *, actor: Actor | None, parent_id: int | None, place: Place, at: datetime, is_another: bool = False
) -> int:
    """Add a place below another, or (None) a principal; returns its id.

    Not visible outside one's reach. Refused: below something closed or of the wrong level, a name or HSA-id
    that is taken, what `rules.place_refusal` finds, and a name that is nearly a neighbour's unless it `is_another`.
    """
    names_in_line()
    parent = _locked(parent_id) if parent_id is not None else None
    _reach(actor, parent)
    demand(rules.place_refusal(place, Level(parent.level) if parent else None))
    if parent is not None and parent.closed_on is not None:
        raise Refused(rules.below_closed())
    demand(_nearly_taken(parent_id, place, is_another=is_another))
    row = Organisation(parent=parent, principal=_principal_for(parent), department_id=_department_for(parent))
    write_place(row, place)
    tell_changed(actor=actor, at=at, row=row, before=None)
    return row.id


@transaction.atomic
def change_place(
    *,
    actor: Actor | None,
    place_id: int,
    seen: str,
    place: Place,
    at: datetime,
    is_another: bool = False,
    count: CountInUse | None = None,
) -> None:
    """Change what is written about a place, its name included; its level and parent stay.

    `seen` is the fingerprint of the place as it was when the form was opened; refused as stale when
    it is another now. A unit that is in use, by `count`, is not put outside the system. Otherwise refused as
    `add_place`.
    """
    names_in_line()
    row = _locked(place_id)
    allowed = _reach(actor, row)
    before = queries.place_of(row)
    if before.fingerprint != seen:
        raise Stale(rules.changed_by_another())
    if place.external and not before.external and count is not None:
        demand(rules.external_refusal(in_use=bool(count(place_id, at).kinds)))
    demand(rules.principal_kind_refusal(allowed, before.principal_kind, place.principal_kind))
    demand(rules.place_refusal(place, Level(row.parent.level) if row.parent else None))
    if before.name != place.name:
        demand(_nearly_taken(row.parent_id, place, is_another=is_another, own=row.id))
    write_place(row, place)
    if before.name != place.name:
        refresh_search_keys(row)
        Organisation.objects.filter(pk=row.pk, level=Level.UNIT).update(rows_stale_from=at)
    tell_changed(actor=actor, at=at, row=row, before=before)


@transaction.atomic
def close_place(*, actor: Actor | None, place_id: int, at: datetime, left: Left | None = None) -> None:
    """Close a place: it is offered to nobody and nobody works there from now on; nothing about it is lost.

    Not visible outside one's reach. Refused: closed already, something open below it, the unit one stands at, a unit
    that is in use without a reason for each kind of what is `left`; `Stale` when that has changed since it was shown.
    """
    row = _locked(place_id)
    _reach(actor, row)
    open_below = Organisation.objects.open().filter(parent=row).count()
    own_unit = actor is not None and actor.unit_id == row.id
    closed = row.closed_on is not None
    demand(rules.close_refusal(closed=closed, open_below=open_below, own_unit=own_unit))
    numbers = _left_hanging(actor, row, left, at) if row.level == Level.UNIT and actor is not None else {}
    row.closed_on, row.rows_stale_from = today(at), at
    row.save(update_fields=["closed_on", "rows_stale_from"])
    tell_opening(actor=actor, at=at, row=row, **numbers)


@transaction.atomic
def reopen_place(*, actor: Actor | None, place_id: int, at: datetime) -> None:
    """Open a closed place again. Not visible outside one's reach. Refused: open already, below something closed."""
    row = _locked(place_id)
    _reach(actor, row)
    parent_closed = row.parent is not None and row.parent.closed_on is not None
    demand(rules.reopen_refusal(closed=row.closed_on is not None, parent_closed=parent_closed))
    row.closed_on, row.rows_stale_from = None, at
    row.save(update_fields=["closed_on", "rows_stale_from"])
    tell_opening(actor=actor, at=at, row=row)


def tell_changed(*, actor: Actor | None, at: datetime, row: Organisation, before: Place | None) -> None:
    """The log's entries on what has become of a place, by page or file; `before` is None for a new one."""
    after = queries.place_of(row)
    if before is None:
        _audit(actor, at, "added", row, {"name": row.name, "level": row.level})
        return
    if before.name != after.name:
        _audit(actor, at, "renamed", row, {"before": before.name, "after": after.name})
    fields = {name for name in Place.__dataclass_fields__ if getattr(before, name) != getattr(after, name)}
    if fields - {"name"}:
        _audit(actor, at, "changed", row, {"fields": sorted(fields - {"name"})})


def tell_opening(*, actor: Actor | None, at: datetime, row: Organisation, **numbers: object) -> None:
    """The log's entry on a place that has been closed or opened again, by page or file."""
    _audit(actor, at, "closed" if row.closed_on else "reopened", row, {"name": row.name, **numbers})


def _left_hanging(actor: Actor, row: Organisation, left: Left | None, at: datetime) -> dict[str, object]:
    """What is left hanging on a unit that is being closed, kept with its reasons. The unit's row is held."""
    if left is None:
        raise Refused(rules.in_use_changed())
    in_use = left.count(row.id, at)
    if in_use.seen != left.seen:
        raise Stale(rules.in_use_changed())
    demand(rules.managers_refusal(in_use, actor.held))
    demand(rules.in_use_refusal(in_use, left.reasons))
    UnitClosing.objects.create(
        unit=row,
        closed_at=at,
        closed_by_id=actor.user_id,
        closed_by_name=actor.user_name,
        numbers=in_use.kinds,
        reasons={kind: left.reasons[kind] for kind in in_use.kinds},
    )
    return {"left": in_use.kinds}


def names_in_line() -> None:
    """Before any row is held: who gives a place its name or HSA-id waits for whoever gives another the same."""
    wait_in_line("places")


def write_place(row: Organisation, place: Place) -> None:
    """Store what is typed about a place, after `names_in_line`. Refused when its name or HSA-id is taken."""
    for name in Place.__dataclass_fields__:
        setattr(row, name, getattr(place, name))
    row.hsa_id = place.hsa_id or None
    row.search_key = _search_key(row)
    demand(_taken_refusal(row))
    row.save()


def refresh_search_keys(row: Organisation) -> None:
    """Names above a place are part of what it is found by."""
    below = Q(parent=row) | Q(department=row) | Q(principal=row)
    found = list(Organisation.objects.filter(below).select_related("parent", "department", "principal"))
    for place in found:
        place.search_key = _search_key(place)
    Organisation.objects.bulk_update(found, ["search_key"], batch_size=500)


def _nearly_taken(
    parent_id: int | None, place: Place, *, is_another: bool, own: int | None = None
) -> Refusal | None:
    neighbours = Organisation.objects.filter(parent_id=parent_id).exclude(pk=own or 0)
    names = neighbours.order_by(swedish("name")).values_list("name", flat=True)
    return rules.nearly_taken_refusal(place.name, names, is_another=is_another)


def _taken_refusal(row: Organisation) -> Refusal | None:
    others = Organisation.objects.exclude(pk=row.pk)
    if others.filter(parent=row.parent, name=row.name).exists():
        return rules.name_taken()
    if row.hsa_id and others.filter(hsa_id__iexact=row.hsa_id).exists():
        return rules.hsa_id_taken()
    return None


def _search_key(row: Organisation) -> str:
    names = [row.name, *(above.name for above in (row.parent, row.department, row.principal) if above)]
    return search_key(" ".join(dict.fromkeys([*names, row.municipality])))[:_SEARCH_KEY_LIMIT]


def _locked(place_id: int) -> Organisation:
    row = (
        Organisation.objects.select_for_update(of=("self",))
        .select_related("parent")
        .filter(id=place_id)
        .first()
    )
    if row is None:
        raise NotVisible
    return row


def _reach(actor: Actor | None, place: Organisation | None) -> Reach:
    """What the actor reaches, which the place must lie within; None stands for the top of the county."""
    allowed = queries.reach_of(actor) if actor is not None else rules.EVERYTHING
    if not allowed.holds(queries.stands_in(place) if place else ()):
        raise NotVisible
    return allowed


def _principal_for(parent: Organisation | None) -> Organisation | None:
    return (parent.principal or parent) if parent else None


def _department_for(parent: Organisation | None) -> int | None:
    if parent is None:
        return None
    return parent.id if parent.level == Level.DEPARTMENT else parent.department_id


def _audit(
    actor: Actor | None, at: datetime, change: str, row: Organisation, details: dict[str, object]
) -> None:
    record(
        actor=actor,
        at=at,
        action=Action.ORGANISATION_CHANGED,
        object_kind="organisation",
        object_id=str(row.id),
        details={"change": change, **details},
    )
