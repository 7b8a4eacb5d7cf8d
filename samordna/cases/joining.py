"""Two active SIPs that may be one person's: asked, confirmed by each coordinator, or declined (L-01).

Called inside the transaction of an act that holds both cases; whether the act is allowed is the caller's rule.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samordna.cases.facts import JoinFacts
from samordna.cases.models import JoinRequest
from samordna.cases.states import JoinStatus
from samordna.kernel.actor import Actor
from samordna.kernel.prepared import Prepared
from samordna.people.states import Protection

_COLUMNS = (
    "id", "case_id", "other_case_id", "keep_case_id", "kind", "number", "asked_at", "asked_by_name",
    "asked_unit_name", "due_at", "other_due_at", "agreed_by_name", "other_agreed_by_name", "version",
)  # fmt: skip


def _waiting(*, case_id: UUID) -> QuerySet[JoinRequest, Any]:
    asked = JoinRequest.objects.filter(Q(case_id=case_id) | Q(other_case_id=case_id))
    return asked.filter(status=JoinStatus.WAITING).order_by("asked_at").values_list(*_COLUMNS)


JOINS = Prepared(_waiting, case_id=UUID)


@dataclass(frozen=True, slots=True)
class JoinHistory:
    """A question that has been answered, for the pages of both cases.

    Who asked is not told in the other case when the person of the asking one is protected (L-04).
    """

    status: JoinStatus
    asked_at: datetime
    asked_by_name: str
    decline_reason: str


def join_from(rows: Iterable[Sequence[Any]]) -> JoinFacts | None:
    """The question that waits, from the rows of `JOINS`."""
    return next((JoinFacts(*row) for row in rows), None)


def waiting_join(case_id: UUID) -> JoinFacts | None:
    """The question that waits about the case, if any."""
    return join_from(JOINS.rows(case_id=case_id))


def answered_joins(case_id: UUID) -> tuple[JoinHistory, ...]:
    """Questions about the case that have been answered, newest first."""
    asked = JoinRequest.objects.filter(Q(case_id=case_id) | Q(other_case_id=case_id))
    rows = asked.exclude(status=JoinStatus.WAITING).order_by("-asked_at")
    told = rows.values_list(
        "status", "asked_at", "asked_by_name", "decline_reason", "case_id", "case__person__protection"
    )
    return tuple(
        JoinHistory(
            JoinStatus(status), at, name if asking == case_id or protection == Protection.NONE else "", why
        )
        for status, at, name, why, asking, protection in told
    )


def ask(
    *,
    case_id: UUID,
    other_case_id: UUID,
    keep_case_id: UUID,
    kind: str,
    number: str,
    due: tuple[datetime, datetime],
    actor: Actor,
    at: datetime,
) -> UUID:
    """A question that waits for both coordinators, `due` for the own case and for the other."""
    row = JoinRequest.objects.create(
        case_id=case_id,
        other_case_id=other_case_id,
        keep_case_id=keep_case_id,
        kind=kind,
        number=number,
        due_at=due[0],
        other_due_at=due[1],
        asked_at=at,
        asked_by_id=actor.user_id,
        asked_by_name=actor.user_name,
        asked_unit_name=actor.unit_name,
    )
    return row.pk


def agree(
    join: JoinFacts, *, for_cases: Collection[UUID], keep_case_id: UUID, to: str, actor: Actor, at: datetime
) -> None:
    """Confirm for these cases. `to` is what is said yes to: whoever said yes to something else must confirm anew."""
    row = JoinRequest.objects.get(pk=join.id)
    row.keep_case_id = keep_case_id
    for act in ("agreed", "other_agreed"):
        if getattr(row, f"{act}_to") != to:
            _write(row, act, None, at)
    for case_id in for_cases:
        act = "agreed" if case_id == row.case_id else "other_agreed"
        _write(row, act, actor, at)
        setattr(row, f"{act}_to", to)
    row.version += 1
    row.save()


def take_back(case_id: UUID) -> None:
    """Whoever coordinates the case from now on has not said yes. Nothing happens where no question waits."""
    asked = JoinRequest.objects.filter(status=JoinStatus.WAITING)
    for act, side in (("agreed", "case_id"), ("other_agreed", "other_case_id")):
        none = {f"{act}_at": None, f"{act}_by": None, f"{act}_by_name": "", f"{act}_to": ""}
        asked.filter(**{side: case_id}).update(**none)


def decline(join: JoinFacts, *, reason: str, actor: Actor, at: datetime) -> None:
    """No: the two stay two. Both sides read why."""
    row = JoinRequest.objects.get(pk=join.id)
    _write(row, "declined", actor, at)
    row.status, row.decline_reason = JoinStatus.DECLINED, reason
    row.version += 1
    row.save()


def settle(join_id: UUID, *, change_id: UUID) -> None:
    """Both have confirmed, and the act on identity has been carried out."""
    JoinRequest.objects.filter(pk=join_id).update(status=JoinStatus.AGREED, change_id=change_id)


def undo(change_id: UUID) -> None:
    """The act that the question led to has been undone; nothing happens where there was no question."""
    JoinRequest.objects.filter(change_id=change_id).update(status=JoinStatus.UNDONE)


def _write(row: JoinRequest, act: str, actor: Actor | None, at: datetime) -> None:
    setattr(row, f"{act}_at", at if actor else None)
    setattr(row, f"{act}_by_id", actor.user_id if actor else None)
    setattr(row, f"{act}_by_name", actor.user_name if actor else "")
