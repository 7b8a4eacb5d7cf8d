"""*Ångra* what was done to a person's number (L-12)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases import joining
from samordna.cases import queries as doors
from samordna.casework import events
from samordna.casework.case.commands.identity import record_identity
from samordna.casework.case.commands.readers import name_readers
from samordna.casework.case.commands.telling import tell_over
from samordna.casework.case.rules import identity as rules
from samordna.casework.consent.commands import note_lapsed
from samordna.casework.file.commands.act import finish, store_steps_of
from samordna.casework.file.queries import for_rebuild, hold
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible, Refused, demand
from samordna.people import identity
from samordna.people.identity import IdentityFacts
from samordna.people.states import IdentityKind


@transaction.atomic
def undo_identity(
    *, process: Process[Any], actor: Actor, case_id: UUID, change_id: UUID, reason: str, at: datetime
) -> None:
    """*Ångra* within 14 days: who had which number, contacts, relatives and cases are as before (L-12).

    What was written since stays where it was written. A case that was ended into this one goes on again. Refused by
    `undo_identity_refusal` and `undo_change_refusal`, and when somebody would get a second active case.
    """
    known = {change.id: change for change in identity.changes_of([case_id])}
    change = known.get(change_id)
    if change is None:
        raise NotVisible
    touched = {case_id, *change.moved_case_ids} | ({change.ended_case_id} if change.ended_case_id else set())
    held = cases.hold_cases(touched, all_of_their_persons=True)
    facts, at = hold(process, actor, case_id, at)
    demand(rules.undo_identity_refusal(facts.case, actor, facts.join))
    was_protected = {one: doors.case_for_rebuild(one, held[one]).protected for one in touched}
    identity.undo(case_id=case_id, change_id=change_id, reason=reason, actor=actor, at=at)
    try:
        _return_cases(process, change, reason, actor, at)
    except Refused as error:
        raise Refused(rules.undo_collides(process.name)) from error
    joining.undo(change.id)
    for one in sorted(touched):
        now = doors.case_for_rebuild(one, held[one])
        name_readers(process, now, was_protected=was_protected[one], actor=actor, at=at)
        if held[one] == process.module:
            note_lapsed(for_rebuild(process, one), actor=actor, at=at)
    # Her other cases too: somebody who was protected by the act alone is not any more.
    store_steps_of(process, held, at)
    record_identity(change, Action.PERSON_IDENTITY_UNDONE, actor=actor, at=at)


def _return_cases(
    process: Process[Any], change: IdentityFacts, reason: str, actor: Actor, at: datetime
) -> None:
    if change.other_id is None:
        return
    if change.kind == IdentityKind.CORRECTED:
        cases.correct_person(
            case_id=change.case_id,
            from_person_id=change.person_id,
            to_person_id=change.other_id,
            reason=reason,
            actor=actor,
            at=at,
        )
        if change.person_made and not cases.has_cases(change.person_id):
            identity.free_number(change.person_id)
        return
    cases.return_cases(change.moved_case_ids, from_person_id=change.person_id, to_person_id=change.other_id)
    if change.ended_case_id is not None:
        _reopen(process, change.ended_case_id, actor, at)


def _reopen(process: Process[Any], case_id: UUID, actor: Actor, at: datetime) -> None:
    ended = for_rebuild(process, case_id)
    at = ended.case.moment_of_act(at)
    cases.reopen_case(case_id=case_id)
    finish(ended, actor=actor, at=at, action=Action.CASE_REOPENED)
    tell_over(ended, events.CASE_REOPENED, actor=actor, at=at)
