"""A person as somebody knew her: by an earlier name and number, without what is known of her today."""

from dataclasses import replace
from datetime import date, datetime

from samordna.kernel.clock import today
from samordna.kernel.identifiers import Identifier, IdentifierError, Kind, parse
from samordna.people.queries import ADULT, PersonCard, age_on, shown_number
from samordna.people.states import Protection


def card_as_known(card: PersonCard, *, name: str, number: str, at: datetime) -> PersonCard:
    """The card by this name and number, and nothing that has been written since. No name: nobody is shown."""
    value = _parsed(number, today(at))
    age = age_on(value.birth_date, today(at)) if value else None
    return replace(
        card,
        name=name,
        number=number,
        number_shown=shown_number(number) if number else "",
        kind=value.kind if value else Kind.LOCAL_RESERVE,
        protection=card.protection if name else Protection.NONE,
        protected=card.protected and bool(name),
        phone=None,
        address=None,
        municipality=None,
        needs_interpreter=False,
        interpreter_language="",
        age=age,
        is_child=age is not None and age < ADULT,
        related=(),
        present=False,
    )


def _parsed(value: str, day: date) -> Identifier | None:
    """A stored number, unless it is of a local form that this county has stopped to take."""
    try:
        return parse(value, today=day)
    except IdentifierError:
        return None
