"""Two active cases that may be one person's: both coordinators are asked, and nothing changes until both say yes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.audit import commands as audit
from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases import joining
from samordna.cases import queries as doors
from samordna.cases.facts import JoinFacts
from samordna.cases.states import CaseStatus, EndReason
from samordna.casework import events
from samordna.casework.case.commands.identity import ACTIONS, record_identity, seen_of, told_of
from samordna.casework.case.commands.pairs import Pair, pair_of
from samordna.casework.case.commands.readers import name_readers
from samordna.casework.case.commands.telling import tell_over
from samordna.casework.case.rules import identity as rules
from samordna.casework.consent.commands import note_lapsed
from samordna.casework.file.commands.act import finish, store_steps, store_steps_of
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.queries import for_rebuild, hold, reread
from samordna.casework.messages.commands.sending import notify
from samordna.casework.process import Process
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier, parse
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refused, Stale, demand
from samordna.kernel.workingdays import due_at
from samordna.organisations import queries as places
from samordna.people import identity
from samordna.people import queries as persons
from samordna.people.identity import Done
from samordna.people.rules import changed_since_shown
from samordna.people.states import IdentityKind


@transaction.atomic
def ask_to_join(
    *,
    process: Process[Any],
    actor: Actor,
    case_id: UUID,
    other_case_id: UUID,
    kind: IdentityKind,
    identifier: Identifier,
    name: str,
    seen: str,
    at: datetime,
) -> None:
    """The number belongs to somebody with an active case: both coordinators get a task, and nothing else changes.

    `other_case_id` is the case that the existence door told of. Refused as the first step, and when one of the cases is
    in such a question already; `Stale` when that case is no longer the person's active one, or the own person or
    number another than `seen`.
    """
    cases.hold_cases([case_id, other_case_id])
    facts, at = hold(process, actor, case_id, at)
    demand(rules.identity_refusal(kind, facts.case, actor, facts.join))
    own = persons.person_card(facts.case.person_id, at=at)
    same = own.number == identifier.value
    demand(rules.number_refusal(kind, present=own.kind, new=identifier.kind, same_value=same))
    found = persons.person_by_identifier(identifier.value)
    existing = doors.active_case_of(found, process.module) if found and found != own.id else None
    if existing is None or existing.case_id != other_case_id:
        raise Stale(changed_since_shown())
    if seen != seen_of(kind, identifier, name, own, told_of(None, existing)):
        raise Stale(changed_since_shown())
    other = for_rebuild(process, other_case_id)
    at = other.case.moment_of_act(at)
    demand(rules.asked_refusal(other.join))
    joining.ask(
        case_id=case_id,
        other_case_id=other_case_id,
        keep_case_id=proposed(facts, other),
        kind=kind,
        number=identifier.value,
        due=(_due(facts, at), _due(other, at)),
        actor=actor,
        at=at,
    )
    _store((facts, other))
    _record(Action.CASE_JOIN_ASKED, facts, other, actor, at)
    units = [one.case.coordinator.unit_id for one in (facts, other)]
    notify(events.CASE_JOIN_ASKED, case_id, places.unit_cards(units).values(), at)


def proposed(one: CaseWork, other: CaseWork) -> UUID:
    """Which of the two goes on, unless the coordinators say otherwise: the one with a result, else the older."""
    best = min((one, other), key=lambda facts: (not facts.result, facts.case.created_at))
    return best.case.id


def _due(facts: CaseWork, at: datetime) -> datetime:
    """The coordinators answer as soon as a unit that is asked to take part."""
    deadline = facts.process.messages[facts.process.asked_by].deadline
    department = places.unit_cards([facts.case.coordinator.unit_id])[
        facts.case.coordinator.unit_id
    ].department_id
    return due_at(places.deadlines_of({department}, deadline)[department], at)


@transaction.atomic
def confirm_join(
    *, process: Process[Any], actor: Actor, case_id: UUID, keep_case_id: UUID, seen: str, at: datetime
) -> UUID:
    """Confirm for the own case, and for the other when the same user coordinates both. Gives the case that goes on.

    When all have confirmed the same of the same persons, one ends into the other and the persons become one. Whoever
    chooses the other case to go on asks the first one anew; so does anybody when the first was shown other persons
    than the cases are about now. Refused to all but the coordinator, by `asker_waits_refusal`, and when
    the other case has ended: what would become one then has been shown to nobody. `Stale` when it is not as `seen`.
    """
    pair, held, at = _held(process, actor, case_id, seen, at)
    demand(pair.waits(actor))
    if keep_case_id not in {facts.case.id for facts in pair.both}:
        raise Stale(rules.join_gone())
    mine = [facts.case.id for facts in pair.both if facts.case.is_coordinator(actor.user_id, actor.unit_id)]
    joining.agree(
        pair.join,
        for_cases=mine,
        keep_case_id=keep_case_id,
        to=pair.yes_to(keep_case_id),
        actor=actor,
        at=at,
    )
    join = joining.waiting_join(case_id)
    if join is None:
        raise Stale(rules.join_gone())
    if all(join.confirmed_by(facts.case.id) for facts in pair.both):
        _join(join, pair, held, actor, at)
        return keep_case_id
    _store(pair.both)
    _record(Action.CASE_JOIN_CONFIRMED, pair.own, pair.other, actor, at)
    return case_id


@transaction.atomic
def decline_join(
    *, process: Process[Any], actor: Actor, case_id: UUID, reason: str, seen: str, at: datetime
) -> None:
    """Not one person, or not to become one case: both stay as they are. Refused to all but the coordinator.

    Also how a question is closed whose other case has ended: nothing is answered then, and no reason is asked for.
    """
    pair, _cases, at = _held(process, actor, case_id, seen, at)
    demand(rules.decline_refusal(pair.other.case, reason))
    joining.decline(pair.join, reason=reason, actor=actor, at=at)
    _store(pair.both)
    _record(Action.CASE_JOIN_DECLINED, pair.own, pair.other, actor, at)


def _held(
    process: Process[Any], actor: Actor, case_id: UUID, seen: str, at: datetime
) -> tuple[Pair, dict[UUID, Module], datetime]:
    join = joining.waiting_join(case_id)
    both = [case_id, *([join.other_of(case_id)] if join else [])]
    held = cases.hold_cases(both, all_of_their_persons=True)
    facts, at = hold(process, actor, case_id, at)
    demand(rules.join_refusal(facts.case, actor))
    pair = pair_of(facts)
    if pair is None or pair.seen != seen:
        raise Stale(rules.join_gone())
    return pair, held, pair.other.case.moment_of_act(at)


def _join(join: JoinFacts, pair: Pair, held_cases: Mapping[UUID, Module], actor: Actor, at: datetime) -> None:
    """One case ends into the other, and the person of the asking case becomes the one who has the number."""
    by_id = {facts.case.id: facts for facts in pair.both}
    asking, having = by_id[join.case_id].case.person_id, by_id[join.other_case_id].case.person_id
    own, found = persons.person_card(asking, at=at), persons.person_card(having, at=at)
    kind, number = IdentityKind(join.kind), parse(join.number)
    refusal = rules.number_refusal(
        kind, present=own.kind, new=number.kind, same_value=own.number == number.value
    )
    if refusal is not None or persons.person_by_identifier(join.number) != having or asking == having:
        raise Refused(rules.join_gone())
    ended = by_id[next(one for one in by_id if one != join.keep_case_id)]
    _end_into(ended, join.keep_case_id, actor, at)
    held = identity.hold({own.id: own.version, found.id: found.version})
    moved = cases.move_cases(from_person_id=asking, to_person_id=having, held=held_cases)
    change_id = identity.merge(
        Done(kind, join.keep_case_id, actor, at),
        person=held[asking],
        into=held[having],
        number=join.number,
        moved_case_ids=moved,
        ended_case_id=ended.case.id,
    )
    joining.settle(join.id, change_id=change_id)
    for one in by_id:
        now = for_rebuild(pair.own.process, one)
        name_readers(pair.own.process, now.case, was_protected=by_id[one].case.protected, actor=actor, at=at)
        note_lapsed(now, actor=actor, at=at)
    store_steps_of(pair.own.process, {one: held_cases[one] for one in {*moved, *by_id}}, at)
    (change,) = (one for one in identity.changes_of([join.keep_case_id]) if one.id == change_id)
    record_identity(change, ACTIONS[kind], actor=actor, at=at)


def _end_into(ended: CaseWork, keep_case_id: UUID, actor: Actor, at: datetime) -> None:
    """Everybody who takes part in the case that ends is told."""
    cases.end_case(
        case_id=ended.case.id,
        status=CaseStatus.ENDED,
        reason=EndReason.MERGED,
        comment="",
        actor=actor,
        at=at,
    )
    cases.continue_in(case_id=ended.case.id, other_case_id=keep_case_id)
    finish(ended, actor=actor, at=at, action=Action.CASE_ENDED, reason=EndReason.MERGED)
    tell_over(ended, events.CASE_JOINED, actor=actor, at=at)


def _store(both: tuple[CaseWork, CaseWork]) -> None:
    for facts in both:
        store_steps(reread(facts))


def _record(action: Action, own: CaseWork, other: CaseWork, actor: Actor, at: datetime) -> None:
    audit.record(
        actor=actor,
        at=at,
        action=action,
        person_ids=[own.case.person_id, other.case.person_id],
        case_id=own.case.id,
        object_kind="case",
        object_id=str(other.case.id),
    )
