"""Two processes beside each other: what is asked of one says nothing of the other."""

import pytest
from django.urls import reverse

from samordna.assignments.models import ModuleRight
from samordna.assignments.tests.factories import SystemRoleGrantFactory
from samordna.discharge import events
from samordna.discharge.queries import discharge_for_rebuild
from samordna.discharge.tests import factories as d
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.overview.queries import events as offered
from samordna.sip.tests import factories as f
from samordna.sip.tests.message_pages import at_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return d.county()


@pytest.mark.requirement("K-04", "V-23")
def test_a_person_has_one_of_each_with_numbers_of_one_counter(county: f.County) -> None:
    sip = f.new_case(county.frida)
    person_id = f.facts_of(sip).case.person_id
    discharge = discharge_for_rebuild(d.admitted(county.frida, person_id=person_id)).case
    assert discharge.number != f.facts_of(sip).case.number
    assert (discharge.module, discharge.person_id) == (Module.SPU, person_id)


@pytest.mark.requirement("K-06", "V-25")
def test_discharges_are_handed_over_to_who_may_use_them_and_sips_to_who_may_use_those(
    county: f.County,
) -> None:
    """Olle has no right in discharges, Bertil none in SIPs."""
    ModuleRight.objects.filter(module=Module.SPU, profession=county.olle.profession).delete()
    ModuleRight.objects.filter(module=Module.SIP, profession=county.bertil.profession).delete()
    SystemRoleGrantFactory(user=county.frida.user, organisation=county.home_care)
    frida, today = at_work(county.frida), clock.today(clock.now())
    address = reverse("assignments:assignment_end", args=[county.anna.user_id, county.anna.pk])
    case_id = d.admitted(county.anna)
    choices = frida.get(address).context["form"].fields["to"].choices
    assert {value for value, _label in choices} == {"", county.bertil.pk}
    handed = frida.post(address, {"ends_on": today, "to": county.bertil.pk}, follow=True)
    assert "1 ärende är överlämnat." in handed.content.decode()
    assert discharge_for_rebuild(case_id).case.coordinator.name == "Bertil Ek"


@pytest.mark.requirement("K-06", "V-25")
def test_who_takes_over_both_may_use_both(county: f.County) -> None:
    ModuleRight.objects.filter(module=Module.SPU, profession=county.olle.profession).delete()
    SystemRoleGrantFactory(user=county.frida.user, organisation=county.home_care)
    frida, today = at_work(county.frida), clock.today(clock.now())
    address = reverse("assignments:assignment_end", args=[county.anna.user_id, county.anna.pk])
    sip, discharge = f.new_case(county.anna), d.admitted(county.anna)
    choices = frida.get(address).context["form"].fields["to"].choices
    assert {value for value, _label in choices} == {"", county.bertil.pk}
    handed = frida.post(address, {"ends_on": today, "to": county.bertil.pk}, follow=True)
    assert "2 ärenden är överlämnade." in handed.content.decode()
    names = {f.facts_of(sip).case.coordinator.name, discharge_for_rebuild(discharge).case.coordinator.name}
    assert names == {"Bertil Ek"}


@pytest.mark.requirement("V-11")
def test_mails_of_discharges_are_offered_where_somebody_may_use_them(county: f.County) -> None:
    assert set(events.EVENTS) <= set(offered())
    ModuleRight.objects.filter(module=Module.SPU).delete()
    assert not set(events.EVENTS) & set(offered())
