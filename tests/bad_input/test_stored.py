"""What the other tests here look for changes with is not blind: a row written is seen, however it was written."""

import pytest
from django.db import connection

from samordna.people.models import Person
from tests.bad_input.conftest import undone
from tests.bad_input.stored import changed, digest
from tests.bad_input.world import World


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_is_written_is_seen_until_it_is_undone(world: World, by_hand: bool) -> None:
    before = digest()
    with undone():
        if by_hand:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE \"people_person\" SET name = 'Zebra'")
        else:
            Person.objects.update(name="Zebra")
        assert changed(before) == ["people_person"]
        with undone():
            Person.objects.update(phone="1")
            assert changed(before) == ["people_person"]
        assert changed(before) == ["people_person"]
    assert changed(before) == []
