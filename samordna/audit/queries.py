"""Reading the log, and finding out whether it has been tampered with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from samordna.audit.digests import COLUMNS, all_persons, read_marks, row_digest, seal_digest
from samordna.audit.models import Entry, EntryPerson, Seal
from samordna.audit.states import ALWAYS_REVIEWED, Action, Result
from samordna.kernel.actor import Actor
from samordna.kernel.clock import at_local, today

Row = Mapping[str, object]

# The worker seals every few seconds. What is older than this beside newer entries should have been.
SEALED_WITHIN = timedelta(hours=1)


class Damage(StrEnum):
    """What has been done to the log."""

    ALTERED = "altered"
    DELETED = "deleted"
    INSERTED = "inserted"
    CUT = "cut"
    SEAL_ALTERED = "seal_altered"
    SEAL_MISSING = "seal_missing"
    UNSEALED = "unsealed"
    LINKS_ALTERED = "links_altered"


@dataclass(frozen=True, slots=True)
class Finding:
    """One damage. `row` is an entry's id, or a seal's number for damage to seals."""

    damage: Damage
    row: int


def entries_for_case(case_id: UUID) -> QuerySet[Entry]:
    """Every entry about the case, oldest first."""
    return Entry.objects.filter(case_id=case_id).order_by("id")


def entries_for_person(person_id: UUID) -> QuerySet[Entry]:
    """Every entry in which the person is named, oldest first, lists where others stood included."""
    in_lists = EntryPerson.objects.filter(person_id=person_id).values("entry_id")
    return Entry.objects.filter(Q(person_id=person_id) | Q(id__in=in_lists)).order_by("id")


def always_reviewed(*, since: datetime) -> QuerySet[Entry]:
    """Entries that no review of the log leaves out, oldest first: acts on identity and what undid them,
    and who was named in a case by somebody who does not see it (L-12).

    And what was refused about a person by name, such as wrong names of somebody protected (L-04).
    """
    tried = Q(result=Result.REFUSED, person_id__isnull=False)
    return Entry.objects.filter(tried | Q(action__in=ALWAYS_REVIEWED), at__gte=since).order_by("id")


def count_by_user(*, user_id: int, action: Action, since: datetime) -> int:
    """How often the user has done this since then: what limits in number are judged by."""
    return Entry.objects.filter(user_id=user_id, action=action, at__gte=since).count()


def refused_today(
    actor: Actor | None, action: Action, *, case_id: UUID | None, reason: str, at: datetime
) -> list[dict[str, object]]:
    """The details of what this session was refused today, at this unit, by that action for that reason."""
    if actor is None:
        return []
    same = Entry.objects.filter(
        session_id=actor.session_id,
        action=action,
        at__gte=at_local(today(at), time.min),
        user_id=actor.user_id,
        unit_id=actor.unit_id,
        case_id=case_id,
        reason=reason,
    )
    return list(same.values_list("details", flat=True))


def last_seal() -> Seal | None:
    """The newest seal, or None before the first."""
    return Seal.objects.order_by("-number").first()


def is_known(number: int, digest: str) -> bool:
    """Whether the seal that was noted elsewhere still stands as it was."""
    return Seal.objects.filter(number=number, digest=digest).exists()


def verify() -> Iterator[Finding]:
    """Everything that does not agree between the entries and their seals; nothing when all is whole.

    Found are entries altered, deleted or put in, seals altered or taken away, and entries cut off at the
    end. What an administrator of the database cuts off together with its seals, counter included,
    is only seen against a seal noted elsewhere (`is_known`).
    """
    digest, last_id, number = "", 0, 0
    for seal in Seal.objects.order_by("number").iterator(chunk_size=20):
        for missing in range(number + 1, seal.number):
            yield Finding(Damage.SEAL_MISSING, missing)
        yield from _verify_stretch(seal, after=last_id)
        if seal.number == number + 1 and seal.previous_digest != digest:
            yield Finding(Damage.SEAL_ALTERED, seal.number)
        digest, last_id, number = seal.digest, seal.last_id, seal.number
    yield from _verify_end(last_id)


def _verify_stretch(seal: Seal, *, after: int) -> Iterator[Finding]:
    entries = Entry.objects.filter(id__gt=after, id__lte=seal.last_id).order_by("id")
    rows = {row["id"]: row for row in entries.values(*COLUMNS)}
    digests = {entry_id: row_digest(row) for entry_id, row in rows.items()}
    whole, marks = seal_digest(seal.previous_digest, seal.sealed_at, sorted(digests.items()))
    if whole != seal.digest or marks != bytes(seal.marks):
        yield from _differences(seal, digests)
    yield from _verify_links(rows, after=after, last_id=seal.last_id)


def _differences(seal: Seal, digests: Mapping[int, bytes]) -> Iterator[Finding]:
    marks = {mark.id: mark.start for mark in read_marks(bytes(seal.marks))}
    findings = [
        *(Finding(Damage.DELETED, entry_id) for entry_id in sorted(marks.keys() - digests.keys())),
        *(Finding(Damage.INSERTED, entry_id) for entry_id in sorted(digests.keys() - marks.keys())),
        *(
            Finding(Damage.ALTERED, i)
            for i in sorted(marks.keys() & digests.keys())
            if digests[i][:8] != marks[i]
        ),
    ]
    yield from findings or [Finding(Damage.SEAL_ALTERED, seal.number)]


def _verify_links(rows: Mapping[int, Row], *, after: int, last_id: int) -> Iterator[Finding]:
    """The table that extracts are found by must say what the entries themselves say."""
    links: dict[int, set[str]] = {}
    stored = EntryPerson.objects.filter(entry_id__gt=after, entry_id__lte=last_id)
    for entry_id, person_id in stored.values_list("entry_id", "person_id"):
        links.setdefault(entry_id, set()).add(str(person_id))
    for entry_id, row in rows.items():
        persons = all_persons(row["person_id"], row["person_ids"])
        if isinstance(persons, list) and links.get(entry_id, set()) != set(persons[1:]):
            yield Finding(Damage.LINKS_ALTERED, entry_id)


def _verify_end(last_sealed: int) -> Iterator[Finding]:
    """The database's own counter remembers entries that are gone, also those not sealed yet.

    Entries without a seal long after others came: the worker does not run, or their seals were taken away.
    """
    newest = Entry.objects.order_by("-id").first()
    newest_id = newest.id if newest else 0
    if newest_id < last_sealed or (connection.vendor == "sqlite" and newest_id < _sqlite_counter()):
        yield Finding(Damage.CUT, newest_id)
    oldest_open = Entry.objects.filter(id__gt=last_sealed).order_by("id").first()
    if newest and oldest_open and newest.at - oldest_open.at > SEALED_WITHIN:
        yield Finding(Damage.UNSEALED, oldest_open.id)


def _sqlite_counter() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit_entry'")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
