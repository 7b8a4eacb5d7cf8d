"""A name that is read from the right does not turn the sentence that it stands in: it keeps to itself."""

from html import unescape

import pytest
from django.urls import reverse

from samordna.accounts.models import User
from samordna.organisations.models import Organisation
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import CONSENT, at_work, press, read

pytestmark = pytest.mark.django_db
NAME, UNIT = "ليلى حسن", "מרפאה 12"


def alone(name: str) -> str:
    """As it stands in a sentence of ours: nothing beside it is read as a part of it."""
    return f"\u2068{name}\u2069"


@pytest.fixture
def county() -> f.County:
    county = f.county()
    User.objects.filter(pk=county.anna.user_id).update(name=NAME)
    Organisation.objects.filter(pk=county.home_care.pk).update(name=UNIT)
    Organisation.objects.filter(pk=county.social.pk).update(name=UNIT)
    county.anna.refresh_from_db()
    return county


@pytest.mark.requirement("V-20")
def test_banner_list_and_sender_keep_a_name_to_itself(county: f.County) -> None:
    case_id, _message = f.sent_initiative(county)
    david = at_work(county.david)
    page = unescape(read(david, case_id, Part.INITIATIVE))
    assert f"Från {alone(UNIT)} " in page, "the banner, before the time"
    assert f"Skickades av {alone(NAME)}, enhetschef, {alone(UNIT)}, " in page
    assert f"Från {alone(UNIT)} " in unescape(david.get(reverse("overview:sip")).content.decode())


@pytest.mark.requirement("V-20")
def test_confirmation_keeps_a_name_to_itself(county: f.County) -> None:
    case_id, message_id = f.sent_initiative(county, county.health_centre)
    anna = at_work(county.anna)
    add = {"recipient": county.social.pk, "acknowledge": county.social.pk, "send": "1", **CONSENT}
    told = unescape(
        press(anna, "add_recipients", case_id, message_id, consent_shown="1", **add).content.decode()
    )
    assert f"Det är skickat till {alone(UNIT)}." in told


@pytest.mark.requirement("V-72")
def test_history_keeps_a_name_to_itself(county: f.County) -> None:
    case_id = s.locked_plan(county)
    anna = at_work(county.anna)
    assert f"av {alone(NAME)} · låst" in unescape(read(anna, case_id, Part.PLAN))
    s.new_plan(case_id, county.anna)
    history = unescape(anna.get(reverse("sip:history", args=[case_id])).content.decode())
    assert f"av {alone(NAME)}<" in history
