"""What stands about the person of a case: details, relatives, numbers, and a case made on the wrong number."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases import queries as doors
from samordna.cases.states import CaseStatus, EndReason, Module
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier
from samordna.kernel.refusal import Refusal, demand
from samordna.notifications.states import Event
from samordna.organisations import queries as places
from samordna.people import commands as people
from samordna.people import queries as persons
from samordna.people.rules import PersonChanges
from samordna.people.states import Relation
from samordna.sip.commands.act import finish, store_steps
from samordna.sip.commands.sending import notify
from samordna.sip.facts import SipFacts
from samordna.sip.queries import hold_sip, sip_for_rebuild
from samordna.sip.rules.case import change_person_refusal, correct_person_refusal


@transaction.atomic
def change_person(*, actor: Actor, case_id: UUID, version: int, changes: PersonChanges, at: datetime) -> None:
    """Change what stands about the person. A person who becomes protected keeps its present handlers as readers."""
    facts, at = hold_sip(actor, case_id, at)
    demand(change_person_refusal(facts.case, actor))
    people.change_person(actor=actor, person_id=facts.case.person_id, version=version, changes=changes, at=at)
    now = sip_for_rebuild(case_id)
    if now.case.protected and not facts.case.protected:
        _name_handlers_as_readers(now, actor, at)


def _name_handlers_as_readers(facts: SipFacts, actor: Actor, at: datetime) -> None:
    """Whoever handles or coordinates the case, and the one who marked it, may go on reading it (L-04)."""
    coordinator = facts.case.coordinator
    named = {(h.unit_id, h.user_id, h.name) for h in facts.case.handlers}
    named |= {(coordinator.unit_id, coordinator.user_id, coordinator.name)}
    named |= {(actor.unit_id, actor.user_id, actor.user_name)}
    for unit_id, user_id, name in sorted(named):
        cases.name_reader(case_id=facts.case.id, unit_id=unit_id, user_id=user_id, name=name, at=at)


@transaction.atomic
def add_related(
    *,
    actor: Actor,
    case_id: UUID,
    relation: Relation,
    name: str,
    relation_text: str,
    contact: str,
    at: datetime,
) -> None:
    facts, at = hold_sip(actor, case_id, at)
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
def end_related(*, actor: Actor, case_id: UUID, related_id: UUID, at: datetime) -> None:
    facts, at = hold_sip(actor, case_id, at)
    demand(change_person_refusal(facts.case, actor))
    people.end_related(actor=actor, person_id=facts.case.person_id, related_id=related_id, at=at)


@transaction.atomic
def correct_number(
    *, actor: Actor, case_id: UUID, identifier: Identifier, name: str, reason: str, at: datetime
) -> None:
    """Move a case made on the wrong number to the right person; both stand in its history.

    Refused without a reason, when the number is the present one, or when the right person has an active SIP.
    """
    facts, at = hold_sip(actor, case_id, at)
    demand(correct_person_refusal(facts.case, actor))
    known = persons.person_by_identifier(identifier.value)
    demand(_correction_refusal(facts, known, name, reason))
    found = people.find_or_create_person(actor=actor, identifier=identifier, name=name, at=at)
    cases.correct_person(
        case_id=case_id,
        from_person_id=facts.case.person_id,
        to_person_id=found.id,
        reason=reason,
        actor=actor,
        at=at,
    )
    _name_handlers_as_readers(facts, actor, at)
    finish(
        facts,
        actor=actor,
        at=at,
        action=Action.CASE_PERSON_CORRECTED,
        object_kind="person",
        object_id=str(facts.case.person_id),
    )


def _correction_refusal(facts: SipFacts, known: UUID | None, name: str, reason: str) -> Refusal | None:
    if known == facts.case.person_id:
        return Refusal("person.same", _("The case already has this number."), field="identifier")
    if known is None and not name:
        return Refusal("person.name_missing", _("Write the person's name."), field="name")
    if not reason:
        return Refusal("person.reason_missing", _("Write why the number is corrected."), field="reason")
    return None


@transaction.atomic
def link_number(*, actor: Actor, case_id: UUID, identifier: Identifier, at: datetime) -> None:
    """Link a lasting number to a reserve number (L-01). If it already was a person, the two become one;
    had both an active SIP, the other one ends into this one and its coordinator's unit is told."""
    facts, at = hold_sip(actor, case_id, at)
    demand(change_person_refusal(facts.case, actor))
    person_id = facts.case.person_id
    linked = people.link_identifier(actor=actor, person_id=person_id, identifier=identifier, at=at)
    if linked.merged_person_id is not None:
        merged, lasting = linked.merged_person_id, linked.person_id
        _end_case_of(lasting if merged == person_id else merged, facts, actor, at)
        cases.move_cases(from_person_id=merged, to_person_id=lasting)
    store_steps(sip_for_rebuild(case_id))


def _end_case_of(other_person_id: UUID, facts: SipFacts, actor: Actor, at: datetime) -> None:
    """End the active SIP that the person has under the other number, if any, into this case."""
    other = doors.active_case_of(other_person_id, Module.SIP)
    if other is None:
        return
    ended = sip_for_rebuild(other.case_id, lock=True)
    at = ended.case.moment_of_act(at)
    cases.end_case(
        case_id=other.case_id,
        status=CaseStatus.ENDED,
        reason=EndReason.MERGED,
        comment="",
        actor=actor,
        at=at,
    )
    cases.continue_in(case_id=other.case_id, other_case_id=facts.case.id)
    finish(ended, actor=actor, at=at, action=Action.CASE_ENDED, reason=EndReason.MERGED)
    units = places.unit_cards([ended.case.coordinator.unit_id, facts.case.coordinator.unit_id])
    notify(Event.CASE_VOIDED, other.case_id, units.values(), at)
