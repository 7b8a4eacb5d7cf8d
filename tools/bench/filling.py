"""A filled database: one unit with fifty ongoing cases, cases to act on, and the rest ended at other units."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from samordna.assignments.models import Assignment
from samordna.documents.facts import VersionFacts
from samordna.documents.queries import signed_content
from samordna.printouts.models import Printout
from samordna.sip.plan.print import present_source
from samordna.sip.queries import sip_for_rebuild
from tools.bench.copying import UNITS_APART, Copies, copy_cases, copy_units, new_id, settle
from tools.bench.patterns import Patterns, make_patterns, newcomer

ACTIVE = 50
READ = 96
# Ended cases are spread: so many belong to each set of six units.
ENDED_PER_PLACE = 500


@dataclass(frozen=True)
class Filled:
    """`reader` is at the unit with fifty cases; the others at the units of `patterns.county`.

    `case_bytes` is what an ended case takes on the disk.
    """

    patterns: Patterns
    reader: Assignment
    drafted: Copies
    summoned: Copies
    written: Copies
    signed: Copies
    locked: Copies
    case_bytes: float

    def ids(self, copies: Copies, *olds: UUID) -> Iterator[tuple[UUID, ...]]:
        """Of each copy: the case's id and those of other rows of the pattern."""
        for number in copies.numbers:
            yield tuple(new_id(old, number) for old in (copies.pattern, *olds))


def fill(total: int, acts: int) -> Filled:
    """`total` cases, of them `acts` for each kind of act that is measured."""
    patterns = make_patterns()
    county = patterns.county
    units = [county.home_care, county.social, county.health_centre, county.psychiatry, county.hospital]
    copies = _Counter()
    acted_on = [
        copies.next(p, acts) for p in (patterns.drafted, patterns.summoned, patterns.written, patterns.signed)
    ]
    locked = copies.next(patterns.locked, min(READ, total // 5))
    listed = [
        copies.next(pattern, ACTIVE // 6 + (place < ACTIVE % 6), 1)
        for place, pattern in enumerate(patterns.ongoing)
    ]
    rest = max(total - copies.used - len(patterns.ongoing) - 1, 1)
    places = 1 + max(1, rest // ENDED_PER_PLACE)
    ended = Copies(patterns.ended, copies.used + 1, rest, range(2, places + 1))
    copy_units(units, places)
    before = database_bytes()
    copy_cases([ended], units)
    case_bytes = (database_bytes() - before) / rest
    copy_cases([*acted_on, locked, *listed], units)
    settle()
    reader = newcomer(county.home_care.pk + UNITS_APART)
    drafted, summoned, written, signed = acted_on
    filled = Filled(patterns, reader, drafted, summoned, written, signed, locked, case_bytes)
    _copy_prints(filled)
    return filled


def database_bytes() -> float:
    """What the rows and their indexes take on the disk."""
    size = {
        "postgresql": "SELECT pg_database_size(current_database())",
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    }
    with connection.cursor() as cursor:
        cursor.execute(size[connection.vendor])
        return float(cursor.fetchone()[0])


class _Counter:
    """Hands out the numbers of the copies."""

    def __init__(self) -> None:
        self.used = 0

    def next(self, pattern: UUID, count: int, place: int = 0) -> Copies:
        first, self.used = self.used + 1, self.used + count
        return Copies(pattern, first, count, (place,))


def _copy_prints(filled: Filled) -> None:
    """The finished print of each locked case that is printed; its id is made from what was locked when."""
    original = Printout.objects.get(source_id=print_of(filled.patterns.locked))
    Printout.objects.bulk_create(
        [
            Printout(
                template=original.template,
                source_id=print_of(case_id),
                data=original.data,
                status=original.status,
                pdf=original.pdf,
                pdf_digest=original.pdf_digest,
                requested_at=original.requested_at,
                ready_at=original.ready_at,
            )
            for (case_id,) in filled.ids(filled.locked)
        ]
    )


def print_of(case_id: UUID) -> UUID:
    """What the case's print is found by."""
    version = locked_plan(case_id)
    return present_source(sip_for_rebuild(case_id), version, signed_content(version.id))


def locked_plan(case_id: UUID) -> VersionFacts:
    """The version that is printed."""
    plan = sip_for_rebuild(case_id).valid_plan
    assert plan is not None and plan.locked_version is not None  # noqa: S101, PT018
    return plan.locked_version
