"""The rows of an address book, written one after the other."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from django.utils.translation import gettext as _

from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal, Refused, demand
from samordna.kernel.text import name_key
from samordna.organisations import queries, rules
from samordna.organisations.address_csv import AddressRow, operation_of, problem_of, unit_cells
from samordna.organisations.commands.places import tell_changed, tell_opening, write_place
from samordna.organisations.file_changes import (
    FileOutcome,
    RowChange,
    asked,
    cells_that_change,
)
from samordna.organisations.models import Organisation
from samordna.organisations.rules import Place
from samordna.organisations.states import Level

_STEP = " › "


class _Undecided(Exception):
    """The row waits for an answer."""


class AddressImporter:
    """Holds the tree in memory while rows are taken, so that each row costs only its own writing."""

    def __init__(
        self,
        outcome: FileOutcome,
        answers: Mapping[str, str],
        in_use: Callable[[int], bool],
        at: datetime,
        *,
        hold: bool,
    ) -> None:
        self.outcome, self.answers, self.in_use, self.at = outcome, answers, in_use, at
        related = ("parent__parent", "principal", "department")
        rows = Organisation.objects.select_related(*related)
        if hold:
            # What is not the key: users and cases that name a unit go on meanwhile. A preview holds nothing.
            rows = rows.select_for_update(of=("self",), no_key=True)
        self.by_name: dict[tuple[int | None, str], Organisation] = {}
        self.alike: dict[tuple[int | None, str], dict[str, Organisation]] = {}
        self.by_hsa_id: dict[str, Organisation] = {}
        self.below: dict[tuple[int | None, str], dict[int, Organisation]] = {}
        for row in rows:
            self._remember(row)
        self.lines: dict[int, int] = {}
        self.placed: set[tuple[str, ...]] = set()
        self.written: list[tuple[Organisation, Place | None, bool]] = []

    def take(self, rows: Collection[AddressRow]) -> None:
        """Write every row that can be written, and note down what it does or why not."""
        self.placed = {_place_key(row.principal, row.department, row.operation, row.name) for row in rows}
        for row in rows:
            try:
                self._take(row)
            except _Undecided:
                continue
            except Refused as refused:
                self.outcome.problems.append(problem_of(row.line, refused.refusal))

    def tell(self, actor: Actor | None) -> None:
        """An entry in the log for each place, as if it had been written from its page."""
        for row, before, opened_or_closed in self.written:
            tell_changed(actor=actor, at=self.at, row=row, before=before)
            if opened_or_closed:
                tell_opening(actor=actor, at=self.at, row=row)

    def _take(self, row: AddressRow) -> None:
        parent = self._parent(row)
        by_id = self.by_hsa_id.get(name_key(row.hsa_id)) if row.hsa_id else None
        known = by_id or self._known(parent, row.name, row.line, self._further_down(parent, row))
        if known is not None and not row.operation and parent.id in (known.department_id, known.principal_id):
            parent = known.parent or parent
        if by_id is not None:
            self._demand_no_neighbour(by_id, row)
        closed_on = row.closed_on if row.says_closed or known is None else known.closed_on
        demand(self._unit_refusal(known, parent, row, open_after=closed_on is None))
        if known is not None and known.closed_on is None and closed_on is not None and self.in_use(known.pk):
            raise Refused(rules.closed_by_file())
        place = row.onto(queries.place_of(known) if known else Place(Level.UNIT, row.name))
        # Found by its HSA-id a unit can get another name; found by a name that is nearly the same it keeps its own.
        place = replace(place, name=row.name) if by_id else place
        demand(rules.place_refusal(place, Level(parent.level)))
        if known is not None and place.external and not known.external:
            demand(rules.external_refusal(in_use=self.in_use(known.pk)))
        self._write(known or self._new(parent, place), row.line, place, closed_on)

    def _write(self, unit: Organisation, line: int, place: Place, closed_on: date | None) -> None:
        added = unit.pk is None
        before = {} if added else unit_cells(unit)
        lost = "" if place.notify_email else unit.notify_email
        known, was_closed = None if added else queries.place_of(unit), unit.closed_on is not None
        if added or (known, unit.closed_on) != (place, closed_on):
            self._forget(unit)
            if not added and (unit.closed_on, unit.name) != (closed_on, place.name):
                unit.rows_stale_from = self.at
            unit.closed_on = closed_on
            write_place(unit, place)
            self._remember(unit)
            self.written.append((unit, known, was_closed != (closed_on is not None)))
            cells = cells_that_change(before, unit_cells(unit))
            self.outcome.changes.append(RowChange(line, _named(unit), cells, added=added))
            if was_closed:
                self._tell_closed(unit)
        else:
            self.outcome.unchanged += 1
        self.lines[unit.id] = line
        if lost:
            self.outcome.warnings.append(
                _("%(unit)s gets no notices any more: %(address)s is taken away.")
                % {"unit": _named(unit), "address": lost}
            )

    def _tell_closed(self, unit: Organisation) -> None:
        said = (
            _("%(unit)s is closed, and stays so.")
            if unit.closed_on
            else _("%(unit)s was closed, and the file opens it again.")
        )
        self.outcome.warnings.append(said % {"unit": _named(unit)})

    def _unit_refusal(
        self, unit: Organisation | None, parent: Organisation, row: AddressRow, *, open_after: bool
    ) -> Refusal | None:
        if open_after and parent.closed_on is not None:
            return rules.below_closed()
        if unit is None:
            return None
        if unit.id in self.lines:
            return rules.row_twice(self.lines[unit.id])
        if unit.level != Level.UNIT:
            return rules.name_taken()
        return rules.moved_by_file() if unit.parent_id != parent.id else None

    def _parent(self, row: AddressRow) -> Organisation:
        top = Place(Level.PRINCIPAL, row.principal, principal_kind=row.principal_kind)
        principal = self._above(None, top, row.line)
        if principal.principal_kind != row.principal_kind:
            raise Refused(rules.other_principal_kind())
        if not row.department:
            return principal
        department = self._above(principal, Place(Level.DEPARTMENT, row.department), row.line)
        if not row.operation:
            return department
        return self._above(department, Place(Level.OPERATION, row.operation), row.line)

    def _above(self, parent: Organisation | None, place: Place, line: int) -> Organisation:
        known = self._known(parent, place.name, line)
        if known is not None:
            if known.level != place.level:
                raise Refused(rules.name_taken())
            return known
        demand(rules.place_refusal(place, Level(parent.level) if parent else None))
        added = self._new(parent, place)
        write_place(added, place)
        self._remember(added)
        self.written.append((added, None, False))
        self.outcome.warnings.append(
            _("%(place)s is not in the tree, and is added.") % {"place": _path(parent, place.name)}
        )
        return added

    def _further_down(self, parent: Organisation, row: AddressRow) -> Mapping[str, Organisation]:
        """Units of nearly that name below what stands between, when the file does not say what that is."""
        if row.operation:
            return {}
        found = self.below.get((parent.id, name_key(row.name)), {}).values()
        return {
            _below(parent, unit): unit
            for unit in found
            if unit.parent_id != parent.id and not (row.hsa_id and unit.hsa_id)
        }

    def _demand_no_neighbour(self, unit: Organisation, row: AddressRow) -> None:
        """A new name for the unit with an HSA-id is asked about when a neighbour has nearly the same."""
        alike = self.alike.get((unit.parent_id, name_key(row.name)), {})
        others = [name for name, one in alike.items() if one.pk != unit.pk and name != row.name]
        if others and unit.name != row.name:
            question = asked(row.line, row.name, others, _path(unit.parent), self.answers)
            self.outcome.ask(question)
            if not question.answer:
                raise _Undecided
            if question.the_same:
                raise Refused(rules.hsa_id_taken())

    def _known(
        self,
        parent: Organisation | None,
        name: str,
        line: int,
        further_down: Mapping[str, Organisation] = MappingProxyType({}),
    ) -> Organisation | None:
        """What is called so there, or alone so further down; asked about when both are, or are only nearly so.

        One further down that another row names with what it belongs to is not meant by this one: so both come back from
        an export.
        """
        parent_id = parent.id if parent else None
        exact = self.by_name.get((parent_id, name))
        alike = self.alike.get((parent_id, name_key(name)), {})
        namesakes = [unit for unit in further_down.values() if unit.name == name]
        meant = [unit for unit in namesakes if not self._named_elsewhere(unit)]
        if exact is not None and meant:
            exact = None
        elif exact is None and not alike and len(further_down) == 1:
            exact = next(iter(meant), None)
        alike = {**alike, **further_down}
        if exact is not None or not alike:
            return exact
        question = asked(line, name, alike, _path(parent), self.answers)
        self.outcome.ask(question)
        if not question.answer:
            raise _Undecided
        return alike.get(question.the_same)

    def _named_elsewhere(self, unit: Organisation) -> bool:
        return _place_key(unit.principal, unit.department, operation_of(unit), unit.name) in self.placed

    def _new(self, parent: Organisation | None, place: Place) -> Organisation:
        principal = (parent.principal or parent) if parent else None
        department = (
            parent if parent and parent.level == Level.DEPARTMENT else parent.department if parent else None
        )
        return Organisation(parent=parent, principal=principal, department=department, level=place.level)

    def _remember(self, row: Organisation) -> None:
        self.by_name[row.parent_id, row.name] = row
        self.alike.setdefault((row.parent_id, name_key(row.name)), {})[row.name] = row
        if row.hsa_id:
            self.by_hsa_id[name_key(row.hsa_id)] = row
        if row.level == Level.UNIT:
            for above_id in {row.department_id, row.principal_id} - {None}:
                self.below.setdefault((above_id, name_key(row.name)), {})[row.pk] = row

    def _forget(self, row: Organisation) -> None:
        self.by_name.pop((row.parent_id, row.name), None)
        self.alike.get((row.parent_id, name_key(row.name)), {}).pop(row.name, None)
        if row.hsa_id:
            self.by_hsa_id.pop(name_key(row.hsa_id), None)
        for above_id in (row.department_id, row.principal_id):
            self.below.get((above_id, name_key(row.name)), {}).pop(row.pk, None)


def _place_key(*names: object) -> tuple[str, ...]:
    return tuple(name_key(str(name or "")) for name in names)


def _named(unit: Organisation) -> str:
    return f"{unit.name} ({unit.department or unit.principal})"


def _below(parent: Organisation, unit: Organisation) -> str:
    """The unit with what stands between it and the place."""
    between = unit.parent
    names = [unit.name]
    while between is not None and between.pk != parent.pk:
        names.insert(0, between.name)
        between = between.parent
    return _STEP.join(names)


def _path(parent: Organisation | None, *names_below: str) -> str:
    names = list(names_below)
    while parent is not None:
        names.insert(0, parent.name)
        parent = parent.parent
    return _STEP.join(names)
