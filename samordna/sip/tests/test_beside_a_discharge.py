"""Acts on a person who has a discharge case too: they reach all her cases, and the SIP writes no row of the other's."""

from uuid import UUID

import pytest

from samordna.assignments.tests.factories import AppointedRightFactory
from samordna.cases.models import Case, NamedReader, UnitCase
from samordna.cases.tests.discharges import Discharge, discharge_at
from samordna.casework.case.commands.person import change_person
from samordna.casework.case.commands.undoing import undo_identity
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.kernel.refusal import Stale
from samordna.overview.commands import renew_worklists
from samordna.overview.processes import PROCESSES
from samordna.people.rules import PersonChanges
from samordna.people.states import IdentityKind, Protection
from samordna.sip.process import SIP
from samordna.sip.tests import factories as f
from samordna.sip.tests import identities

RESERVE, NUMBER = "20260101K001", "19410110-6393"


@pytest.fixture
def county(db: None) -> f.County:
    return f.county()


def rows(discharge: Discharge) -> list[dict[str, object]]:
    """What they say, but for when they are to be computed anew."""
    found = UnitCase.objects.filter(case_id=discharge.case_id).order_by("pk").values()
    return [{key: value for key, value in row.items() if key != "renew_at"} for row in found]


def waits_for_its_own_worker(discharge: Discharge) -> bool:
    marked = UnitCase.objects.filter(case_id=discharge.case_id).values_list("renew_at", flat=True)
    return all(at is not None and at <= clock.now() for at in marked)


def test_a_number_is_linked_and_unlinked_in_all_cases_of_the_person(county: f.County) -> None:
    person = f.new_person(f.actor(county.anna), name="Gun Ek", number=RESERVE)
    other = f.new_person(f.actor(county.frida), name="Gun Ek", number=NUMBER)
    sip = f.new_case(county.anna, person_id=person)
    discharge = discharge_at(county.frida, county.anna, person_id=person)
    before = rows(discharge)
    change = identities.change_number(sip, county.anna, NUMBER, IdentityKind.LINKED, name="Gun Ek")
    assert persons_of(sip, discharge) == {other}
    assert rows(discharge) == before
    assert waits_for_its_own_worker(discharge)
    undo_identity(
        process=SIP, actor=f.actor(county.anna), case_id=sip, change_id=change, reason="Fel", at=clock.now()
    )
    assert persons_of(sip, discharge) == {person}
    assert rows(discharge) == before


def persons_of(sip: UUID, discharge: Discharge) -> set[UUID]:
    return set(Case.objects.filter(pk__in=[sip, discharge.case_id]).values_list("person_id", flat=True))


def test_who_works_with_the_discharge_of_a_person_who_becomes_protected_goes_on_reading_it(
    county: f.County,
) -> None:
    person = f.new_person(f.actor(county.anna))
    sip = f.new_case(county.anna, person_id=person)
    discharge = discharge_at(county.frida, county.david, person_id=person)
    changes = PersonChanges(protection=Protection.CONFIDENTIALITY_MARK)
    change_person(
        process=SIP, actor=f.actor(county.anna), case_id=sip, version=1, changes=changes, at=clock.now()
    )
    named = NamedReader.objects.filter(case_id=discharge.case_id).values_list("user_id", flat=True)
    assert set(named) == {county.frida.user_id, county.david.user_id}
    assert waits_for_its_own_worker(discharge)


def test_two_sips_become_one_beside_a_discharge(county: f.County) -> None:
    asking, other = identities.two_sips(county.anna, county.david, reserve=RESERVE, number=NUMBER)
    discharge = discharge_at(county.frida, county.eva, person_id=Case.objects.get(pk=asking).person_id)
    for who, case_id in ((county.david, other), (county.anna, asking)):
        identities.say_yes(case_id, who, keep=other)
    assert persons_of(other, discharge) == {Case.objects.get(pk=other).person_id}
    assert waits_for_its_own_worker(discharge)


def test_two_discharges_at_once_keep_two_numbers_from_becoming_one_person(county: f.County) -> None:
    """At most one active case of each module: also of one that the SIP does not know."""
    person = f.new_person(f.actor(county.anna), name="Gun Ek", number=RESERVE)
    other = f.new_person(f.actor(county.frida), name="Gun Ek", number=NUMBER)
    sip = f.new_case(county.anna, person_id=person)
    for one in (person, other):
        discharge_at(county.frida, county.eva, person_id=one)
    with pytest.raises(Stale):
        identities.change_number(sip, county.anna, NUMBER, IdentityKind.LINKED, name="Gun Ek")


def test_a_worker_that_knows_sips_alone_leaves_the_rows_of_discharges(
    county: f.County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(PROCESSES, Module.SPU)
    discharge = discharge_at(county.frida, county.david)
    AppointedRightFactory(assignment=county.david, module=Module.SPU)
    UnitCase.objects.update(renew_at=clock.now())
    before = list(UnitCase.objects.filter(case_id=discharge.case_id).order_by("pk").values())
    while renew_worklists(at=clock.now(), limit=10):
        pass
    assert list(UnitCase.objects.filter(case_id=discharge.case_id).order_by("pk").values()) == before
