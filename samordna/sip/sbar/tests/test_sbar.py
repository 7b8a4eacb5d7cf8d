"""*Kartläggning enligt SBAR* (V-40): a part of the preparation where the county uses it."""

from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.casework.file.steps.rows import part_views
from samordna.organisations.models import Setting
from samordna.sip.models import SbarContent
from samordna.sip.requirements import begin_refusal
from samordna.sip.sbar.queries import sbar_of
from samordna.sip.states import Beginning, Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from tests.support.stages import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("V-40")]


@pytest.fixture
def county() -> f.County:
    return f.county()


@built_once
def accepted_case(county: f.County) -> UUID:
    """In a county that uses SBAR."""
    s.switch_sbar_on()
    return f.accepted_case(county)


@pytest.fixture
def case_id(county: f.County) -> UUID:
    return accepted_case(county)


def browser(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def url(name: str, case_id: UUID, *more: object) -> str:
    return reverse(f"sip:{name}", args=[case_id, *more])


def page_url(case_id: UUID) -> str:
    return url("part", case_id, "sbar")


def text(response: HttpResponse) -> str:
    return response.content.decode()


def posted(case_id: UUID, **said: str) -> dict[str, str]:
    stands = sbar_of(s.edition_of(case_id, Part.SBAR))
    base = {f"base_{name}": value for name, value in stands.texts.items()}
    return base | stands.texts | said | {"version": str(stands.written.version), "act": "save"}


def sign(client: Client, case_id: UUID) -> HttpResponse:
    review = client.get(url("sbar_sign", case_id))
    return client.post(url("sbar_sign", case_id), {"seen": review.context["form"]["seen"].value()})


def test_where_it_is_switched_off_nothing_leads_to_it_and_its_page_says_so(
    county: f.County, case_id: UUID
) -> None:
    """A link that was shown before leads to a sentence, not to a page that is missing."""
    anna = browser(county.anna)
    assert page_url(case_id) in text(anna.get(url("part", case_id, "initiative")))
    assert anna.get(page_url(case_id)).status_code == 200
    Setting.objects.all().delete()
    assert page_url(case_id) not in text(anna.get(url("part", case_id, "initiative")))
    for name in ("sbar_begin", "sbar_sign"):
        anna.post(url(name, case_id))
    assert f.facts_of(case_id).standing(Part.SBAR) is None
    page = anna.get(page_url(case_id))
    assert page.status_code == 200
    assert "SBAR används inte i länet." in text(page)
    assert Part.SBAR not in part_views(f.facts_of(case_id), county.home_care.pk)


def test_what_was_signed_before_it_was_switched_off_is_read_and_not_changed(
    county: f.County, case_id: UUID
) -> None:
    s.begun_sbar(case_id, county.anna)
    s.sign_sbar(case_id, county.anna)
    Setting.objects.all().delete()
    david = browser(county.david)
    assert page_url(case_id) in text(david.get(url("part", case_id, "initiative")))
    david.post(url("sbar_begin", case_id))
    page = text(david.get(page_url(case_id)))
    assert "Har ramlat två gånger" in page
    assert "SBAR används inte i länet." in page
    assert f.facts_of(case_id).standing(Part.SBAR).open_version is None


def test_it_begins_when_the_initiative_is_sent(county: f.County) -> None:
    case_id = f.new_case(county.anna)
    s.switch_sbar_on()
    anna = browser(county.anna)
    refusal = begin_refusal(f.facts_of(case_id), Beginning.SBAR)
    assert refusal is not None
    assert str(refusal.message) in text(anna.get(page_url(case_id)))
    anna.post(url("sbar_begin", case_id))
    assert f.facts_of(case_id).standing(Part.SBAR) is None
    f.send_an_initiative(case_id, county.anna, [county.health_centre])
    anna.post(url("sbar_begin", case_id))
    assert f.facts_of(case_id).standing(Part.SBAR) is not None


def test_four_texts_are_written_signed_and_then_seen_by_all(county: f.County, case_id: UUID) -> None:
    anna, david = browser(county.anna), browser(county.david)
    anna.post(url("sbar_begin", case_id))
    page = text(anna.get(page_url(case_id)))
    for label in ("Situation", "Bakgrund", "Aktuellt tillstånd", "Rekommendation"):
        assert label in page
    assert f'data-draft-url="{reverse("drafts:save")}"' in page
    assert "Skriv något i minst ett av fälten." in text(sign(anna, case_id))
    anna.post(page_url(case_id), posted(case_id, situation="Har ramlat", recommendation="Kalla rehab"))
    assert "Har ramlat" not in text(david.get(page_url(case_id)))
    answer = anna.post(page_url(case_id), posted(case_id, background="Bor ensam", review="1"))
    assert answer.url == url("sbar_sign", case_id)
    sign(anna, case_id)
    page = text(david.get(page_url(case_id)))
    for said in ("Har ramlat", "Bor ensam", "Kalla rehab"):
        assert said in page


def test_another_unit_edits_it_and_the_earlier_version_is_read(county: f.County, case_id: UUID) -> None:
    s.begun_sbar(case_id, county.anna)
    s.sign_sbar(case_id, county.anna)
    david = browser(county.david)
    david.post(url("sbar_begin", case_id))
    refused = browser(county.anna).post(page_url(case_id), posted(case_id, situation="Annas försök"))
    assert "David Holm, Vårdcentralen Linden, skriver." in text(refused)
    assert "Annas försök" in text(refused)
    david.post(page_url(case_id), posted(case_id, assessment="Yr vid uppresning"))
    sign(david, case_id)
    SbarContent.objects.update(situation="Ändrat efteråt")
    page = david.get(page_url(case_id))
    assert "Yr vid uppresning" in text(page)
    assert "Ändrat efteråt" not in text(page)
    (earlier,) = page.context["earlier"]
    assert "Har ramlat två gånger" in text(david.get(earlier.url))


def test_two_at_one_unit_who_change_the_same_text_choose(county: f.County, case_id: UUID) -> None:
    s.begun_sbar(case_id, county.anna)
    anna, bertil = browser(county.anna), browser(county.bertil)
    old = posted(case_id, situation="Annas text")
    bertil.post(page_url(case_id), posted(case_id, situation="Bertils text", background="Bertils bakgrund"))
    conflict = anna.post(page_url(case_id), old)
    assert conflict.status_code == 409
    chosen = {"act": "resolve", "version": str(conflict.context["version"]), "situation_choice": "mine"}
    anna.post(page_url(case_id), chosen)
    said = sbar_of(s.edition_of(case_id, Part.SBAR))
    assert (said.situation, said.background) == ("Annas text", "Bertils bakgrund")


def test_what_was_put_together_is_kept_when_it_is_signed_meanwhile(county: f.County, case_id: UUID) -> None:
    s.begun_sbar(case_id, county.anna)
    anna, bertil = browser(county.anna), browser(county.bertil)
    old = posted(case_id, situation="Annas text")
    bertil.post(page_url(case_id), posted(case_id, situation="Bertils text"))
    version = str(anna.post(page_url(case_id), old).context["version"])
    sign(bertil, case_id)
    chosen = {
        "act": "resolve",
        "version": version,
        "situation_choice": "edited",
        "situation": "Hopsatt av två",
    }
    assert anna.post(page_url(case_id), chosen).status_code == 409
    # Nor does a late *Signera*, which holds no text, take its place.
    sign_again = anna.post(url("sbar_sign", case_id), {"seen": "x"})
    assert sign_again.status_code == 200
    page = text(anna.get(page_url(case_id)))
    assert "Hopsatt av två" in page
    assert "Annas text" in page


def test_an_outsider_and_too_much_text(county: f.County, case_id: UUID) -> None:
    s.begun_sbar(case_id, county.anna)
    assert browser(county.eva).get(page_url(case_id)).status_code == 404
    anna = browser(county.anna)
    page = anna.post(page_url(case_id), posted(case_id, situation="x" * 200_000))
    assert page.context["form"].errors["situation"]
    anna.post(page_url(case_id), posted(case_id, situation="<script>alert(1)</script>"))
    assert "<script>alert(1)" not in text(anna.get(page_url(case_id)))
