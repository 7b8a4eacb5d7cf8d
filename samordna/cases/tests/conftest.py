from datetime import date
from types import SimpleNamespace

import pytest

from samordna.cases.queries import case_for_rebuild
from samordna.kernel.module import Module
from samordna.sip.tests import factories as f

BIRTHS = iter(range(10_000))


def a_person(by, name="Karl-Erik Wallin", number=""):
    number = number or f.made_up_number(date(1981, 1, 1 + next(BIRTHS) % 28), woman=False)
    return f.new_person(by, name=name, number=number)


def facts(case_id):
    """The case as the system itself sees it."""
    return case_for_rebuild(case_id, Module.SIP)


@pytest.fixture
def county(db):
    return f.county()


@pytest.fixture
def who(county):
    """The people of the county as they act."""
    names = ("anna", "bertil", "olle", "cecilia", "david", "eva", "frida")
    return SimpleNamespace(**{name: f.actor(getattr(county, name)) for name in names})


@pytest.fixture
def case_id(county):
    """A case of home care's, coordinated by Anna."""
    return f.new_case(county.anna)
