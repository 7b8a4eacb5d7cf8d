"""What is stored for searching follows what is searched with: rows of an older release are found too."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from samordna.accounts.models import User
from samordna.drafts.models import UnsavedText
from samordna.organisations.models import Organisation
from samordna.organisations.tests.factories import AT, county, unit
from samordna.people.models import Person


@pytest.mark.parametrize("room", ["accounts", "organisations", "people"])
def test_an_upgrade_makes_every_search_key_anew(db, room):
    places = county()
    Person.objects.create(name="Lars–Göran Mogård", search_key="lars–göran mogård", name_source="TYPED")
    unit(places.care, "Barn-/ungdom")
    Organisation.objects.filter(name="Barn-/ungdom").update(search_key="barn-/ungdom")
    User.objects.create(username="BO", name="O’Brien", search_key="o’brien", created_at=AT)
    import_module(f"samordna.{room}.migrations.0002_search_keys").make_anew(apps, None)
    if room == "people":
        assert Person.objects.get().search_key == "lars göran mogård"
    elif room == "organisations":
        assert Organisation.objects.get(name="Barn-/ungdom").search_key.startswith("barn ungdom vård och")
    else:
        assert User.objects.get().search_key == "obrien"


BEFORE = [
    "ANN–LIN",
    "BO-EK",
    "BO–EK",
    "BO‑EK",
    "ＣＥＤ－Å",
    "DAN \u200b\u00a0 ED",
    "\u200b EVA",
    "A\u030aSA",
    "\u200b",
    "FR‒ED",
    "FR−ED",
]
AFTER = [
    "ANN-LIN",
    "BO-EK",
    "BO-EK-2",
    "BO-EK-3",
    "ＣＥＤ-Å",
    "DAN ED",
    "EVA",
    "ÅSA",
    "USER",
    "FR-ED",
    "FR-ED-2",
]


@pytest.mark.requirement("V-15")
def test_a_user_name_of_before_is_the_one_that_the_login_reads(client, db, capsys):
    for username in BEFORE:
        user = User(username=username, name="Anna Exempel", created_at=AT)
        user.set_password(username)
        user.save()
    import_module("samordna.accounts.migrations.0006_user_names_as_typed").fold(apps, None)
    assert list(User.objects.order_by("pk").values_list("username", flat=True)) == AFTER
    # As the user has always written it; whose name was another's too has been told the new one.
    renamed = {"BO-EK-2", "BO-EK-3", "USER", "FR-ED-2"}
    for typed, now_so in zip(BEFORE, AFTER, strict=True):
        name = now_so if now_so in renamed else typed
        answer = client.post(reverse("accounts:login"), {"username": name, "password": typed})
        assert (answer.status_code, client.session["_auth_user_id"]) == (
            302,
            str(User.objects.get(username=now_so).pk),
        )
    told = capsys.readouterr().out
    assert all(name in told for name in renamed - {"USER"})
    assert told.count("Tell the user") == 3


@pytest.mark.requirement("L-07")
def test_passwords_that_were_kept_as_text_are_forgotten(db):
    user = User.objects.create(username="BO", name="Bo Ek", created_at=AT)
    place = unit(county().care, "Hemtjänsten")
    for form in (f"kept:{reverse('accounts:password')}", f"kept:{reverse('accounts:me')}", "goal:7"):
        UnsavedText.objects.create(
            user_id=user.pk, unit_id=place.pk, form=form, fields={"new": ["x"]}, saved_at=AT
        )
    import_module("samordna.drafts.migrations.0002_forget_kept_passwords").forget(apps, None)
    assert set(UnsavedText.objects.values_list("form", flat=True)) == {
        f"kept:{reverse('accounts:me')}",
        "goal:7",
    }
