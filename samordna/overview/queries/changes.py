"""How many of a unit's cases have changed since its list was loaded.

Asked by every open list each half minute, so it can be asked in the statement that finds out who asks (`CHANGES`). On
an index.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Subquery

from samordna.accounts.models import Session
from samordna.assignments.models import Assignment
from samordna.assignments.queries import WhoAsks
from samordna.cases.models import CoordinatorTerm, UnitCase
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.kernel.prepared import Prepared
from samordna.overview.states import MOST_COUNTED

Id = int | Subquery


def changed_since(actor: Actor, module: Module, since: datetime, *, mine: bool, most: int) -> int:
    """How many of the unit's cases of the module have changed after the moment, at most `most`. One statement."""
    query = _MINE if mine else _OURS
    values = {"assignment_id": actor.assignment_id} if mine else {}
    return counted(query.rows(unit_id=actor.unit_id, module=module.value, since=since, **values), most=most)


def counted(rows: Sequence[tuple[Any, ...]], *, most: int) -> int:
    """The same of rows that were asked for together with who asks."""
    return min(len(rows), most)


def asked_beside(module: Module, since: datetime, *, mine: bool) -> tuple[WhoAsks, dict[str, Any]]:
    """What `request.asks_beside` is to be: the rows are by the name "changed"."""
    return CHANGES[mine], {"module": module.value, "since": since}


def _ours(*, unit_id: Id, module: str, since: datetime) -> QuerySet[UnitCase, Any]:
    rows = UnitCase.objects.filter(unit_id=unit_id, module=module, last_change__gt=since)
    return rows.values_list("id")[:MOST_COUNTED]


def _mine(*, unit_id: Id, assignment_id: Id, module: str, since: datetime) -> QuerySet[UnitCase, Any]:
    coordinated = CoordinatorTerm.objects.filter(assignment_id=assignment_id, until_at=None)
    handled = Q(handler_assignment_id=assignment_id) | Q(case_id__in=coordinated.values("case_id"))
    rows = UnitCase.objects.filter(handled, unit_id=unit_id, module=module, last_change__gt=since)
    return rows.values_list("id")[:MOST_COUNTED]


def _assignment_of(key: str) -> Subquery:
    return Subquery(Session.objects.filter(session_key=key).values("assignment_id"))


def _unit_of(key: str) -> Subquery:
    return Subquery(Assignment.objects.filter(pk=_assignment_of(key)).values("unit_id"))


_OURS = Prepared(_ours, unit_id=int, module=str, since=datetime)
_MINE = Prepared(_mine, unit_id=int, assignment_id=int, module=str, since=datetime)
# By whether only those are asked for that the actor handles or coordinates.
CHANGES = {
    False: WhoAsks(
        changed=Prepared(
            lambda key, module, since: _ours(unit_id=_unit_of(key), module=module, since=since),
            key=str,
            module=str,
            since=datetime,
        )
    ),
    True: WhoAsks(
        changed=Prepared(
            lambda key, module, since: _mine(
                unit_id=_unit_of(key), assignment_id=_assignment_of(key), module=module, since=since
            ),
            key=str,
            module=str,
            since=datetime,
        )
    ),
}
