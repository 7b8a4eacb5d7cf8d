"""Puts up the tree, the rights of professions and the settings. The operator's doing: nobody is the actor."""

from datetime import datetime

from samordna.assignments.commands import set_right
from samordna.assignments.queries.rights import RightLine
from samordna.demo.county import choices, telephones
from samordna.demo.county.shapes import Department, Operation, Principal, Unit
from samordna.kernel.module import Module
from samordna.organisations import commands
from samordna.organisations.rules import Place
from samordna.organisations.states import Level

# Inera's test directory begins so. Ten zeros stand where an organisation number would: its third digit is
# never below 2, so no organisation can have it.
HSA_START = "TSTNMT0000000000-DEMO"


class PlaceBuilder:
    """Builds principals whole or, when `wanted` is given, with those units only. `ids` are by key."""

    def __init__(self, at: datetime, wanted: frozenset[str] | None) -> None:
        self.at = at
        self.wanted = wanted
        self.ids: dict[str, int] = {}
        self.external: set[str] = set()
        self.unit_count = 0
        self.telephones = telephones.landlines()

    def principal(self, principal: Principal, hsa_id: str = "") -> None:
        if not self._any(principal.units):
            return
        place = Place(
            Level.PRINCIPAL,
            principal.name,
            principal_kind=principal.kind,
            municipality=principal.municipality,
            hsa_id=hsa_id,
        )
        own = self._add(principal.key, None, place)
        for department in principal.departments:
            if self._any(department.units):
                self._department(own, principal, department)
        for unit in principal.externals:
            self._unit(own, unit, principal.municipality, external=True)

    def _department(self, parent: int, principal: Principal, department: Department) -> None:
        own = self._add(department.key, parent, Place(Level.DEPARTMENT, department.name))
        for part in department.parts:
            if isinstance(part, Unit):
                self._unit(own, part, principal.municipality)
            elif self._any(part.units):
                self._operation(own, part, principal.municipality)
        for profession, (initiates, answers) in department.rights.items():
            set_right(department_id=own, module=Module.SIP, line=RightLine(profession, initiates, answers))
        for key, value in choices.settings_of(department).items():
            commands.change_setting(actor=None, key=key, department_id=own, value=value, at=self.at)

    def _operation(self, parent: int, operation: Operation, municipality: str) -> None:
        own = self._add("", parent, Place(Level.OPERATION, operation.name))
        for unit in operation.units:
            self._unit(own, unit, municipality)

    def _unit(self, parent: int, unit: Unit, municipality: str, *, external: bool = False) -> None:
        if self.wanted is not None and unit.key not in self.wanted:
            return
        self.unit_count += 1
        if external:
            self.external.add(unit.key)
        place = Place(
            Level.UNIT,
            unit.name,
            care_kind=unit.care_kind,
            hsa_id=f"{HSA_START}{len(self.ids):04d}",
            municipality=unit.municipality or municipality,
            phone=next(self.telephones),
            address=f"{unit.address}, {unit.municipality or municipality}" if unit.address else "",
            notify_email="" if external else f"{unit.key.replace('_', '.')}@example.org",
            external=external,
        )
        self._add(unit.key, parent, place)

    def _any(self, units: tuple[Unit, ...]) -> bool:
        return self.wanted is None or any(unit.key in self.wanted for unit in units)

    def _add(self, key: str, parent_id: int | None, place: Place) -> int:
        place_id = commands.add_place(actor=None, parent_id=parent_id, place=place, at=self.at)
        if key:
            self.ids[key] = place_id
        return place_id


def choose_settings(at: datetime, *, small: bool) -> None:
    """What holds for the whole county."""
    chosen = choices.COUNTY_SETTINGS | ({} if small else choices.FULL_COUNTY_SETTINGS)
    for key, value in chosen.items():
        commands.change_setting(actor=None, key=key, department_id=None, value=value, at=at)
