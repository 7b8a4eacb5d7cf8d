"""What stands about the person of a case: details and relatives."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.cases import commands as cases
from samordna.casework.case.commands.readers import name_readers
from samordna.casework.case.rules.case import change_person_refusal
from samordna.casework.file.commands.act import store_steps
from samordna.casework.file.queries import for_rebuild, hold
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import demand
from samordna.people import commands as people
from samordna.people.rules import PersonChanges
from samordna.people.states import Relation


@transaction.atomic
def change_person(
    *, process: Process[Any], actor: Actor, case_id: UUID, version: int, changes: PersonChanges, at: datetime
) -> None:
    """Change what stands about the person. A person who becomes protected keeps its present handlers as readers."""
    cases.hold_cases([case_id], all_of_their_persons=True)
    facts, at = hold(process, actor, case_id, at)
    demand(change_person_refusal(facts.case, actor, changes))
    people.change_person(
        actor=actor,
        person_id=facts.case.person_id,
        version=version,
        changes=changes,
        at=at,
        case_id=case_id,
    )
    now = for_rebuild(process, case_id)
    if now.case.protected and not facts.case.protected:
        name_readers(process, now.case, was_protected=False, actor=actor, at=at)
        store_steps(now)


@transaction.atomic
def add_related(
    *,
    process: Process[Any],
    actor: Actor,
    case_id: UUID,
    relation: Relation,
    name: str,
    relation_text: str,
    contact: str,
    at: datetime,
) -> None:
    facts, at = hold(process, actor, case_id, at)
    demand(change_person_refusal(facts.case, actor))
    people.add_related(
        actor=actor,
        person_id=facts.case.person_id,
        relation=relation,
        name=name,
        relation_text=relation_text,
        contact=contact,
        at=at,
    )


@transaction.atomic
def end_related(
    *, process: Process[Any], actor: Actor, case_id: UUID, related_id: UUID, at: datetime
) -> None:
    facts, at = hold(process, actor, case_id, at)
    demand(change_person_refusal(facts.case, actor))
    people.end_related(actor=actor, person_id=facts.case.person_id, related_id=related_id, at=at)
