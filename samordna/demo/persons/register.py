"""Makes up the individuals and writes them down."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from samordna.demo.county import telephones
from samordna.demo.persons import names, numbers
from samordna.kernel.identifiers import Sex, parse
from samordna.people import commands as people
from samordna.people.queries import person_card
from samordna.people.rules import PersonChanges
from samordna.people.states import Protection, Relation

OLD, ADULT, CHILD = "old", "adult", "child"
# How many of each: the full county and the small one.
FULL = {OLD: 120, ADULT: 120, CHILD: 60}
SMALL = {OLD: 14, ADULT: 7, CHILD: 5}


@dataclass(frozen=True)
class Relative:
    relation: Relation
    name: str
    text: str
    contact: str


@dataclass(frozen=True)
class Individual:
    number: str
    name: str
    age_group: str
    phone: str
    address: str
    municipality: str
    language: str = ""
    protection: Protection = Protection.NONE
    relatives: tuple[Relative, ...] = ()
    id: UUID | None = None

    @property
    def known_id(self) -> UUID:
        if self.id is None:
            raise RuntimeError("The individual is not written down yet.")
        return self.id

    @property
    def protected(self) -> bool:
        return self.protection != Protection.NONE

    @property
    def next_of_kin(self) -> Relative | None:
        return self.relatives[0] if self.relatives else None


def make_up(counts: dict[str, int], rng: random.Random) -> list[Individual]:
    """The individuals, the same each time for the same chance."""
    maker = _Maker(rng)
    sources = {
        OLD: iter(numbers.OLD),
        ADULT: _first([*numbers.RESERVE, *numbers.MIDDLE_AGED], numbers.computed(1976, 2005, rng)),
        CHILD: _first(numbers.CHILDREN, numbers.computed(2010, 2013, rng)),
    }
    return [
        maker.individual(number, group, place)
        for group, count in counts.items()
        for place, number in enumerate(islice(sources[group], count))
    ]


def write_down(individual: Individual, at: datetime) -> Individual:
    """Through the commands that users reach; nobody is the actor, as when a register is read in."""
    identifier = parse(individual.number)
    found = people.find_or_create_person(actor=None, identifier=identifier, name=individual.name, at=at)
    changes = PersonChanges(
        protection=individual.protection,
        phone=individual.phone,
        address=individual.address,
        municipality=individual.municipality,
        needs_interpreter=bool(individual.language),
        interpreter_language=individual.language,
    )
    version = person_card(found.id, at=at).version
    people.change_person(actor=None, person_id=found.id, version=version, changes=changes, at=at)
    for relative in individual.relatives:
        people.add_related(
            actor=None,
            person_id=found.id,
            relation=relative.relation,
            name=relative.name,
            relation_text=relative.text,
            contact=relative.contact,
            at=at,
        )
    return replace(individual, id=found.id)


def _first(listed: list[str], then: Iterator[str]) -> Iterator[str]:
    yield from listed
    yield from then


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.phones = telephones.homes()
        self.used: set[str] = set()

    def individual(self, number: str, group: str, place: int) -> Individual:
        woman = parse(number).sex != Sex.MAN
        # Every ninth needs an interpreter, every fortieth is protected.
        tongue = self.rng.choice(names.OTHER_TONGUES) if place % 9 == 4 else None
        family, name = self._name(woman=woman, group=group, tongue=tongue)
        municipality = self.rng.choice(names.MUNICIPALITIES)
        street = f"{self.rng.choice(names.STREETS)} {self.rng.randint(1, 40)}"
        return Individual(
            number=number,
            name=name,
            age_group=group,
            phone=next(self.phones),
            address=f"{street}, {municipality}",
            municipality=municipality,
            language=tongue[0] if tongue else "",
            protection=self._protection(place),
            relatives=self._relatives(group, family, place, tongue),
        )

    def _name(self, *, woman: bool, group: str, tongue: tuple[str, str, str, str] | None) -> tuple[str, str]:
        while True:
            if tongue is not None:
                first, family = (
                    self.rng.choice(tongue[1 if woman else 2].split()),
                    self.rng.choice(tongue[3].split()),
                )
            else:
                first = self.rng.choice(self._given(woman=woman, group=group))
                family = self.rng.choice(names.FAMILIES)
            name = f"{first} {family}"
            if name not in self.used or len(self.used) > 2000:
                self.used.add(name)
                return family, name

    def _given(self, *, woman: bool, group: str) -> list[str]:
        by_group = {
            OLD: (names.WOMEN_OLD, names.MEN_OLD),
            ADULT: (names.WOMEN, names.MEN),
            CHILD: (names.GIRLS, names.BOYS),
        }
        return by_group[group][0 if woman else 1]

    def _protection(self, place: int) -> Protection:
        levels = (Protection.CONFIDENTIALITY_MARK, Protection.PROTECTED_REGISTRATION, Protection.FICTITIOUS)
        return levels[place // 40 % 3] if place % 40 == 11 else Protection.NONE

    def _relatives(
        self, group: str, family: str, place: int, tongue: tuple[str, str, str, str] | None
    ) -> tuple[Relative, ...]:
        women, men = (tongue[1].split(), tongue[2].split()) if tongue else (names.WOMEN, names.MEN)
        if group == CHILD:
            parents = [(self.rng.choice(women), "mamma"), (self.rng.choice(men), "pappa")]
            return tuple(
                Relative(Relation.GUARDIAN, f"{first} {family}", text, next(self.phones))
                for first, text in (parents if place % 5 else parents[:1])
            )
        if group == OLD and place % 3:
            first, text = self.rng.choice([(women, "dotter"), (men, "son"), (women, "sonhustru")])
            return (
                Relative(Relation.NEXT_OF_KIN, f"{self.rng.choice(first)} {family}", text, next(self.phones)),
            )
        if group == ADULT and place % 7 == 3:
            trustee = f"{self.rng.choice(names.MEN_OLD)} {self.rng.choice(names.FAMILY_START)}kvist"
            return (Relative(Relation.TRUSTEE, trustee, "god man", next(self.phones)),)
        return ()
