"""Every part opens and begins from the list and from the page of the case (V-05)."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.urls import reverse

from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work
from samordna.sip.words import PART_SLUGS

pytestmark = pytest.mark.django_db


def _sbar(county: f.County) -> UUID:
    s.switch_sbar_on()
    return f.sent_initiative(county)[0]


READY: dict[Part, tuple[Callable[[f.County], UUID], str]] = {
    Part.INITIATIVE: (lambda county: f.new_case(county.anna), "draft"),
    Part.SBAR: (_sbar, "sbar_begin"),
    Part.SUMMONS: (f.accepted_case, "draft"),
    Part.PLAN: (f.summoned_case, "begin_plan"),
    Part.FOLLOW_UP: (s.locked_plan, "follow_up_activate"),
    Part.EVALUATION_SUMMONS: (s.locked_plan, "draft"),
    Part.EVALUATION: (s.locked_follow_up, "evaluation_begin"),
    Part.INFORMATION: (lambda county: f.sent_initiative(county)[0], "draft"),
}


def test_no_part_is_left_out() -> None:
    assert set(READY) == set(Part)


@pytest.mark.requirement("V-05", "V-01", "V-20")
@pytest.mark.parametrize("part", list(READY))
def test_a_part_that_is_ready_is_begun_from_the_list_and_from_the_case(part: Part) -> None:
    county = f.county()
    build, begins = READY[part]
    case_id = build(county)
    anna, overview = at_work(county.anna), reverse("overview:sip")
    there = reverse("sip:part", args=[case_id, PART_SLUGS[part]])
    row = anna.get(overview).content.decode()
    assert f"href={there.removeprefix(overview)}>" in row, "its symbol in the list"
    case = anna.get(reverse("sip:units", args=[case_id])).content.decode()
    parts = case.split('aria-label="SIP-information"')[1].split("</nav>")[0]
    assert f'href="{there}' in parts, "its line beside every page of the case"
    address = reverse(f"sip:{begins}", args=[case_id, PART_SLUGS[part]] if begins == "draft" else [case_id])
    page = anna.get(there).content.decode()
    assert f'action="{address}"' in page
    if begins != "draft":
        begun = anna.post(address, follow=True).content.decode()
        assert f'action="{address}"' not in begun, "it is begun"
