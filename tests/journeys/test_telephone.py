"""A case on a telephone: the chosen part comes first, and the list of parts is a link away, also without scripts."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import messages, states

pytestmark = [pytest.mark.requirement("L-09", "V-05")]
TELEPHONE = {"width": 390, "height": 844}


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def david(request, shared_place, at_desk):
    """At a unit that takes part in whatever the test makes."""
    return at_desk(
        shared_place, shared_place.county.david, viewport=TELEPHONE, java_script_enabled=request.param
    )


def test_the_part_comes_first_and_the_others_are_a_link_away(shared_place, david):
    case_id = states.bring(shared_place, f"Tea Telefon {david.page.viewport_size}", *states.ACCEPTED)
    david.page.goto(f"/sip/cases/{case_id}/initiative/")
    heading = david.page.get_by_role("heading", name="Initiativ", exact=True)
    assert heading.bounding_box()["y"] < TELEPHONE["height"]
    expect(david.parts).to_be_hidden()
    david.press("Visa ärendets delar")
    expect(david.parts).to_be_visible()
    david.press("Dölj ärendets delar")
    expect(david.parts).to_be_hidden()
    david.press("Visa ärendets delar")
    david.open_part("Informationsmeddelande")
    expect(david.page.get_by_role("heading", name="Informationsmeddelande", exact=True)).to_be_visible()
    expect(david.parts).to_be_hidden()


@pytest.mark.requirement("V-41")
def test_a_summons_is_acknowledged(shared_place, david):
    name = f"Tyra Telefon {id(david)}"
    states.bring(shared_place, name, *states.ACCEPTED, states.summons_sent)
    messages.acknowledge(david, name, "Kallelse")
    david.open_list()
    assert david.symbols(name)["Kallelse"] == "Klar"
