"""Everything that is read about persons.

The address, the telephone and the contacts of a person with protected identity never leave this
room: they are None on the card (L-04).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from samordna.kernel.clock import today
from samordna.kernel.collation import swedish
from samordna.kernel.identifiers import Identifier, IdentifierError, Kind, parse
from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import NotVisible
from samordna.kernel.rows import columns, made
from samordna.kernel.text import search_key, search_words
from samordna.kernel.together import Together
from samordna.people.models import NameChange, Person, PersonIdentifier, RelatedPerson
from samordna.people.protection import CONTACTS, plans_are_sealed, related_is_sealed, sealed_contacts
from samordna.people.states import NameSource, Protection, Relation

ADULT = 18
_MOST_MERGES = 10
_SEARCH_KEY_LIMIT = 200


@dataclass(frozen=True, slots=True)
class RelatedCard:
    """A guardian, trustee or next of kin. `contact` is None when it is hidden."""

    id: UUID
    relation: Relation
    name: str
    relation_text: str
    contact: str | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What the pages of a case show about its person. `age` is None when the number does not tell.

    `present` is False when she is shown as she was, not as she is now. `sealed` names the contacts that were written
    under a stronger protection than the present one and are hidden until they are opened.
    """

    id: UUID
    name: str
    name_source: NameSource
    number: str
    number_shown: str
    kind: Kind
    protection: Protection
    protected: bool
    phone: str | None
    address: str | None
    municipality: str | None
    needs_interpreter: bool
    interpreter_language: str
    age: int | None
    is_child: bool
    related: tuple[RelatedCard, ...]
    version: int
    sealed: frozenset[str] = frozenset()
    plans_sealed: bool = False
    present: bool = True

    @property
    def hides_contacts(self) -> bool:
        """Whether contacts in her plans are hidden: the person is protected, or was and they are not opened."""
        return not self.name or self.protected or self.plans_sealed

    @property
    def related_sealed(self) -> bool:
        """Whether somebody's contact is hidden though the person is no longer protected."""
        return not self.protected and any(row.contact is None for row in self.related)

    @property
    def name_typed(self) -> bool:
        """Whether the name was written by a user and not taken from a register (V-22)."""
        return self.name_source == NameSource.TYPED


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list."""

    id: UUID
    name: str
    number: str
    number_shown: str
    protected: bool


@dataclass(frozen=True, slots=True)
class IdentifierLine:
    """A number the person goes by (`replaced_at` None) or went by."""

    kind: Kind
    number: str
    number_shown: str
    linked_at: datetime
    replaced_at: datetime | None
    replaced_why: str = ""


def person_by_identifier(value: str) -> UUID | None:
    """The person with this number (twelve characters), also when the number has been replaced since."""
    found = PersonIdentifier.objects.filter(value=value).values_list("person_id", flat=True).first()
    return current_person_id(found) if found is not None else None


def current_person_id(person_id: UUID) -> UUID:
    """The person itself, or the one it has been merged into."""
    for _step in range(_MOST_MERGES):
        into = Person.objects.filter(id=person_id).values_list("merged_into_id", flat=True).first()
        if into is None:
            break
        person_id = into
    return person_id


def person_card(person_id: UUID, *, at: datetime) -> PersonCard:
    """One person. Refused as not visible when there is none; who may see it is the caller's question."""
    rows = _CARD.rows(person_id=person_id)
    if not rows["person"]:
        raise NotVisible
    return card_from(rows["person"], rows["related"], at=at)


def card_from(rows: Sequence[Sequence[Any]], related: Iterable[Sequence[Any]], *, at: datetime) -> PersonCard:
    """The same from the rows of `with_numbers` and `with_related` for one person."""
    # One row per number; columns of the number stand behind the person's.
    person, begin = made(Person, rows[0]), len(columns(Person))
    numbers = [PersonIdentifier(**dict(zip(_NUMBER_COLUMNS, row[begin:], strict=True))) for row in rows]
    return _card(person, numbers, [made(RelatedPerson, row) for row in related], today(at))


_NUMBER_COLUMNS = ("kind", "value", "replaced_at")


def with_numbers(persons: QuerySet[Person]) -> QuerySet[Person, Any]:
    """What a card tells of these persons but who is near to them, a row per number."""
    return persons.values_list(*columns(Person), *(f"identifiers__{name}" for name in _NUMBER_COLUMNS))


def with_related(persons: QuerySet[Person]) -> QuerySet[RelatedPerson, Any]:
    """Who is near to these persons, in the order of a card."""
    return _standing_related().filter(person__in=persons).values_list(*columns(RelatedPerson))


_CARD = Together(
    person=Prepared(lambda person_id: with_numbers(Person.objects.filter(id=person_id)), person_id=UUID),
    related=Prepared(lambda person_id: with_related(Person.objects.filter(id=person_id)), person_id=UUID),
)


def _standing_related() -> QuerySet[RelatedPerson]:
    return RelatedPerson.objects.filter(ended_at=None).order_by("relation", swedish("name"), "id")


def person_cards(ids: Collection[UUID], *, at: datetime) -> dict[UUID, PersonCard]:
    """Several persons in three statements; ids that do not exist are left out."""
    related = Prefetch("related", _standing_related())
    persons = Person.objects.filter(id__in=ids).prefetch_related("identifiers", related)
    day = today(at)
    return {
        person.id: _card(person, person.identifiers.all(), person.related.all(), day) for person in persons
    }


def person_lines(ids: Collection[UUID]) -> dict[UUID, PersonLine]:
    """Name and number of several persons in one statement."""
    rows = PersonIdentifier.objects.filter(person_id__in=ids, replaced_at=None)
    return {
        person_id: PersonLine(person_id, name, value, shown_number(value), protection != Protection.NONE)
        for person_id, name, value, protection in rows.values_list(
            "person_id", "person__name", "value", "person__protection"
        )
    }


def person_ids_named(text: str) -> QuerySet[Person, UUID]:
    """Persons whose name has every word of the text, as a condition for a caller's own query (L-08).

    Nobody when the text is empty.
    """
    words = search_words(text)
    found = Person.objects.filter(merged_into=None) if words else Person.objects.none()
    for word in words:
        found = found.filter(search_key__contains=word)
    return found.values_list("id", flat=True)


def unprotected() -> QuerySet[Person, UUID]:
    """Everybody without protected identity, as a condition for a caller's own query."""
    return Person.objects.filter(protection=Protection.NONE).values_list("id", flat=True)


def stored_key(name: str) -> str:
    """By what a name is found: as its words are looked for in `person_ids_named`."""
    return search_key(name)[:_SEARCH_KEY_LIMIT]


# How many times in a row the person of a case is taken to have turned out to be somebody else.
_MOST_JOINED = 3


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name that was written over in a case."""

    before: str
    after: str
    made_at: datetime
    made_by_name: str


def name_history(case_id: UUID, person_id: UUID) -> tuple[NameLine, ...]:
    """Every change of the person's name that was made in the case, newest first. For units that take part in all of it.

    Those who turned out to be this person too; nobody whom the case was about by mistake (L-12).
    """
    was = "person"
    same = Q(person_id=person_id)
    for _joined in range(_MOST_JOINED):
        was = f"{was}__merged_into"
        same |= Q(**{was: person_id})
    rows = NameChange.objects.filter(same, case_id=case_id).order_by("-made_at", "-id")
    return tuple(NameLine(*row) for row in rows.values_list("before", "after", "made_at", "made_by_name"))


def identifier_history(person_id: UUID) -> tuple[IdentifierLine, ...]:
    """Every number the person has gone by, the present one first."""
    rows = PersonIdentifier.objects.filter(person_id=person_id).order_by("-linked_at", "-id")
    present_first = sorted(rows, key=lambda row: row.replaced_at is not None)
    return tuple(
        IdentifierLine(
            Kind(row.kind),
            row.value,
            shown_number(row.value),
            row.linked_at,
            row.replaced_at,
            row.replaced_why,
        )
        for row in present_first
    )


def shown_number(value: str) -> str:
    """ÅÅÅÅMMDD-NNNN."""
    return f"{value[:8]}-{value[8:]}"


def adult_on(born: date) -> date:
    """The day on which somebody is of age; who is born on a leap day, on the first of March of other years."""
    year = born.year + ADULT
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, born.month + 1, 1)


def age_on(born: date | None, day: date) -> int | None:
    """Whole years; None when the date of birth is unknown."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _card(
    person: Person, numbers: Iterable[PersonIdentifier], related: Iterable[RelatedPerson], day: date
) -> PersonCard:
    number = _current(numbers)
    protected = person.protection != Protection.NONE
    age = age_on(birth_date(number.kind, number.value, day), day) if number else None
    value = number.value if number else ""
    sealed = sealed_contacts(person)
    phone, address, municipality = (
        None if protected or name in sealed else getattr(person, name) for name in CONTACTS
    )
    return PersonCard(
        id=person.id,
        name=person.name,
        name_source=NameSource(person.name_source),
        number=value,
        number_shown=shown_number(value) if value else "",
        kind=Kind(number.kind) if number else Kind.LOCAL_RESERVE,
        protection=Protection(person.protection),
        protected=protected,
        phone=phone,
        address=address,
        municipality=municipality,
        needs_interpreter=person.needs_interpreter,
        interpreter_language=person.interpreter_language,
        age=age,
        is_child=age is not None and age < ADULT,
        related=tuple(_related(row, Protection(person.protection)) for row in related),
        version=person.version,
        sealed=sealed,
        plans_sealed=plans_are_sealed(person),
    )


def _related(row: RelatedPerson, protection: Protection) -> RelatedCard:
    hidden = protection != Protection.NONE or related_is_sealed(row, protection)
    contact = None if hidden else row.contact
    return RelatedCard(row.id, Relation(row.relation), row.name, row.relation_text, contact)


def _current(rows: Iterable[PersonIdentifier]) -> PersonIdentifier | None:
    return next((row for row in rows if row.value and row.replaced_at is None), None)


def birth_date(kind: str, value: str, day: date) -> date | None:
    """The date that a stored number says, or None."""
    try:
        return parse(value, today=day).birth_date
    except IdentifierError:
        # A local form that this county has stopped to take: what is stored stays, its date is not relied upon.
        return Identifier(Kind(kind), value).birth_date
