"""Acts on the case itself: coordinator, handlers, units, consent, ending."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.assignments import queries as assignments
from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.cases.consent import (
    ConsentChoice,
    age_refusal,
    choice_refusal,
    record_consent,
    withdraw_consents,
)
from samordna.cases.states import CaseStatus, EndReason, LeftReason
from samordna.casework import events
from samordna.casework.case.commands.telling import tell_over
from samordna.casework.case.rules import case as rules
from samordna.casework.file.commands.act import finish
from samordna.casework.file.queries import for_rebuild, hold
from samordna.casework.file.rules import change_coordinator_refusal, replace_coordinator_refusal
from samordna.casework.process import Process, W
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible, Refused, demand
from samordna.messaging import commands as messaging
from samordna.messaging.states import EndedReason, MessageStatus
from samordna.organisations import queries as places


@transaction.atomic
def change_coordinator(
    *, process: Process[W], actor: Actor, case_id: UUID, assignment_id: int, at: datetime
) -> W:
    """*Byt* samordningsansvarig (V-24). Refused by `change_coordinator_refusal` and `new_coordinator_refusal`."""
    facts, at = hold(process, actor, case_id, at)
    demand(change_coordinator_refusal(facts.case, actor))
    return _name_coordinator(facts, actor, assignment_id, at, Action.CASE_COORDINATOR_CHANGED)


@transaction.atomic
def replace_coordinator(
    *, process: Process[W], actor: Actor, case_id: UUID, assignment_id: int, at: datetime
) -> W:
    """A new coordinator for a case whose coordinator has left, named without seeing its content (design 6)."""
    envelopes = doors.envelopes_without_coordinator(actor, process.module, at)
    if case_id not in {envelope.case_id for envelope in envelopes}:
        raise NotVisible
    facts = for_rebuild(process, case_id, lock=True)
    at = facts.case.moment_of_act(at)
    demand(replace_coordinator_refusal(facts.case, actor))
    demand(rules.lets_oneself_in_refusal(facts.case, actor, assignments.colleague(assignment_id, at)))
    return _name_coordinator(facts, actor, assignment_id, at, Action.CASE_COORDINATOR_REPLACED)


def _name_coordinator(facts: W, actor: Actor, assignment_id: int, at: datetime, action: Action) -> W:
    to = assignments.colleague(assignment_id, at)
    demand(rules.new_coordinator_refusal(facts.process, facts.case, to))
    if to is None:
        raise NotVisible
    cases.change_coordinator(case_id=facts.case.id, to=to, actor=actor, at=at)
    if facts.case.protected:
        cases.name_reader(case_id=facts.case.id, unit_id=to.unit_id, user_id=to.user_id, name=to.name, at=at)
    return finish(
        facts, actor=actor, at=at, action=action, object_kind="assignment", object_id=str(assignment_id)
    )


@transaction.atomic
def name_handler(
    *, process: Process[W], actor: Actor, case_id: UUID, assignment_id: int | None, at: datetime
) -> W:
    """Name the handler at the actor's unit, or nobody. The handler of a protected person's case may read it."""
    facts, at = hold(process, actor, case_id, at)
    demand(rules.name_handler_refusal(facts.case, actor))
    here = {c.assignment_id: c for c in assignments.people_of_unit(actor.unit_id, at)}
    chosen = here.get(assignment_id) if assignment_id is not None else None
    if assignment_id is not None and chosen is None:
        raise Refused(rules.HANDLER_NOT_HERE)
    cases.name_handler(
        case_id=case_id,
        unit_id=actor.unit_id,
        assignment_id=assignment_id,
        name=chosen.name if chosen else "",
        at=at,
    )
    if chosen is not None and facts.case.protected:
        cases.name_reader(
            case_id=case_id, unit_id=actor.unit_id, user_id=chosen.user_id, name=chosen.name, at=at
        )
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.CASE_HANDLER_NAMED,
        object_kind="assignment",
        object_id=str(assignment_id or ""),
    )


@transaction.atomic
def take_on_protected_case(*, process: Process[W], actor: Actor, case_id: UUID, at: datetime) -> W:
    """The first at a unit to take on a protected person's case is named as its reader and handler (L-04)."""
    case = doors.open_case_for_naming(actor, case_id, process.module, lock=True)
    at = case.moment_of_act(at)
    cases.name_reader(
        case_id=case_id, unit_id=actor.unit_id, user_id=actor.user_id, name=actor.user_name, at=at
    )
    if not case.watched_at(actor.unit_id):
        cases.name_handler(
            case_id=case_id,
            unit_id=actor.unit_id,
            assignment_id=actor.assignment_id,
            name=actor.user_name,
            at=at,
        )
    return finish(for_rebuild(process, case_id), actor=actor, at=at, action=Action.CASE_TAKEN_ON)


@transaction.atomic
def remove_unit(*, process: Process[W], actor: Actor, case_id: UUID, unit_id: int, at: datetime) -> W:
    """Remove a unit: nothing more is awaited from it, and it keeps what it had (V-25, L-02).

    At one outside the system nothing that was sent stands any more.
    """
    facts, at = hold(process, actor, case_id, at)
    demand(rules.remove_unit_refusal(facts.case, actor, unit_id, facts.outside))
    for message in facts.messages:
        delivery = message.delivery_to(unit_id) if message.status == MessageStatus.SENT else None
        standing = delivery is not None and delivery.external and delivery.ended_at is None
        if delivery is not None and (delivery.awaited or delivery.stuck or standing):
            messaging.end_delivery(delivery_id=delivery.id, reason=EndedReason.REMOVED, at=at)
    cases.end_participation(case_id=case_id, unit_id=unit_id, reason=LeftReason.REMOVED, at=at)
    cases.name_handler(case_id=case_id, unit_id=unit_id, assignment_id=None, name="", at=at)
    return finish(
        facts, actor=actor, at=at, action=Action.CASE_UNIT_REMOVED, object_kind="unit", object_id=str(unit_id)
    )


@transaction.atomic
def give_consent(
    *,
    process: Process[W],
    actor: Actor,
    case_id: UUID,
    choice: ConsentChoice,
    unit_ids: list[int],
    at: datetime,
) -> W:
    """Record a consent for these units, beside those that stand (L-03). Refused by `choice_refusal`, `age_refusal`."""
    facts, at = hold(process, actor, case_id, at)
    demand(rules.consent_refusal(facts.case, actor))
    day = clock.today(at)
    demand(choice_refusal(choice, day, choice.scope) or age_refusal(choice, facts.case.age_on(day)))
    cards = places.unit_cards(unit_ids)
    units = [(unit_id, cards[unit_id].name) for unit_id in unit_ids if unit_id in cards]
    record_consent(case=facts.case, choice=choice, units=units, actor=actor, at=at)
    return finish(facts, actor=actor, at=at, action=Action.CONSENT_RECORDED)


@transaction.atomic
def withdraw_consent(*, process: Process[W], actor: Actor, case_id: UUID, at: datetime) -> W:
    """Withdraw every consent that stands. From now on nothing new is delivered (L-03). Refused when none is left."""
    facts, at = hold(process, actor, case_id, at)
    demand(rules.withdraw_refusal(facts.case, actor, facts.consents, clock.today(at)))
    withdraw_consents(case_id=case_id, actor=actor, at=at)
    return finish(facts, actor=actor, at=at, action=Action.CONSENT_WITHDRAWN)


@transaction.atomic
def end_case(
    *, process: Process[W], actor: Actor, case_id: UUID, reason: str, comment: str, at: datetime
) -> W:
    """End the whole case, or void it when it was made for the wrong person (V-83). It stays readable.

    Who takes part, and who was asked and has not answered, is told.
    """
    facts, at = hold(process, actor, case_id, at)
    demand(rules.end_refusal(facts.case, actor, reason, comment))
    wrong = reason == EndReason.WRONG_PERSON
    status = CaseStatus.VOIDED if wrong else CaseStatus.ENDED
    cases.end_case(
        case_id=case_id, status=status, reason=EndReason(reason), comment=comment, actor=actor, at=at
    )
    tell_over(facts, events.CASE_VOIDED if wrong else events.CASE_ENDED, actor=actor, at=at)
    action = Action.CASE_VOIDED if wrong else Action.CASE_ENDED
    return finish(facts, actor=actor, at=at, action=action, reason=reason)
