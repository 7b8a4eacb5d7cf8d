"""A file that does not say all of the tree finds the units that are there, and what it changes is told of each."""

import pytest
from django.urls import reverse

from samordna.audit.models import Entry
from samordna.organisations.models import IncomingFile, Organisation
from samordna.organisations.tests.factories import department, operation, unit
from samordna.organisations.tests.test_import import answered, choose, shown, text
from samordna.organisations.views import incoming

HEADING = "huvudman;typ av huvudman;förvaltning;enhet;vårdform;telefon"
ROW = "Exempelköpings kommun;Kommun;Vård- och omsorgsförvaltningen;Boendet Eken;Särskilt boende;112"
NO_DEPARTMENT = (HEADING.replace("förvaltning;", ""), ROW.replace("Vård- och omsorgsförvaltningen;", ""))
EMPTY = (
    HEADING.replace("enhet", "verksamhet;enhet"),
    ROW.replace("Boendet", ";Boendet"),
)


@pytest.fixture
def below(places):
    return unit(operation(places.care), "Boendet Eken")


def taken(manager, file, answer=None):
    chosen = choose(manager, file)
    page, seen = shown(chosen, manager)
    if answer:
        page, seen = answered(manager, chosen, page, answer)
    manager.post(chosen.url, {"import": "1", "seen": seen})
    return page


def phones():
    named = Organisation.objects.filter(name__iexact="Boendet Eken").order_by("pk")
    return list(named.values_list("phone", flat=True))


@pytest.mark.parametrize(("heading", "row"), [(HEADING, ROW), NO_DEPARTMENT, EMPTY])
def test_a_unit_is_found_below_what_the_file_does_not_say(below, manager, heading, row):
    taken(manager, text(row, heading=heading))
    assert phones() == ["112"]
    below.refresh_from_db()
    assert below.parent.name == "Äldreomsorgen"


def test_of_two_units_with_one_name_it_is_asked_which(places, below, manager):
    other = unit(operation(places.care, "Hemvården"), "Boendet Eken")
    page = taken(manager, text(ROW, heading=HEADING))
    assert "Samma som Hemvården › Boendet Eken" in page
    assert phones() == ["", ""]
    taken(manager, text(ROW, heading=HEADING), "same:Hemvården › Boendet Eken")
    other.refresh_from_db()
    assert (other.phone, phones()) == ("112", ["", "112"])


def test_a_unit_right_below_and_one_further_down_are_asked_about(places, below, manager):
    """Unless the file names both with what they belong to, as an export does."""
    heading = HEADING.replace("enhet", "verksamhet;enhet")
    both = [ROW.replace("Boendet", f"{name};Boendet") for name in ("Äldreomsorgen", "")]
    assert "Samma som Äldreomsorgen › Boendet Eken" in taken(manager, text(*both, heading=heading))
    assert phones() == [""], "one that is named twice is not made a second time unasked"
    unit(places.care, "Boendet Eken")
    assert "Samma som Äldreomsorgen › Boendet Eken" in taken(manager, text(ROW, heading=HEADING))
    assert phones() == ["", ""]
    assert "Är det samma?" not in taken(manager, text(*both, heading=heading).replace("112", "113", 1))
    assert phones() == ["113", "112"]


def test_nearly_the_name_further_down_is_asked_about(below, manager):
    page = taken(manager, text(ROW.replace("Boendet Eken", "BOENDET-EKEN"), heading=HEADING))
    assert "Samma som Äldreomsorgen › Boendet Eken" in page
    assert phones() == [""]


def test_a_unit_in_another_department_is_another_one(places, below, manager):
    department(places.municipality, "Socialförvaltningen")
    taken(
        manager, text(ROW.replace("Vård- och omsorgsförvaltningen", "Socialförvaltningen"), heading=HEADING)
    )
    assert phones() == ["", "112"]


def test_a_new_name_by_hsa_id_that_is_nearly_a_neighbours_is_asked_about(places, manager):
    Organisation.objects.filter(pk=places.home_care.pk).update(hsa_id="TSTNMT1-A")
    unit(places.care, "Boendet Eken")
    heading, row = f"{HEADING};hsa-id", f"{ROW.replace('Eken', 'EKEN')};TSTNMT1-A"
    page = taken(manager, text(row, heading=heading))
    places.home_care.refresh_from_db()
    assert "Samma som Boendet Eken" in page
    assert places.home_care.name == "Hemtjänsten Norr"
    taken(manager, text(row, heading=heading), "new")
    places.home_care.refresh_from_db()
    assert places.home_care.name == "Boendet EKEN"


def test_what_a_file_changes_stands_in_the_log_for_each_place(places, manager):
    Organisation.objects.filter(pk=places.home_care.pk).update(hsa_id="TSTNMT1-A")
    heading, row = f"{HEADING};hsa-id;stängd", f"{ROW};TSTNMT1-A;"
    for closed, told in (("", "renamed changed"), ("2026-01-02", "closed"), ("(töm)", "reopened")):
        before = Entry.objects.count()
        taken(manager, text(f"{row}{closed}", heading=heading))
        new = Entry.objects.order_by("id")[before:]
        here = [one.details["change"] for one in new if one.object_id == str(places.home_care.pk)]
        assert " ".join(here) == told
        places.home_care.refresh_from_db()
        assert places.home_care.rows_stale_from is not None


def test_a_preview_holds_no_row(places, manager, django_assert_max_num_queries):
    chosen = choose(manager, text(ROW, heading=HEADING))
    with django_assert_max_num_queries(60) as asked:
        manager.get(chosen.url)
    assert not [one for one in asked.captured_queries if "FOR UPDATE" in one["sql"].upper()]


def test_answers_that_no_question_has_are_not_kept(places, manager):
    Organisation.objects.filter(pk=places.home_care.pk).update(name="Boendet Eken")
    chosen = choose(manager, text(ROW.replace("Eken", "EKEN"), heading=HEADING))
    key = "answer-" + "0" * 16
    assert (
        manager.post(chosen.url, {"answer-x": "new", key: "same:\0", "answer-\0": "new"}).status_code == 302
    )
    assert IncomingFile.objects.get().answers == {"0" * 16: "same:"}


def test_more_questions_than_a_form_holds_come_in_turn(places, manager, monkeypatch):
    monkeypatch.setattr(incoming, "MOST_QUESTIONS", 1)
    unit(places.care, "Boendet Eken")
    rows = (ROW.replace("Eken", "EKEN"), ROW.replace("Boendet Eken", "HEMTJÄNSTEN NORR"))
    chosen = choose(manager, text(*rows, heading=HEADING))
    page, _seen = shown(chosen, manager)
    assert ("Samma som Boendet Eken" in page, "Samma som Hemtjänsten Norr" in page) == (True, False)
    assert "1 fråga till kommer när de här är besvarade." in page
    page, _seen = answered(manager, chosen, page, "same:Boendet Eken")
    assert ("Samma som Boendet Eken" in page, "Samma som Hemtjänsten Norr" in page) == (False, True)


def test_every_cell_of_an_export_is_quoted(places, manager):
    Organisation.objects.filter(pk=places.home_care.pk).update(name="Sjukvård,=1+1,@SUM(A1)")
    exported = manager.get(reverse("organisations:export")).content.decode("utf-8-sig")
    assert '"Sjukvård,=1+1,@SUM(A1)"' in exported
    page, _seen = shown(choose(manager, exported), manager)
    assert "Filen ändrar ingenting." in page


@pytest.mark.parametrize("hsa_id", ["TSTNMT\u0661-A", "T\u017fTNMT1-A"])
def test_an_hsa_id_has_plain_letters_and_digits(places, manager, hsa_id):
    chosen = choose(manager, text(f"{ROW};{hsa_id}", heading=f"{HEADING};hsa-id"))
    assert "Skriv HSA-id" in manager.get(chosen.url).content.decode()
