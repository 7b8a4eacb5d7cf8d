"""What is stored for searching follows what is searched with: rows of an older release are found too."""

from importlib import import_module

import pytest
from django.apps import apps

from samordna.accounts.models import User
from samordna.organisations.models import Organisation
from samordna.organisations.tests.factories import AT, county, unit
from samordna.people.models import Person


@pytest.mark.parametrize("room", ["accounts", "organisations", "people"])
def test_an_upgrade_makes_every_search_key_anew(db, room):
    places = county()
    Person.objects.create(name="Lars–Göran Mogård", search_key="lars–göran mogård", name_source="TYPED")
    unit(places.care, "Barn-/ungdom")
    Organisation.objects.filter(name="Barn-/ungdom").update(search_key="barn-/ungdom")
    for username in ("ANN–LIN", "BO-EK", "BO–EK"):
        User.objects.create(username=username, name="O’Brien", search_key="o’brien", created_at=AT)
    import_module(f"samordna.{room}.migrations.0002_search_keys").make_anew(apps, None)
    if room == "people":
        assert Person.objects.get().search_key == "lars göran mogård"
    elif room == "organisations":
        assert Organisation.objects.get(name="Barn-/ungdom").search_key.startswith("barn ungdom vård och")
    else:
        assert set(User.objects.values_list("search_key", flat=True)) == {"obrien"}
        # Nobody takes another's user name.
        assert set(User.objects.values_list("username", flat=True)) == {"ANN-LIN", "BO-EK", "BO–EK"}
