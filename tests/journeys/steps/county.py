"""A county for the journeys: five units of two principals, an authority outside the system, and people at them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from samordna.accounts.hashers import Argon2Hasher
from samordna.accounts.models import User
from samordna.assignments.models import Assignment
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.tests.factories import (
    PASSWORD,
    DepartmentFactory,
    PrincipalFactory,
    SystemRoleGrantFactory,
    UnitFactory,
    worker,
)
from samordna.config.databases import database_from_url
from samordna.kernel.identifiers import parse
from samordna.organisations.states import CareKind, PrincipalKind
from samordna.people.queries import person_by_identifier
from samordna.sip.tests.factories import County, made_up_number
from tests.support.server import RunningServer

# Told apart from the units of the demo county, which may stand in the same address book.
HOME_CARE = "Hemtjänsten Ekbacken"
SOCIAL = "Vuxenenheten Ekbacken"
HEALTH_CENTRE = "Vårdcentralen Lärkan"
PSYCHIATRY = "Psykiatrimottagningen Lärkan"
HOSPITAL = "Avdelning 9 Lärkan"
INSURANCE = "Försäkringskassan Ekbacken"


@dataclass
class Place:
    """A running server with the journeys' county in its database."""

    server: RunningServer
    blocker: Any
    county: County
    sessions: dict[str, Any] = field(default_factory=dict)
    # Cases that a test was given, until they are over.
    brought: list[UUID] = field(default_factory=list)

    @contextmanager
    def inside(self) -> Iterator[County]:
        """This process's database connection is the server's while it lasts: for set-up and for looking afterwards."""
        with connected(self.server, self.blocker):
            yield self.county

    def unused_number(self) -> str:
        """A test number that nobody in the database has."""
        with self.inside():
            day = date(1991, 1, 1)
            while person_by_identifier(parse(made_up_number(day, woman=False)).value) is not None:
                day += timedelta(days=1)
            return made_up_number(day, woman=False)


@contextmanager
def connected(server: RunningServer, blocker: Any) -> Iterator[None]:
    """Like committed_db, but the database is one that a server works on."""
    connection = connections["default"]
    connection.close()
    ordinary = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = database_from_url(server.database_url)["NAME"]
    try:
        with blocker.unblock():
            yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ordinary


def settle(server: RunningServer, blocker: Any) -> Place:
    """Put the county into the server's database."""
    with connected(server, blocker):
        return Place(server, blocker, _county())


def _county() -> County:
    town = PrincipalFactory(name="Ekbackens kommun", principal_kind=PrincipalKind.MUNICIPALITY)
    region = PrincipalFactory(name="Region Lärkan", principal_kind=PrincipalKind.REGION)
    state = PrincipalFactory(name="Staten Ekbacken", principal_kind=PrincipalKind.STATE)
    care = DepartmentFactory(name="Vård- och omsorgsförvaltningen", parent=town)
    welfare = DepartmentFactory(name="Socialförvaltningen", parent=town)
    primary = DepartmentFactory(name="Primärvården", parent=region)
    specialist = DepartmentFactory(name="Specialistvården", parent=region)
    offices = DepartmentFactory(name="Försäkringskassan", parent=state)
    home_care = UnitFactory(name=HOME_CARE, parent=care, municipality="Katrineholm", phone="0150-570 00")
    social = UnitFactory(
        name=SOCIAL, parent=welfare, care_kind=CareKind.SOCIAL_SERVICES, municipality="Katrineholm"
    )
    health_centre = UnitFactory(name=HEALTH_CENTRE, parent=primary, care_kind=CareKind.PRIMARY_CARE)
    psychiatry = UnitFactory(name=PSYCHIATRY, parent=specialist, care_kind=CareKind.PSYCHIATRIC_OUTPATIENT)
    hospital = UnitFactory(name=HOSPITAL, parent=specialist, care_kind=CareKind.INPATIENT)
    insurance = UnitFactory(
        name=INSURANCE, parent=offices, care_kind=CareKind.AUTHORITY, external=True, notify_email=""
    )
    county = County(
        home_care=home_care,
        social=social,
        health_centre=health_centre,
        psychiatry=psychiatry,
        hospital=hospital,
        insurance=insurance,
        anna=_worker(home_care, "Anna Ekroth", "enhetschef", Profession.UNIT_MANAGER),
        bertil=_worker(home_care, "Bertil Ekroth", "planerare", Profession.PLANNER),
        olle=_worker(home_care, "Olle Ekroth", "sjuksköterska", Profession.NURSE, initiates=False),
        cecilia=_worker(
            social, "Cecilia Ekman", "socialsekreterare", Profession.SOCIAL_WORKER, initiates=False
        ),
        david=_worker(health_centre, "David Ekvall", "distriktssköterska", Profession.DISTRICT_NURSE),
        eva=_worker(psychiatry, "Eva Ekstam", "kurator", Profession.COUNSELLOR),
        frida=_worker(hospital, "Frida Eklöf", "sjuksköterska", Profession.NURSE),
    )
    # Eva also works at the ward, so that she has a unit to choose.
    worker(hospital, user=county.eva.user, title="kurator", profession=Profession.COUNSELLOR)
    let_in(county.anna, county.bertil, county.olle, county.cecilia, county.david, county.eva, county.frida)
    for role in (SystemRole.ADMINISTRATOR, SystemRole.SUPERUSER):
        SystemRoleGrantFactory(user=county.anna.user, role=role, organisation=care)
    return county


def system_manager(county: County) -> Assignment:
    """One who administers what is common to the county, which the region's system manager does, and reads no case."""
    manager = worker(
        county.hospital,
        initiates=False,
        answers=False,
        name="Stina Ekberg",
        username=user_name("Stina Ekberg"),
        title="systemförvaltare",
        profession=Profession.OTHER,
    )
    SystemRoleGrantFactory(
        user=manager.user, role=SystemRole.SYSTEM_MANAGER, organisation=county.hospital.principal
    )
    let_in(manager)
    return manager


def let_in(*people: Assignment) -> None:
    """The tests' own hasher is too weak for the server, which does not know it."""
    hasher = Argon2Hasher()
    hashed = hasher.encode(PASSWORD, hasher.salt())
    User.objects.filter(pk__in=[person.user_id for person in people]).update(password=hashed)


def _worker(unit: Any, name: str, title: str, profession: Profession, initiates: bool = True) -> Assignment:
    return worker(
        unit,
        initiates=initiates,
        name=name,
        username=user_name(name),
        title=title,
        profession=profession,
    )


def user_name(name: str) -> str:
    """In capitals, as users know it; one letter longer than the demo county's, so that none is the same."""
    first, last = name.split()
    return (first[:4] + last[:2] + last[-1]).upper()


__all__ = ["PASSWORD", "Place", "settle", "user_name"]
