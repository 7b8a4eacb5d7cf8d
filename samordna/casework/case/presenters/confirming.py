"""Whom a number belongs to, as *Nytt ärende* shows it once right, limit and log are passed."""

from dataclasses import dataclass
from datetime import datetime

from samordna.kernel.clock import today
from samordna.kernel.identifiers import Identifier
from samordna.people.presenters import age_words
from samordna.people.queries import PersonCard, age_on


@dataclass(frozen=True)
class PersonToConfirm:
    """`name` is None for somebody new and for a protected person: the user writes it (L-04).

    `goes_by`: the number that has replaced the one that was typed.
    """

    number: str
    age: str
    name: str | None
    name_typed: bool
    protected: bool
    goes_by: str = ""


def person_to_confirm(identifier: Identifier, card: PersonCard | None, at: datetime) -> PersonToConfirm:
    """The age is told by the number that was typed, so it is there for somebody new too; else by the present one."""
    protected = card is not None and card.protected
    open_card = None if protected else card
    replaced = open_card is not None and open_card.number != identifier.value
    age = open_card.age if open_card and replaced else age_on(identifier.birth_date, today(at))
    return PersonToConfirm(
        number=identifier.shown,
        age=age_words(age),
        name=open_card.name if open_card else None,
        name_typed=open_card is not None and open_card.name_typed,
        protected=protected,
        goes_by=open_card.number_shown if open_card and replaced else "",
    )
