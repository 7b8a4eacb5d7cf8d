"""What the tests of assignments share: a small county with two departments, and their people."""

from dataclasses import dataclass

import pytest
from django.test import Client

from samordna.assignments.models import Assignment
from samordna.assignments.states import Profession
from samordna.assignments.tests.factories import (
    DepartmentFactory,
    OperationFactory,
    PrincipalFactory,
    SystemRoleGrantFactory,
    UnitFactory,
    log_in,
    worker,
)
from samordna.organisations.models import Organisation
from samordna.organisations.states import CareKind


@dataclass
class County:
    care: Organisation
    school: Organisation
    elderly: Organisation
    north: Organisation
    south: Organisation
    primary_school: Organisation
    admin: Assignment
    anna: Assignment
    head: Assignment
    teacher: Assignment


@pytest.fixture
def county(db: None) -> County:
    """Care has an operation with the units North and South and an administrator; the school has a headmaster."""
    town = PrincipalFactory(name="Exempelköpings kommun")
    care = DepartmentFactory(name="Vård- och omsorgsförvaltningen", parent=town)
    school = DepartmentFactory(name="Bildningsförvaltningen", parent=town)
    elderly = OperationFactory(name="Äldreomsorgen", parent=care)
    north = UnitFactory(name="Hemtjänsten Norr", parent=elderly)
    south = UnitFactory(name="Hemtjänsten Söder", parent=care)
    primary = UnitFactory(name="Åskolan", parent=school, care_kind=CareKind.SCHOOL)
    office = worker(
        north,
        initiates=False,
        answers=False,
        profession=Profession.OTHER,
        name="Örjan Ek",
        title="administratör",
    )
    SystemRoleGrantFactory(user=office.user, organisation=care)
    return County(
        care=care,
        school=school,
        elderly=elderly,
        north=north,
        south=south,
        primary_school=primary,
        admin=office,
        anna=worker(north, name="Anna Lindqvist", username="ANNLIN"),
        head=worker(primary, profession=Profession.HEADMASTER, title="rektor", name="Åsa Rektor"),
        teacher=worker(
            primary,
            initiates=False,
            answers=False,
            profession=Profession.TEACHER,
            title="lärare",
            name="Ängla Lärare",
        ),
    )


@pytest.fixture
def admin(client: Client, county: County) -> Client:
    """The browser of the administrator of care."""
    log_in(client, county.admin)
    return client
