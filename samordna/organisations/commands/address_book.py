"""The address book in and out as a file."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.kernel.refusal import NotVisible, Stale
from samordna.organisations import queries, rules
from samordna.organisations.address_csv import read_addresses, write_addresses
from samordna.organisations.commands.address_rows import AddressImporter
from samordna.organisations.commands.places import names_in_line
from samordna.organisations.file_changes import FileOutcome
from samordna.organisations.in_use import CountInUse


@transaction.atomic
def preview_address_book(
    *, actor: Actor | None, content: bytes, answers: Mapping[str, str], at: datetime,
    count: CountInUse | None = None,
) -> FileOutcome:  # fmt: skip
    """What `import_address_book` would do with the file and these answers. Nothing is written."""
    outcome = _taken_in(actor, content, answers, at, count, hold=False)
    # All of it has been done, so whatever would be refused has been; and all of it is undone.
    transaction.set_rollback(True)
    return outcome


@transaction.atomic
def import_address_book(
    *,
    actor: Actor | None,
    content: bytes,
    at: datetime,
    answers: Mapping[str, str] | None = None,
    seen: str | None = None,
    count: CountInUse | None = None,
) -> FileOutcome:
    """Add and change units as the file says; what it does not mention is left alone.

    A row is the unit with its HSA-id, else the unit with its name at its place. What is missing above it is added. A
    name that is nearly that of a neighbour is asked about, and `answers` say which is meant. Every faulty row is told
    with its line; with any problem or open question nothing is changed. `seen` is the fingerprint of what was shown;
    refused as stale when the file would do something else now. A unit that is in use, by `count`, is neither closed nor
    put outside the system by a file. Not there for anybody but the region's system manager.
    """
    outcome = _taken_in(actor, content, answers or {}, at, count, hold=True)
    if not outcome.ready:
        transaction.set_rollback(True)
        return outcome
    if seen is not None and outcome.seen != seen:
        raise Stale(rules.file_changed())
    counts = {"added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged}
    record(
        actor=actor, at=at, action=Action.ORGANISATION_IMPORTED, object_kind="address_book", details=counts
    )
    return outcome


@transaction.atomic
def export_address_book(*, actor: Actor, at: datetime) -> bytes:
    """The whole address book as a file that `import_address_book` takes back without a change."""
    units = queries.every_unit()
    details = {"units": len(units)}
    record(
        actor=actor, at=at, action=Action.ORGANISATION_EXPORTED, object_kind="address_book", details=details
    )
    return write_addresses(units)


def _taken_in(
    actor: Actor | None,
    content: bytes,
    answers: Mapping[str, str],
    at: datetime,
    count: CountInUse | None,
    *,
    hold: bool,
) -> FileOutcome:
    if actor is not None and not queries.reach_of(actor).whole_county:
        raise NotVisible
    if hold:
        names_in_line()
    table = read_addresses(content, today=today(at))
    outcome = FileOutcome(problems=table.problems)

    def in_use(unit_id: int) -> bool:
        return count is not None and bool(count(unit_id, at).kinds)

    importer = AddressImporter(outcome, answers, in_use, at, hold=hold)
    importer.take(table.rows)
    if outcome.problems:
        # Nothing else is told of a faulty file: what its other rows would do may hang on the faulty ones.
        return FileOutcome(problems=sorted(outcome.problems, key=lambda problem: problem.line))
    if hold and outcome.ready:
        importer.tell(actor)
    return outcome
