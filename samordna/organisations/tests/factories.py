"""A small made-up county, built through the room's own commands."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from samordna.organisations import commands
from samordna.organisations.models import Organisation
from samordna.organisations.rules import Place
from samordna.organisations.states import CareKind, Level, PrincipalKind

AT = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)


def principal(
    name: str = "Exempelköpings kommun", kind: PrincipalKind = PrincipalKind.MUNICIPALITY
) -> Organisation:
    return _add(None, Place(Level.PRINCIPAL, name, principal_kind=kind))


def department(parent: Organisation, name: str = "Vård- och omsorgsförvaltningen") -> Organisation:
    return _add(parent, Place(Level.DEPARTMENT, name))


def operation(parent: Organisation, name: str = "Äldreomsorgen") -> Organisation:
    return _add(parent, Place(Level.OPERATION, name))


def unit(parent: Organisation, name: str = "Hemtjänsten Norr", **fields: Any) -> Organisation:
    return _add(parent, Place(Level.UNIT, name, **{"care_kind": CareKind.HOME_CARE, **fields}))


@dataclass(frozen=True)
class County:
    """Two principals: a municipality with two departments and a region with one, and an external authority."""

    municipality: Organisation
    care: Organisation
    school: Organisation
    home_care: Organisation
    pupil_health: Organisation
    region: Organisation
    hospital: Organisation
    ward: Organisation
    authority: Organisation


def county() -> County:
    municipality = principal()
    care = department(municipality)
    school = department(municipality, "Bildningsförvaltningen")
    region = principal("Region Exempel", PrincipalKind.REGION)
    hospital = department(region, "Exempelsjukhuset")
    state = principal("Försäkringskassan", PrincipalKind.STATE)
    return County(
        municipality=municipality,
        care=care,
        school=school,
        home_care=unit(care, municipality="Exempelköping", phone="0150-000 01"),
        pupil_health=unit(
            school, "Elevhälsan", care_kind=CareKind.PUPIL_HEALTH, municipality="Exempelköping"
        ),
        region=region,
        hospital=hospital,
        ward=unit(operation(hospital, "Medicinkliniken"), "Avdelning 5", care_kind=CareKind.INPATIENT),
        authority=unit(state, "Lokalkontoret", care_kind=CareKind.AUTHORITY, external=True),
    )


def _add(parent: Organisation | None, place: Place) -> Organisation:
    parent_id = parent.id if parent else None
    return Organisation.objects.get(
        id=commands.add_place(actor=None, parent_id=parent_id, place=place, at=AT)
    )
