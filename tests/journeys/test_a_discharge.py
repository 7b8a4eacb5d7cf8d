"""A ward tells of an admission and that the patient is ready; the health centre acknowledges; each in its own list."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from samordna.assignments.models import ModuleRight
from samordna.kernel import clock
from samordna.kernel.module import Module
from tests.journeys.steps import messages
from tests.journeys.steps.accessibility import breaches
from tests.journeys.steps.county import HEALTH_CENTRE
from tests.journeys.steps.desk import Desk

pytestmark = [pytest.mark.requirement("V-03", "V-20")]
NAME = "Sten Sängliggande"


@pytest.fixture
def place(own_place):
    """The region's units use discharges beside SIPs; the municipality does not."""
    with own_place.inside() as county:
        of_region = {county.hospital.department_id, county.health_centre.department_id}
        for right in list(ModuleRight.objects.filter(department_id__in=of_region)):
            right.pk, right.module = None, Module.SPU
            right.save()
    return own_place


def open_spu(desk: Desk) -> None:
    desk.page.goto("/spu/")
    desk.sees_heading("SPU Översikt")
    desk.settle()


def test_from_admission_to_ready(place, at_desk):
    frida = at_desk(place, place.county.frida, fresh=True)
    david = at_desk(place, place.county.david, fresh=True)
    anna = at_desk(place, place.county.anna, fresh=True)
    now = clock.local(clock.now())
    # The work begins there, for who may use both.
    frida.sees_heading("SPU Översikt")
    frida.press("Nytt ärende")
    frida.fill("Personnummer", place.unused_number())
    frida.press("Fortsätt")
    frida.fill("Namn", NAME)
    frida.press("Skapa ärende")
    frida.sees_heading("Inskrivningsmeddelande")
    frida.add_recipients([HEALTH_CENTRE])
    frida.fill("Inskriven, dag", (now + timedelta(days=1)).strftime("%Y-%m-%d"))
    frida.fill("Inskriven, klockslag", "08.00")
    frida.fill("Planerad utskrivning", now.strftime("%Y-%m-%d"))
    frida.press("Granska och skicka")
    frida.sees("Inskrivningen ligger framåt i tiden.")
    frida.fill("Inskriven, dag", (now - timedelta(days=1)).strftime("%Y-%m-%d"))
    frida.tick("Troligt")
    assert breaches(frida.page) == []
    messages.check_and_send(frida, "Skicka inskrivningsmeddelande till 1 enhet")
    frida.sees("Inskrivningsmeddelandet är skickat till 1 enhet.", "Troligt")

    open_spu(david)
    expect(david.row(NAME)).to_contain_text("Kvittera inskrivningsmeddelandet")
    assert david.symbols(NAME) == {"Inskrivningsmeddelande": "Att göra"}
    david.symbol(NAME, "Inskrivningsmeddelande").click()
    david.press("Kvittera")
    david.sees("Er enhet har kvitterat")

    open_spu(frida)
    assert frida.symbols(NAME) == {"Inskrivningsmeddelande": "Klar", "Utskrivningsklar": "Att göra"}
    expect(frida.row(NAME)).to_contain_text("Meddela att patienten är utskrivningsklar")
    assert breaches(frida.page) == []
    frida.symbol(NAME, "Utskrivningsklar").click()
    assert frida.recipients() == {HEALTH_CENTRE}
    frida.fill("Bedömd av läkare", "Åke Läkare, överläkare")
    frida.fill("Bedömd, dag", now.strftime("%Y-%m-%d"))
    frida.fill("Bedömd, klockslag", now.strftime("%H.%M"))
    frida.press("Granska och skicka")
    # Unlike the admission it is told upon consent.
    messages.give_consent(frida)
    frida.press("Meddela 1 enhet")
    frida.sees("1 enhet har fått veta att patienten är utskrivningsklar.")

    open_spu(david)
    expect(david.row(NAME)).to_contain_text("Kvittera att patienten är utskrivningsklar")
    david.symbol(NAME, "Utskrivningsklar").click()
    david.press("Kvittera")
    open_spu(frida)
    assert frida.symbols(NAME) == {"Inskrivningsmeddelande": "Klar", "Utskrivningsklar": "Klar"}

    frida.page.goto("/sip/")
    assert frida.row(NAME).count() == 0
    anna.page.goto("/sip/")
    expect(anna.page.get_by_role("link", name="SPU", exact=True)).to_have_count(0)
