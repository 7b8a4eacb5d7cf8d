"""A protected person's name, written by whoever asks at the existence door (L-04)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from samordna.cases import asking
from samordna.casework.case.rules.new_case import confirmed_refusal, create_refusal, names_tried
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier
from samordna.kernel.refusal import Refusal, demand
from samordna.people import queries as persons
from samordna.people.rules import old_number_refusal, protected_name_refusal


@transaction.atomic
def try_name(
    *, process: Process[Any], actor: Actor, identifier: Identifier, name: str, at: datetime
) -> Refusal | None:
    """Why the name is refused, if the person whom the door has shown to this user is protected.

    Given and not raised, so that the miss is counted though the act is refused; the log names the person beside it.
    After `MOST_MISSES` the question is answered no longer and has to be asked anew, which counts. Refused too: without
    the right to initiate, or a question that stands answered, so that no name is compared uncounted.
    """
    demand(create_refusal(process, actor))
    question = asking.hold_question(actor, identifier.value, process.module, at)
    person_id = persons.person_by_identifier(identifier.value)
    if question is None or question.person_id != person_id:
        return confirmed_refusal(shown=False)
    card = persons.person_card(person_id, at=at) if person_id else None
    if card is not None:
        demand(old_number_refusal(protected=card.protected, present=card.number, asked=identifier.value))
    refusal = protected_name_refusal(name, card.name) if card and card.protected else None
    if refusal is None or not name:
        return refusal
    if asking.count_miss(question):
        refusal = names_tried()
    return replace(refusal, about=person_id)
