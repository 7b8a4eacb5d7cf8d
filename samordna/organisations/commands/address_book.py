"""The address book in and out as a file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.kernel.refusal import NotVisible, Refusal, Refused, demand
from samordna.organisations import queries, rules
from samordna.organisations.address_csv import AddressRow, problem_of, read_addresses, write_addresses
from samordna.organisations.commands.places import write_place
from samordna.organisations.csv_file import Problem
from samordna.organisations.models import Organisation
from samordna.organisations.rules import Place
from samordna.organisations.states import Level


@dataclass(slots=True)
class ImportOutcome:
    """What a file did. With any problem nothing was done at all."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def import_address_book(*, actor: Actor | None, content: bytes, at: datetime) -> ImportOutcome:
    """Add and change units as the file says; what is not in the file is left alone.

    A row is the unit with its HSA-id, else the unit with its name at its place. What is missing
    above it is added. Every faulty row is told with its line, and then nothing is changed.
    Not there for anybody but the region's system manager.
    """
    if actor is not None and not queries.reach_of(actor).whole_county:
        raise NotVisible
    table = read_addresses(content, today=today(at))
    outcome = ImportOutcome(problems=list(table.problems))
    _Importer(outcome).take(table.rows)
    outcome.problems.sort(key=lambda problem: problem.line)
    if outcome.problems:
        transaction.set_rollback(True)
        return ImportOutcome(problems=outcome.problems)
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


class _Importer:
    """Holds the tree in memory while rows are taken, so that each row costs only its own writing."""

    def __init__(self, outcome: ImportOutcome) -> None:
        self.outcome = outcome
        rows = list(
            Organisation.objects.select_for_update(of=("self",)).select_related("parent", "principal")
        )
        self.by_name = {(row.parent_id, row.name): row for row in rows}
        self.by_hsa_id = {row.hsa_id.upper(): row for row in rows if row.hsa_id}
        self.lines: dict[int, int] = {}

    def take(self, rows: Iterable[AddressRow]) -> None:
        for row in rows:
            try:
                self._take(row)
            except Refused as refused:
                self.outcome.problems.append(problem_of(row.line, refused.refusal))

    def _take(self, row: AddressRow) -> None:
        parent = self._parent(row)
        unit = self.by_hsa_id.get(row.place.hsa_id.upper()) if row.place.hsa_id else None
        unit = unit or self.by_name.get((parent.id, row.place.name))
        demand(self._unit_refusal(unit, parent, row))
        if unit is None:
            unit = self._new(parent, row.place)
            unit.closed_on = row.closed_on
            self.outcome.added += 1
        elif queries.place_of(unit) == row.place and unit.closed_on == row.closed_on:
            self.outcome.unchanged += 1
            self.lines[unit.id] = row.line
            return
        else:
            self.by_name.pop((unit.parent_id, unit.name), None)
            unit.closed_on = row.closed_on
            self.outcome.changed += 1
        write_place(unit, row.place)
        self._remember(unit)
        self.lines[unit.id] = row.line

    def _unit_refusal(
        self, unit: Organisation | None, parent: Organisation, row: AddressRow
    ) -> Refusal | None:
        if row.closed_on is None and parent.closed_on is not None:
            return rules.below_closed()
        if unit is None:
            return None
        if unit.id in self.lines:
            return rules.row_twice(self.lines[unit.id])
        if unit.level != Level.UNIT:
            return rules.name_taken()
        return rules.moved_by_file() if unit.parent_id != parent.id else None

    def _parent(self, row: AddressRow) -> Organisation:
        principal = self._above(
            None, Place(Level.PRINCIPAL, row.principal, principal_kind=row.principal_kind)
        )
        if principal.principal_kind != row.principal_kind:
            raise Refused(rules.other_principal_kind())
        if not row.department:
            return principal
        department = self._above(principal, Place(Level.DEPARTMENT, row.department))
        return self._above(department, Place(Level.OPERATION, row.operation)) if row.operation else department

    def _above(self, parent: Organisation | None, place: Place) -> Organisation:
        known = self.by_name.get((parent.id if parent else None, place.name))
        if known is not None:
            if known.level != place.level:
                raise Refused(rules.name_taken())
            return known
        demand(rules.place_refusal(place, Level(parent.level) if parent else None))
        added = self._new(parent, place)
        write_place(added, place)
        self._remember(added)
        return added

    def _new(self, parent: Organisation | None, place: Place) -> Organisation:
        principal = (parent.principal or parent) if parent else None
        department = (
            parent if parent and parent.level == Level.DEPARTMENT else parent.department if parent else None
        )
        return Organisation(parent=parent, principal=principal, department=department, level=place.level)

    def _remember(self, row: Organisation) -> None:
        self.by_name[row.parent_id, row.name] = row
        if row.hsa_id:
            self.by_hsa_id[row.hsa_id.upper()] = row
