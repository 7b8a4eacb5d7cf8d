"""Persons: found once, changed with a version, logged."""

import pytest

from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.kernel.identifiers import parse
from samordna.kernel.refusal import NotVisible, Refused, Stale
from samordna.people import commands, queries
from samordna.people.rules import PersonChanges
from samordna.people.states import NameSource, Protection, Relation
from samordna.people.tests.factories import (
    ANOTHER,
    AT,
    GROWN_UP,
    OLD,
    person,
)


def card(person_id):
    return queries.person_card(person_id, at=AT)


def change(person_id, version=1, **fields):
    commands.change_person(
        actor=None, person_id=person_id, version=version, changes=PersonChanges(**fields), at=AT
    )


def add_relative(person_id, **fields):
    typed = {
        "relation": Relation.NEXT_OF_KIN,
        "name": "Eva Exempel",
        "relation_text": "dotter",
        "contact": "070-1",
    }
    return commands.add_related(actor=None, person_id=person_id, at=AT, **{**typed, **fields})


def test_a_new_person_has_a_typed_name_and_is_found_again(db):
    made = commands.find_or_create_person(actor=None, identifier=parse(OLD), name="Erik Exempel", at=AT)
    again = commands.find_or_create_person(actor=None, identifier=parse("410110-6393"), name="Annan", at=AT)
    assert (made.created, again.created) == (True, False)
    assert made.id == again.id
    shown = card(made.id)
    assert (shown.name, shown.name_source, shown.name_typed) == ("Erik Exempel", NameSource.TYPED, True)
    assert (shown.number, shown.number_shown) == ("194101106393", OLD)
    assert Entry.objects.filter(action=Action.PERSON_CREATED, person_id=made.id).count() == 1


def test_somebody_new_needs_a_name_but_somebody_known_does_not(db):
    with pytest.raises(Refused) as refused:
        person(name="")
    assert refused.value.refusal.field == "name"
    person()
    assert person(name="") == person()


def test_changes_are_logged_by_field_and_not_by_value(db):
    someone = person()
    change(someone, phone="070-174 06 05", needs_interpreter=True, interpreter_language="finska")
    shown = card(someone)
    assert (shown.phone, shown.interpreter_language, shown.version) == ("070-174 06 05", "finska", 2)
    entry = Entry.objects.get(action=Action.PERSON_CHANGED)
    assert entry.details["fields"] == ["phone", "needs_interpreter", "interpreter_language"]
    assert "070" not in str(entry.details)


def test_who_comes_second_with_an_old_version_is_told(db):
    someone = person()
    change(someone, phone="070-174 06 05")
    with pytest.raises(Stale) as stale:
        change(someone, phone="070-174 06 06")
    assert stale.value.refusal.code == "person.changed"
    assert card(someone).phone == "070-174 06 05"


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"name": ""}, "person.no_name"), ({"needs_interpreter": True}, "person.no_language")],
)
def test_refused_changes_leave_everything_as_it_was(db, fields, code):
    someone = person()
    with pytest.raises(Refused) as refused:
        change(someone, **fields)
    assert refused.value.refusal.code == code
    assert card(someone).version == 1


def test_a_change_of_nothing_is_no_change(db):
    someone = person()
    change(someone, phone="")
    assert card(someone).version == 1
    assert not Entry.objects.filter(action=Action.PERSON_CHANGED).exists()


@pytest.mark.parametrize("level", [level for level in Protection if level != Protection.NONE])
def test_a_protected_persons_contact_details_never_leave_the_room(db, level):
    someone = person()
    change(someone, phone="070-174 06 05", address="Storgatan 1", municipality="Exempelköping")
    add_relative(someone)
    change(someone, version=2, protection=level)
    shown = card(someone)
    assert shown.protected
    assert (shown.phone, shown.address, shown.municipality) == (None, None, None)
    assert [row.contact for row in shown.related] == [None]
    assert queries.person_lines([someone])[someone].protected
    with pytest.raises(Refused) as refused:
        change(someone, version=3, protection=Protection.NONE)
    assert refused.value.refusal.code == "protection.only_raised"


def test_relatives_are_added_and_ended_and_logged(db):
    someone = person()
    daughter = add_relative(someone)
    add_relative(someone, relation=Relation.GUARDIAN, name="Åsa Exempel", relation_text="")
    assert [row.name for row in card(someone).related] == ["Åsa Exempel", "Eva Exempel"]
    commands.end_related(actor=None, person_id=someone, related_id=daughter, at=AT)
    assert [row.name for row in card(someone).related] == ["Åsa Exempel"]
    with pytest.raises(Refused):
        commands.end_related(actor=None, person_id=someone, related_id=daughter, at=AT)
    changes = Entry.objects.filter(action=Action.PERSON_CHANGED).order_by("id")
    assert [entry.details["change"] for entry in changes] == [
        "related_added",
        "related_added",
        "related_ended",
    ]


def test_a_relative_of_somebody_else_is_not_there(db):
    daughter = add_relative(person())
    with pytest.raises(NotVisible):
        commands.end_related(actor=None, person_id=person(GROWN_UP), related_id=daughter, at=AT)


def test_persons_are_found_by_part_of_their_name(db):
    asa, erik = person(GROWN_UP, "Åsa Öberg"), person(OLD, "Erik Öberg")
    assert set(queries.person_ids_named("öberg")) == {asa, erik}
    assert set(queries.person_ids_named("ÅSA ö")) == {asa}
    assert not set(queries.person_ids_named(" "))
    assert not set(queries.person_ids_named("%"))


def test_lists_cost_one_statement(db, django_assert_num_queries):
    ids = [person(OLD), person(GROWN_UP), person(ANOTHER)]
    with django_assert_num_queries(1):
        assert len(queries.person_lines(ids)) == 3
    with django_assert_num_queries(3):
        assert len(queries.person_cards(ids, at=AT)) == 3


def test_nobody_is_not_visible(db):
    someone = person()
    with pytest.raises(NotVisible):
        card("00000000-0000-4000-8000-000000000000")
    assert queries.person_by_identifier("194101106393") == someone
    assert queries.person_by_identifier("196207232882") is None
