"""Writing the log, and sealing it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from uuid import UUID

import structlog
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, connection, transaction

from samordna.audit.digests import COLUMNS, all_persons, row_digest, seal_digest
from samordna.audit.models import OUTSIDE_CASES, Entry, EntryPerson, Seal
from samordna.audit.queries import is_known
from samordna.audit.states import Action, Result
from samordna.kernel.actor import Actor
from samordna.kernel.changing import Insert
from samordna.kernel.clock import at_local, in_turn, now, today

SEAL_BATCH = 5_000
_LOCK_WAIT = "2s"

_append = Insert(Entry, returning=("id",))

log = structlog.get_logger(__name__)


def record(
    *,
    actor: Actor | None,
    at: datetime,
    action: Action,
    person_ids: Sequence[UUID] = (),
    case_id: UUID | None = None,
    object_kind: str = "",
    object_id: str = "",
    object_version: int | None = None,
    result: Result = Result.DONE,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    """Append one entry, in the transaction of the act itself: no entry, no act.

    One insert when the entry is about one person or none, one more when it is about several.
    `reason` is a code and `details` holds ids, codes and counts: never the text of a record. An act outside cases (on a
    user, a setting) gets its time here, after the last one on the same thing, whose row the act holds.
    """
    if case_id is None and object_id:
        at = moment_of_act(object_kind=object_kind, object_id=str(object_id), at=at)
    persons = list(dict.fromkeys(person_ids))
    entry = Entry(
        at=at,
        action=action,
        result=result,
        person_id=persons[0] if persons else None,
        person_ids=[str(person) for person in persons] if len(persons) > 1 else [],
        case_id=case_id,
        object_kind=object_kind,
        object_id=str(object_id),
        object_version=object_version,
        reason=reason,
        details=json.loads(json.dumps(dict(details or {}), cls=DjangoJSONEncoder)),
        **_who(actor),
    )
    # No savepoint: without its entry the act is given up as a whole.
    with transaction.atomic(savepoint=False):
        ((entry_id,),) = _append([entry])
        if len(persons) > 1:
            EntryPerson.objects.bulk_create(
                EntryPerson(entry_id=entry_id, person_id=person) for person in persons[1:]
            )


def moment_of_act(*, object_kind: str, object_id: str, at: datetime) -> datetime:
    """When an act outside a case takes place that was asked for `at`. Its row must be held: see `clock.in_turn`."""
    entries = Entry.objects.filter(OUTSIDE_CASES, object_kind=object_kind, object_id=object_id)
    last = entries.order_by("-id").values_list("at", flat=True).first()
    return in_turn(at, last=last, present=now())


def record_reading_once(
    *,
    actor: Actor,
    at: datetime,
    action: Action,
    person_ids: Sequence[UUID],
    case_id: UUID | None = None,
    object_kind: str = "",
    object_id: str = "",
) -> None:
    """Append one entry with those persons whom this session has not been shown by this action today.

    A refresh of a list with nothing new costs one question and writes nothing.
    """
    if not person_ids:
        return
    midnight = at_local(today(at), time.min)
    earlier = Entry.objects.filter(
        user_id=actor.user_id, session_id=actor.session_id, action=action, at__gte=midnight
    )
    if case_id is not None:
        earlier = earlier.filter(case_id=case_id)
    entries = earlier.values_list("person_id", "person_ids")
    shown = {person for first, listed in entries for person in all_persons(first, listed)}
    new = [person for person in person_ids if str(person) not in shown]
    if new:
        record(
            actor=actor,
            at=at,
            action=action,
            person_ids=new,
            case_id=case_id,
            object_kind=object_kind,
            object_id=object_id,
        )


def seal(*, at: datetime, limit: int = SEAL_BATCH) -> int:
    """Close the entries written since the last seal, at most `limit`. Gives how many; 0 when there are none.

    Called by the worker. The digest is also written to the server's log: kept elsewhere, that
    line shows if the end of the log is cut off together with its seals (`verify_audit --known`).
    """
    try:
        made, count = _next_seal(at, limit)
        if made is None:
            return 0
        # Entries that are settled do not change, so only this insert is a transaction: nobody waits.
        Seal.objects.bulk_create([made], ignore_conflicts=True)
        if not is_known(made.number, made.digest):
            # Another worker was first: the next round does it.
            return 0
    except OperationalError as error:
        # A long transaction holds the table: the next round does it.
        log.warning("audit.not_sealed", reason=type(error).__name__)
        return 0
    log.info("audit.sealed", number=made.number, last_id=made.last_id, digest=made.digest)
    return count


def _next_seal(at: datetime, limit: int) -> tuple[Seal | None, int]:
    settled = _last_settled_id()
    previous = Seal.objects.order_by("-number").first()
    entries = Entry.objects.filter(id__gt=previous.last_id if previous else 0, id__lte=settled)
    rows = list(entries.order_by("id").values(*COLUMNS)[:limit])
    return (_seal(previous, rows, at) if rows else None), len(rows)


def _seal(previous: Seal | None, rows: Sequence[Mapping[str, object]], at: datetime) -> Seal:
    before = previous.digest if previous else ""
    ids = [int(str(row["id"])) for row in rows]
    digest, marks = seal_digest(before, at, zip(ids, map(row_digest, rows), strict=True))
    return Seal(
        number=previous.number + 1 if previous else 1,
        first_id=ids[0],
        last_id=ids[-1],
        marks=marks,
        previous_digest=before,
        digest=digest,
        sealed_at=at,
    )


def _last_settled_id() -> int:
    """The highest id below which no entry can appear any more.

    PostgreSQL hands out ids before it commits, so a lower one may show up after a higher. For the
    moment that the table is locked against writing, every id handed out is committed or gone.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
                cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")
        return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _who(actor: Actor | None) -> dict[str, object]:
    if actor is None:
        return {}
    return {
        "user_id": actor.user_id,
        "user_name": actor.user_name,
        "assignment_id": actor.assignment_id,
        "title": actor.title,
        "unit_id": actor.unit_id,
        "unit_name": actor.unit_name,
        "principal_id": actor.principal_id,
        "principal_name": actor.principal_name,
        "session_id": actor.session_id,
        "request_id": actor.request_id,
        "login_method": actor.login_method,
    }
