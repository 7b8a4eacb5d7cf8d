"""*Ny plan*: the next round of summons, plan and follow-up (V-70); cancelled when it was begun by mistake (V-73)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.casework.file.commands.act import finish
from samordna.casework.messages.commands.sending import notify
from samordna.documents import commands as documents
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refused, demand
from samordna.messaging import commands as messaging
from samordna.messaging.facts import MessageFacts
from samordna.messaging.states import MessageStatus
from samordna.organisations import queries as places
from samordna.sip import events
from samordna.sip.facts import SipFacts
from samordna.sip.queries import hold_sip
from samordna.sip.rounds.rules import REASON_MISSING, cancel_round_refusal, new_plan_refusal
from samordna.sip.states import Part


@transaction.atomic
def start_new_plan(*, actor: Actor, case_id: UUID, at: datetime) -> SipFacts:
    """Begin the next round. The locked plan stays the valid one, and is followed up, until the new one is locked."""
    facts, at = hold_sip(actor, case_id, at)
    demand(new_plan_refusal(facts, actor))
    number = facts.case.rounds[-1].number + 1
    cases.start_round(case_id=case_id, number=number, actor=actor, at=at)
    return finish(
        facts, actor=actor, at=at, action=Action.ROUND_STARTED, object_kind="round", object_id=str(number)
    )


@transaction.atomic
def cancel_new_plan(*, actor: Actor, case_id: UUID, reason: str, at: datetime) -> SipFacts:
    """*Avbryt den nya planen* (V-73): what was sent and signed in the round is voided with the reason, and told.

    Drafts of its summons are thrown away. The plan that holds and the follow-up of it are as if nothing had been begun.
    Refused by `cancel_round_refusal`, and without a reason.
    """
    facts, at = hold_sip(actor, case_id, at)
    if not reason:
        raise Refused(REASON_MISSING)
    demand(cancel_round_refusal(facts, actor))
    for message in facts.messages_of(Part.SUMMONS):
        _end_summons(message, reason, actor, at)
    _void_plan(facts, reason, actor, at)
    number = facts.round_number
    cases.cancel_round(case_id=case_id, number=number, reason=reason, actor=actor, at=at)
    return finish(
        facts, actor=actor, at=at, action=Action.ROUND_CANCELLED, object_kind="round", object_id=str(number)
    )


def _end_summons(message: MessageFacts, reason: str, actor: Actor, at: datetime) -> None:
    if message.status == MessageStatus.DRAFT:
        messaging.discard_draft(message_id=message.id)
    if message.status != MessageStatus.SENT:
        return
    messaging.void_message(message_id=message.id, reason=reason, actor=actor, at=at)
    called = places.unit_cards([delivery.unit_id for delivery in message.standing])
    notify(events.PLANNING_SUMMONS_VOIDED, message.id, called.values(), at)


def _void_plan(facts: SipFacts, reason: str, actor: Actor, at: datetime) -> None:
    """The others are told of a plan that they have seen: one that was signed."""
    plan = facts.standing(Part.PLAN)
    if plan is None:
        return
    documents.void_document(document_id=plan.id, reason=reason, actor=actor, at=at)
    others = [unit_id for unit_id in facts.case.working_unit_ids if unit_id != actor.unit_id]
    if plan.ever_signed:
        notify(events.PLAN_VOIDED, plan.id, places.unit_cards(others).values(), at)
