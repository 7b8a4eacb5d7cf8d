"""The pieces that the pages of a case are made of."""

import pytest
from django.template.loader import render_to_string

from samordna.people import commands, presenters, queries
from samordna.people.forms import PersonForm, RelatedForm
from samordna.people.rules import PersonChanges
from samordna.people.states import Protection, Relation
from samordna.people.tests.factories import AT, OLD, person

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def someone(db):
    made = person(name=f"Erik {HOSTILE}")
    details = PersonChanges(
        phone="070-174 06 05", address="Storgatan 1", needs_interpreter=True, interpreter_language="finska"
    )
    commands.change_person(actor=None, person_id=made, version=1, changes=details, at=AT)
    commands.add_related(
        actor=None,
        person_id=made,
        relation=Relation.NEXT_OF_KIN,
        name=f"Eva {HOSTILE}",
        relation_text="dotter",
        contact="070-174 06 06",
        at=AT,
    )
    return made


def protect(person_id):
    changes = PersonChanges(protection=Protection.CONFIDENTIALITY_MARK)
    commands.change_person(actor=None, person_id=person_id, version=2, changes=changes, at=AT)


def page(person_id):
    card = queries.person_card(person_id, at=AT)
    context = {"person": presenters.person_bar(card, ("Samordningsansvarig", "Anna Exempel"))}
    parts = [
        render_to_string("people/person_bar.html", context),
        render_to_string("people/person_form.html", {"form": PersonForm(card=card)}),
        render_to_string(
            "people/related_list.html", {"related": presenters.related_rows(card), "end_name": "end_related"}
        ),
        render_to_string("people/related_form.html", {"form": RelatedForm(protected=card.protected)}),
        render_to_string(
            "people/identifier_history.html",
            {"numbers": presenters.identifier_rows(queries.identifier_history(person_id))},
        ),
        str(presenters.contact_facts(card)),
    ]
    return "\n".join(parts)


@pytest.mark.requirement("V-22")
def test_the_bar_shows_name_number_age_interpreter_and_that_the_name_was_typed(someone):
    text = page(someone)
    for shown in (OLD, "85 år", "finska", "skrivet för hand", "Samordningsansvarig", "Närstående (dotter)"):
        assert shown in text
    assert HOSTILE not in text


@pytest.mark.requirement("L-04")
def test_no_contact_details_of_a_protected_person_are_in_any_piece(someone):
    assert "Storgatan" in page(someone)
    protect(someone)
    text = page(someone)
    assert "Skyddad identitet" in text
    assert "Dolt: skyddad identitet" in text
    for hidden in ("Storgatan", "070-174"):
        assert hidden not in text
