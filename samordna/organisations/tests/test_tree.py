"""Keeping the tree current: who may, what is refused, what follows."""

import pytest
from django.urls import reverse

from samordna.assignments.states import SystemRole
from samordna.audit.models import Entry
from samordna.kernel.actor import Held
from samordna.kernel.refusal import Refused, Stale
from samordna.organisations import commands, queries, rules
from samordna.organisations.models import Organisation
from samordna.organisations.rules import Place, Reach
from samordna.organisations.states import CareKind, Level
from samordna.organisations.tests.factories import AT, unit

pytestmark = pytest.mark.requirement("K-13")


def unit_place(name="Nya enheten", **fields):
    return Place(Level.UNIT, name, **{"care_kind": CareKind.HOME_CARE, **fields})


@pytest.mark.parametrize(
    ("place", "parent", "code"),
    [
        (unit_place(), Level.DEPARTMENT, None),
        (unit_place(), Level.OPERATION, None),
        (unit_place(), Level.PRINCIPAL, "place.wrong_parent"),
        (unit_place(external=True), Level.PRINCIPAL, None),
        (unit_place(), Level.UNIT, "place.wrong_parent"),
        (unit_place(""), Level.DEPARTMENT, "place.no_name"),
        (unit_place(care_kind=""), Level.DEPARTMENT, "place.no_care_kind"),
        (Place(Level.PRINCIPAL, "X kommun"), None, "place.no_principal_kind"),
        (Place(Level.DEPARTMENT, "X"), None, "place.wrong_parent"),
        (Place(Level.OPERATION, "X"), Level.PRINCIPAL, "place.wrong_parent"),
        (unit_place(hsa_id="SE2120000340-ABC1"), Level.DEPARTMENT, None),
        (unit_place(hsa_id="se162120000340-abc1"), Level.DEPARTMENT, None),
        (unit_place(hsa_id="TSTNMT2321000156-1"), Level.DEPARTMENT, None),
        (unit_place(hsa_id="SE2120000341-ABC1"), Level.DEPARTMENT, "place.hsa_id_check"),
        (unit_place(hsa_id="SE2120000340"), Level.DEPARTMENT, "place.hsa_id_form"),
        (unit_place(hsa_id="SE2120000340-Å"), Level.DEPARTMENT, "place.hsa_id_form"),
        (unit_place(hsa_id="SE2120000340-" + "A" * 20), Level.DEPARTMENT, "place.hsa_id_form"),
        (unit_place(notify_email="inte en adress"), Level.DEPARTMENT, "place.notify_email"),
    ],
)
def test_what_a_place_must_be_like(place, parent, code):
    refusal = rules.place_refusal(place, parent)
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({("SYSTEM_MANAGER", "PRINCIPAL", "REGION")}, Reach(True, frozenset({7}), departments=True)),
        ({("SYSTEM_MANAGER", "PRINCIPAL", "MUNICIPALITY")}, Reach(False, frozenset({7}), departments=True)),
        ({("SYSTEM_MANAGER", "UNIT", "")}, Reach(False, frozenset({7}))),
        ({("ADMINISTRATOR", "PRINCIPAL", "REGION")}, Reach(False, frozenset({7}), departments=True)),
        ({("ADMINISTRATOR", "DEPARTMENT", "")}, Reach(False, frozenset({7}), departments=True)),
        ({("ADMINISTRATOR", "OPERATION", "")}, Reach(False, frozenset({7}))),
        ({("SUPERUSER", "PRINCIPAL", "REGION")}, Reach()),
        (set(), Reach()),
    ],
)
def test_who_keeps_what(held, expected):
    assert rules.reach([Held(role, 7, level, kind) for role, level, kind in held]) == expected


def test_an_administrator_adds_renames_and_closes_in_the_own_department(places, administrator):
    add = reverse("organisations:add", args=[places.care.id])
    administrator.post(add, {"level": "UNIT", "name": "Nya boendet", "care_kind": "SPECIAL_HOUSING"})
    made = Organisation.objects.get(name="Nya boendet")
    assert (made.principal_id, made.department_id) == (places.municipality.id, places.care.id)

    page = administrator.get(reverse("organisations:place", args=[made.id]))
    typed = {
        "seen": page.context["form"]["seen"].value(),
        "name": "Solgården",
        "care_kind": "SPECIAL_HOUSING",
    }
    administrator.post(reverse("organisations:place", args=[made.id]), typed)
    assert [card.name for card in queries.find_units("solg")] == ["Solgården"]

    close = reverse("organisations:close", args=[made.id])
    assert "Solgården går inte längre att välja" in administrator.get(close).content.decode()
    administrator.post(close, {"seen": administrator.get(close).context["form"]["seen"].value()})
    assert queries.find_units("solg") == []
    changes = Entry.objects.filter(object_kind="organisation", object_id=str(made.id)).order_by("id")
    assert [entry.details["change"] for entry in changes] == ["added", "renamed", "closed"]

    administrator.post(reverse("organisations:reopen", args=[made.id]))
    assert [card.name for card in queries.find_units("solg")] == ["Solgården"]


def test_another_department_does_not_exist_for_an_administrator(places, administrator):
    for name, place in (("place", places.school), ("add", places.school), ("close", places.pupil_health)):
        address = reverse(f"organisations:{name}", args=[place.id])
        assert administrator.get(address).status_code == 404
        typed = {"seen": "x", "name": "Ny", "level": "OPERATION"}
        assert administrator.post(address, typed).status_code == 404
    places.school.refresh_from_db()
    places.pupil_health.refresh_from_db()
    assert places.school.name == "Bildningsförvaltningen"
    assert places.pupil_health.closed_on is None
    assert not Organisation.objects.filter(name="Ny").exists()


@pytest.mark.parametrize("name", ["tree", "settings", "add_principal"])
def test_the_pages_do_not_exist_for_others(places, at_work, name):
    client = at_work(places.home_care, role=SystemRole.SUPERUSER, over=places.care)
    assert client.get(reverse(f"organisations:{name}")).status_code == 404


def test_only_the_region_adds_a_principal(places, manager):
    manager.post(
        reverse("organisations:add_principal"), {"name": "Grannkommunen", "principal_kind": "MUNICIPALITY"}
    )
    made = Organisation.objects.get(name="Grannkommunen")
    assert (made.level, made.principal_id, made.parent_id) == (Level.PRINCIPAL, None, None)


def test_an_administrator_adds_no_principal(places, administrator):
    add = reverse("organisations:add_principal")
    assert administrator.get(add).status_code == 404
    typed = {"name": "Grannkommunen", "principal_kind": "MUNICIPALITY"}
    assert administrator.post(add, typed).status_code == 404
    assert not Organisation.objects.filter(name="Grannkommunen").exists()


def test_renaming_a_department_is_found_in_its_units(places):
    card = queries.place_card(places.hospital.id)
    renamed = Place(Level.DEPARTMENT, "Lasarettet")
    commands.change_place(
        actor=None, place_id=places.hospital.id, seen=card.place.fingerprint, place=renamed, at=AT
    )
    assert [unit.name for unit in queries.find_units("lasarettet")] == ["Avdelning 5"]
    assert queries.find_units("exempelsjukhuset") == []


def test_who_comes_second_learns_that_it_was_changed(places):
    seen = queries.place_card(places.home_care.id).place.fingerprint
    change = {"actor": None, "place_id": places.home_care.id, "seen": seen, "at": AT}
    commands.change_place(**change, place=unit_place("Hemtjänsten Syd"))
    with pytest.raises(Stale) as stale:
        commands.change_place(**change, place=unit_place("Hemtjänsten Väst"))
    assert stale.value.refusal.code == "place.changed"
    assert queries.unit(places.home_care.id).name == "Hemtjänsten Syd"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda p: commands.close_place(actor=None, place_id=p.care.id, at=AT), "place.open_below"),
        (lambda p: commands.reopen_place(actor=None, place_id=p.care.id, at=AT), "place.not_closed"),
        (lambda p: unit(p.care, "Hemtjänsten Norr"), "place.name_taken"),
        (lambda p: unit(p.school, "Ny", hsa_id="tstnmt1-a"), "place.hsa_id_taken"),
    ],
)
def test_refused(places, act, code):
    unit(places.care, "Med id", hsa_id="TSTNMT1-A")
    with pytest.raises(Refused) as refused:
        act(places)
    assert refused.value.refusal.code == code


def test_nothing_is_added_below_what_is_closed_nor_opened_there(places):
    commands.close_place(actor=None, place_id=places.home_care.id, at=AT)
    commands.close_place(actor=None, place_id=places.care.id, at=AT)
    with pytest.raises(Refused) as added:
        unit(places.care, "Ny")
    assert added.value.refusal.code == "place.below_closed"
    with pytest.raises(Refused) as opened:
        commands.reopen_place(actor=None, place_id=places.home_care.id, at=AT)
    assert opened.value.refusal.code == "place.parent_closed"


def test_one_does_not_close_the_unit_one_stands_at(places, administrator):
    administrator.post(reverse("organisations:close", args=[places.home_care.id]))
    places.home_care.refresh_from_db()
    assert places.home_care.closed_on is None


def test_closing_is_offered_only_where_that_leads_somewhere(places, administrator):
    """Not the unit one stands at, nor what has open units below it: why not stands there instead."""
    for place in (places.home_care, places.care):
        page = administrator.get(reverse("organisations:place", args=[place.id])).content.decode()
        address = reverse("organisations:close", args=[place.id])
        assert f'href="{address}"' not in page
        assert administrator.get(address).status_code == 409
        assert "Stäng:" in page
    other = unit(places.care, "Solgården")
    address = reverse("organisations:close", args=[other.id])
    assert (
        f'href="{address}"'
        in administrator.get(reverse("organisations:place", args=[other.id])).content.decode()
    )
    assert administrator.get(address).status_code == 200


def test_bad_input_is_told_at_the_field(places, administrator):
    typed = {"level": "UNIT", "name": " ", "care_kind": "", "hsa_id": "SE2120000341-A", "phone": "ring mig"}
    page = administrator.post(reverse("organisations:add", args=[places.care.id]), typed)
    errors = page.context["form"].errors
    assert set(errors) == {"name", "hsa_id", "phone"}
    text = page.content.decode()
    assert "<title>Fel: " in text
    assert "den sista siffran stämmer inte" in text
    assert "SE2120000341-A" in text
    typed = {"level": "UNIT", "name": "Namn", "care_kind": ""}
    page = administrator.post(reverse("organisations:add", args=[places.care.id]), typed)
    assert page.context["form"].errors == {"care_kind": ["Välj vårdform."]}


def typed_unit(name, **more):
    return {"level": "UNIT", "name": name, "care_kind": "HOME_CARE", **more}


@pytest.mark.parametrize(
    "name",
    [
        "HEMTJÄNSTEN NORR",
        "Hemtjänsten-Norr",
        "Hemtjänsten\u2013norr",
        "Hemtjänsten  Norr.",
        "Hemtjänsten N\u043err",
    ],
)
def test_a_name_nearly_the_same_is_asked_about_before_a_place_is_made(administrator, places, name):
    address = reverse("organisations:add", args=[places.care.id])
    asked = administrator.post(address, typed_unit(name)).content.decode()
    assert "Nästan samma namn finns redan: Hemtjänsten Norr." in asked
    assert 'name="is_another"' in asked
    below = Organisation.objects.filter(parent=places.care)
    assert below.count() == 1
    assert administrator.post(address, typed_unit(name, is_another="on")).status_code == 302
    assert below.count() == 2


def test_a_name_nearly_a_neighbours_is_asked_about_when_a_place_is_renamed(administrator, places):
    other = unit(places.care, "Hemtjänsten Söder")
    address = reverse("organisations:place", args=[other.id])
    typed = typed_unit("hemtjänsten norr", seen=queries.place_of(other).fingerprint)
    assert "Nästan samma namn" in administrator.post(address, typed).content.decode()
    # Its own name in other letters is nobody else's.
    assert administrator.post(address, {**typed, "name": "Hemtjänsten söder"}).status_code == 302
    other.refresh_from_db()
    assert other.name == "Hemtjänsten söder"


@pytest.mark.parametrize("typed", ["se2120000340\u2013abc1", "SE 2120000340-ABC1", "SE2120000340\u2011ABC1"])
def test_an_hsa_id_is_the_same_with_another_dash_or_blanks(administrator, places, typed):
    Organisation.objects.filter(pk=places.home_care.pk).update(hsa_id="SE2120000340-ABC1")
    address = reverse("organisations:add", args=[places.care.id])
    answer = administrator.post(address, typed_unit("Hemtjänsten Söder", hsa_id=typed)).content.decode()
    assert "En annan enhet eller organisation har detta HSA-id." in answer
    assert not Organisation.objects.filter(name="Hemtjänsten Söder").exists()
