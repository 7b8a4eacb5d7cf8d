"""Who takes part in the long journey: five desks at five units of two principals."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys.steps.county import Place
from tests.journeys.steps.desk import Desk

PERSON = "Karl-Erik Ekdal"
REASON = "Har ramlat två gånger hemma. Stöden behöver hänga ihop."


@dataclass
class Case:
    """One person's SIP and those who carry it. Anna begins it and coordinates."""

    place: Place
    number: str
    anna: Desk
    bertil: Desk
    cecilia: Desk
    david: Desk
    eva: Desk
    frida: Desk

    @property
    def participants(self) -> tuple[Desk, ...]:
        return self.anna, self.cecilia, self.david, self.eva


def gather(place: Place, at_desk: Callable[..., Desk]) -> Case:
    county = place.county
    desks = {
        name: at_desk(place, getattr(county, name), log_in=False)
        for name in ("anna", "bertil", "cecilia", "david", "eva", "frida")
    }
    return Case(place, place.unused_number(), **desks)
