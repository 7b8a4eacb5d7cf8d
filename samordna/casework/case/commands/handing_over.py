"""Handing over what hangs on an assignment that ends (K-06, V-25)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.assignments import queries as assignments
from samordna.assignments.queries import Colleague
from samordna.assignments.states import SystemRole
from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.casework.case.rules.case import hand_over_refusal
from samordna.casework.file.commands.act import finish
from samordna.casework.file.queries import for_rebuild
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible, demand


@transaction.atomic
def hand_over(
    *, process: Process[Any], actor: Actor, assignment_id: int, to_assignment_id: int, at: datetime
) -> int:
    """A colleague at the unit takes over all ongoing cases that are coordinated or handled by an assignment.

    By an administrator of the unit, without seeing the content of any; not visible for others. Refused by
    `hand_over_refusal`. Gives how many cases there were.
    """
    leaving = assignments.colleague(assignment_id)
    if leaving is None:
        raise NotVisible
    if SystemRole.ADMINISTRATOR not in assignments.system_roles_over(actor.user_id, leaving.unit_id, at):
        raise NotVisible
    to = assignments.colleague(to_assignment_id, at)
    works_on = assignments.assignment_is_valid(assignment_id, at + timedelta(days=1))
    demand(hand_over_refusal(process, leaving, to, actor, works_on=works_on))
    if to is None:
        raise NotVisible
    case_ids = doors.cases_hanging_on(assignment_id, process.module)
    cases.hold_cases(case_ids)
    for case_id in case_ids:
        _take_over(process, case_id, leaving, to, actor, at)
    return len(case_ids)


def _take_over(
    process: Process[Any], case_id: UUID, leaving: Colleague, to: Colleague, actor: Actor, at: datetime
) -> None:
    facts = for_rebuild(process, case_id, lock=True)
    at = facts.case.moment_of_act(at)
    coordinates = facts.case.coordinator.assignment_id == leaving.assignment_id
    if coordinates:
        cases.change_coordinator(case_id=case_id, to=to, actor=actor, at=at)
    handler = facts.case.handler_at(leaving.unit_id)
    if handler is not None and handler.assignment_id == leaving.assignment_id:
        cases.name_handler(
            case_id=case_id, unit_id=to.unit_id, assignment_id=to.assignment_id, name=to.name, at=at
        )
    period = facts.case.period_of(to.unit_id)
    if facts.case.protected and period is not None and period.open:
        cases.name_reader(case_id=case_id, unit_id=to.unit_id, user_id=to.user_id, name=to.name, at=at)
    finish(
        facts,
        actor=actor,
        at=at,
        action=Action.CASE_COORDINATOR_REPLACED if coordinates else Action.CASE_HANDLER_REPLACED,
        object_kind="assignment",
        object_id=str(to.assignment_id),
    )
