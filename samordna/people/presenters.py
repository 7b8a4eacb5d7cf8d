"""A person in the words of the pages of a case."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.people.queries import IdentifierLine, PersonCard, RelatedCard
from samordna.people.states import Relation
from samordna.people.words import KINDS, PROTECTIONS, RELATIONS, REPLACED_WHY

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PersonBar:
    """What `people/person_bar.html` shows; `facts` stand beside name and number."""

    name: str
    number: str
    protected: bool
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """One relative; `contact` tells that it is hidden when the person is protected."""

    id: str
    relation: str
    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class IdentifierRow:
    kind: str | Promise
    line: IdentifierLine
    why: str | Promise = ""


def person_bar(card: PersonCard, *more: Fact) -> PersonBar:
    """The bar of a case; `more` are the case's own facts, which come last."""
    return PersonBar(card.name, card.number, card.protected, [*_facts(card), *more])


def related_rows(card: PersonCard) -> list[RelatedRow]:
    """Relatives in the order of their relation."""
    return [
        RelatedRow(
            str(row.id), relation_words(row), row.name, _contact(row.contact, protected=card.protected)
        )
        for row in card.related
    ]


def relation_words(row: RelatedCard) -> str:
    """ "Närstående (dotter)"."""
    word = str(RELATIONS[row.relation])
    if row.relation == Relation.OTHER and row.relation_text:
        return row.relation_text
    return f"{word} ({row.relation_text})" if row.relation_text else word


def identifier_rows(lines: tuple[IdentifierLine, ...]) -> list[IdentifierRow]:
    """The numbers with the words for their kinds."""
    return [IdentifierRow(KINDS[line.kind], line, REPLACED_WHY.get(line.replaced_why, "")) for line in lines]


def contact_facts(card: PersonCard) -> list[Fact]:
    """Details beside the bar: hidden ones say that they are."""
    return [
        (_("Telephone"), _contact(card.phone, protected=card.protected)),
        (_("Address"), _contact(card.address, protected=card.protected)),
        (_("Municipality"), _contact(card.municipality, protected=card.protected)),
    ]


def _facts(card: PersonCard) -> list[Fact]:
    facts: list[Fact] = [(_("Age"), age_words(card.age))]
    if card.protected:
        facts.append((_("Protection"), str(PROTECTIONS[card.protection])))
    if card.needs_interpreter:
        facts.append((_("Interpreter"), card.interpreter_language or _("Yes")))
    if card.name_typed:
        facts.append((_("Name"), _("written by hand")))
    return facts


def age_words(age: int | None) -> str:
    """ "84 år"; an age that the number does not tell is said to be unknown."""
    if age is None:
        return _("Unknown age")
    return ngettext("%(age)d year", "%(age)d years", age) % {"age": age}


def _contact(value: str | None, *, protected: bool) -> str:
    if value is not None:
        return value or "–"
    return _("Hidden: protected identity") if protected else _("Hidden: from when the identity was protected")
