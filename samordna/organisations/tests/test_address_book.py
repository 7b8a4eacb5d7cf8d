"""Finding units: by name, municipality and kind of care, in Swedish order, closed ones never."""

import pytest
from django.urls import reverse

from samordna.kernel.refusal import NotVisible
from samordna.organisations import commands, queries
from samordna.organisations.models import Organisation
from samordna.organisations.states import CareKind
from samordna.organisations.tests.factories import AT, unit

pytestmark = pytest.mark.both


def names(units):
    return [card.name for card in units]


@pytest.mark.parametrize(
    ("text", "municipality", "care_kind", "found"),
    [
        ("hemtj", "", "", ["Hemtjänsten Norr"]),
        ("HEMTJÄNSTEN  norr", "", "", ["Hemtjänsten Norr"]),
        ("norr", "", "", ["Hemtjänsten Norr"]),
        ("avdelning exempelsjukhuset", "", "", ["Avdelning 5"]),
        ("", "Exempelköping", "", ["Elevhälsan", "Hemtjänsten Norr"]),
        ("", "", CareKind.INPATIENT, ["Avdelning 5"]),
        ("elev", "Exempelköping", CareKind.HOME_CARE, []),
        ("norr, hemtjänsten", "", "", ["Hemtjänsten Norr"]),
        ("Hemtjänsten\u2013Norr", "", "", ["Hemtjänsten Norr"]),
        ("vård- och omsorg", "", "", ["Hemtjänsten Norr"]),
        ("%", "", "", []),
        ("_", "", "", []),
        (" -, ", "", "", []),
        ("%5", "", "", ["Avdelning 5"]),
        ("$", "", "", []),
        ("\x00hem\u202etj", "", "", ["Hemtjänsten Norr"]),
        ("x" * 200_000, "", "", []),
    ],
)
def test_units_are_found_by_part_of_name_municipality_and_kind(places, text, municipality, care_kind, found):
    assert names(queries.find_units(text, municipality, care_kind)) == found


def test_order_is_swedish_and_numbers_go_by_size(places):
    typed = ["Östergården", "Avdelning 10", "Ängsgården", "Zinkgruvan", "Ålgården", "édith", "Avdelning 9"]
    for name in typed:
        unit(places.hospital, name, municipality="Ordning")
    expected = ["Avdelning 9", "Avdelning 10", "édith", "Zinkgruvan", "Ålgården", "Ängsgården", "Östergården"]
    assert names(queries.find_units(municipality="Ordning")) == expected


def test_what_begins_with_the_text_comes_first(places):
    unit(places.care, "Akuta hemtjänsten")
    assert names(queries.find_units("hemtj")) == ["Hemtjänsten Norr", "Akuta hemtjänsten"]


def test_a_closed_unit_is_never_offered_but_can_still_be_shown(places):
    commands.close_place(actor=None, place_id=places.home_care.id, at=AT)
    assert queries.find_units("hemtj") == []
    assert queries.unit(places.home_care.id).closed
    assert queries.unit_cards([places.home_care.id])[places.home_care.id].closed


def test_a_card_tells_where_the_unit_belongs(places):
    card = queries.unit(places.ward.id)
    assert card.path == "Region Exempel › Exempelsjukhuset › Medicinkliniken"
    assert (card.principal_kind, card.department_name, card.operation_name) == (
        "REGION",
        "Exempelsjukhuset",
        "Medicinkliniken",
    )
    outside = queries.unit(places.authority.id)
    assert outside.external
    assert outside.department_id is None


def test_only_units_are_units(places):
    with pytest.raises(NotVisible):
        queries.unit(places.care.id)


def test_one_statement_however_many(places, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.find_units("e")
    with django_assert_num_queries(1):
        queries.unit_cards([places.ward.id, places.home_care.id, places.authority.id, 0])


@pytest.mark.requirement("V-02")
def test_the_page_shows_fifty_at_a_time_and_marks_external_units(places, at_work):
    for number in range(60):
        unit(places.care, f"Boende {number}", care_kind=CareKind.SPECIAL_HOUSING)
    page = at_work(places.home_care).get(reverse("organisations:address_book"))
    assert "64 enheter" in page.content.decode()
    assert len(page.context["page"].object_list) == 50
    last = (
        at_work(places.home_care).get(reverse("organisations:address_book"), {"page": "2"}).content.decode()
    )
    assert "Lokalkontoret" in last
    assert "Utanför systemet" in last


@pytest.mark.requirement("V-02")
@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 400, "²"])
def test_a_page_number_that_is_none_does_no_harm(places, at_work, number):
    assert (
        at_work(places.home_care).get(reverse("organisations:address_book"), {"page": number}).status_code
        == 200
    )


@pytest.mark.requirement("V-02")
def test_the_page_costs_the_same_for_one_unit_and_fifty(places, at_work, django_assert_max_num_queries):
    client = at_work(places.home_care)
    for number in range(50):
        unit(places.care, f"Boende {number}")
    with django_assert_max_num_queries(12):
        client.get(reverse("organisations:address_book"))


@pytest.mark.requirement("V-02")
def test_htmx_gets_results_alone_others_a_whole_page(places, at_work):
    client = at_work(places.home_care)
    asked = {"q": "avd", "add": "add_unit"}
    alone = client.get(
        reverse("organisations:search"), asked, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in alone
    assert f'name="add_unit" value="{places.ward.id}"' in alone
    whole = client.get(reverse("organisations:search"), asked).content.decode()
    assert "<html" in whole
    assert "Avdelning 5" in whole


@pytest.mark.requirement("V-02")
def test_search_leaves_out_what_is_chosen_and_takes_no_other_button_names(places, at_work):
    client = at_work(places.home_care)
    asked = {"q": "e", "exclude": [str(places.ward.id), "x", "²"], "add": '"><script>'}
    found = client.get(
        reverse("organisations:search"), asked, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Avdelning 5" not in found
    assert "Elevhälsan" in found
    assert "<button" not in found


@pytest.mark.requirement("V-02")
def test_a_name_with_markup_is_shown_as_text(places, at_work):
    unit(places.care, "<script>alert(1)</script>")
    page = at_work(places.home_care).get(reverse("organisations:address_book")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.requirement("V-02")
def test_the_unit_page_tells_how_to_reach_it(places, at_work):
    client = at_work(places.ward)
    page = client.get(reverse("organisations:unit", args=[places.home_care.id])).content.decode()
    assert "0150-000 01" in page
    assert "Hemtjänst" in page
    assert client.get(reverse("organisations:unit", args=[places.care.id])).status_code == 404
    assert client.get(reverse("organisations:unit", args=[10**20])).status_code == 404


def test_ids_above_are_the_place_and_all_above_it(places):
    above = queries.organisation_ids_above(places.ward.id)
    clinic = Organisation.objects.get(name="Medicinkliniken")
    assert above == (places.ward.id, clinic.id, places.hospital.id, places.region.id)
