"""Numbers as people write them, with the reason when they are wrong; details and relatives."""

from dataclasses import replace

import pytest

from samordna.kernel.identifiers import Kind
from samordna.people import queries
from samordna.people.forms import IdentifierForm, PersonForm, RelatedForm
from samordna.people.states import Protection
from samordna.people.tests.factories import AT, CHILD, COORDINATION, OLD, RESERVE, person


@pytest.mark.parametrize(
    ("typed", "value", "kind"),
    [
        ("19410110-6393", "194101106393", Kind.PERSONAL),
        ("410110-6393", "194101106393", Kind.PERSONAL),
        (" 1941 01 10 6393 ", "194101106393", Kind.PERSONAL),
        ("194101106393", "194101106393", Kind.PERSONAL),
        ("1941\u20130110\u00a06393", "194101106393", Kind.PERSONAL),
        (COORDINATION, COORDINATION.replace("-", ""), Kind.COORDINATION),
        ("25780404khd5", "25780404KHD5", Kind.NATIONAL_RESERVE),
    ],
)
def test_numbers_as_people_write_them(typed, value, kind):
    form = IdentifierForm({"identifier": typed})
    assert form.is_valid()
    assert (form.cleaned_data["identifier"].value, form.cleaned_data["identifier"].kind) == (value, kind)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("19410110-6394", "check_digit"),
        ("19411310-6393", "date"),
        ("20991231-2393", "future"),
        ("1941011-6393", "length"),
        ("19410110-639Å", "characters"),
        ("<script>alert(1)</script>", "characters"),
        ("25780404KHD6", "check_digit"),
        ("1" * 200_000, "length"),
    ],
)
def test_a_wrong_number_is_told_with_the_reason_at_the_field(typed, code):
    form = IdentifierForm({"identifier": typed})
    assert not form.is_valid()
    (error,) = form.errors.as_data()["identifier"]
    assert error.code == code
    assert form["identifier"].value() == typed


def test_an_interpreter_needs_a_language(db):
    card = queries.person_card(person(), at=AT)
    typed = {"version": "1", "name": "Erik Exempel", "protection": "NONE", "needs_interpreter": "on"}
    form = PersonForm(typed, card=card)
    assert form.errors == {"interpreter_language": ["Skriv vilket språk tolken behövs i."]}
    form = PersonForm({**typed, "interpreter_language": "finska"}, card=card)
    assert form.is_valid()
    assert form.changes().interpreter_language == "finska"


def test_contact_details_of_a_protected_person_are_not_asked_for(db):
    card = queries.person_card(person(), at=AT)
    typed = {"version": "1", "name": "Erik Exempel", "protection": "FICTITIOUS", "phone": "070-174 06 05"}
    assert PersonForm(typed, card=card).fields.keys() >= {"phone", "address", "municipality"}
    protected = replace(card, protected=True, protection=Protection.FICTITIOUS, phone=None, address=None)
    form = PersonForm(typed, card=protected)
    assert form.is_valid()
    assert not form.fields.keys() & {"phone", "address", "municipality"}
    assert form.changes().phone is None


def test_a_relative_has_a_name_and_a_relation():
    assert set(RelatedForm({"relation": "GUARDIAN", "name": ""}).errors) == {"name"}
    assert set(RelatedForm({"relation": "OTHER", "name": "Eva"}).errors) == {"relation_text"}
    assert set(RelatedForm({"relation": "BOSS", "name": "Eva"}).errors) == {"relation"}
    form = RelatedForm(
        {"relation": "NEXT_OF_KIN", "name": "Eva", "relation_text": "dotter", "contact": "070-1"}
    )
    assert form.is_valid()
    assert form.typed()["relation_text"] == "dotter"


@pytest.mark.parametrize(
    ("number", "age", "child"), [(OLD, 85, False), (CHILD, 10, True), (RESERVE, 48, False)]
)
def test_age_follows_from_the_number(db, number, age, child):
    card = queries.person_card(person(number), at=AT)
    assert (card.age, card.is_child) == (age, child)
