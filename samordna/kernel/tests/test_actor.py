from types import SimpleNamespace

import pytest

from samordna.kernel.actor import Actor, Held

HELD = frozenset(
    {Held("ADMINISTRATOR", 1, "UNIT"), Held("SUPERUSER", 2, "UNIT"), Held("LOG_REVIEWER", 3, "UNIT")}
)


@pytest.mark.parametrize(
    ("roles", "places"),
    [
        ((), set()),
        (("ADMINISTRATOR",), {1}),
        (("ADMINISTRATOR", "SUPERUSER"), {1, 2}),
        (("SYSTEM_ADMINISTRATOR",), set()),
    ],
)
def test_the_places_are_those_of_the_roles_asked_for(roles: tuple[str, ...], places: set[int]) -> None:
    assert Actor.places_as(SimpleNamespace(held=HELD), *roles) == places  # type: ignore[arg-type]


def test_who_has_no_title_signs_without_one() -> None:
    anna = SimpleNamespace(user_name="Anna Lindqvist", title="", unit_name="Hemtjänsten Norr")
    assert Actor.signature_line.fget(anna) == "Anna Lindqvist, Hemtjänsten Norr"  # type: ignore[attr-defined]
