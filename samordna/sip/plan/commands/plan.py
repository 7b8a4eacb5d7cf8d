"""The plan: begun, what the law wants, edited, signed, locked, opened, voided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samordna.audit.states import Action
from samordna.casework.case.commands.telling import tell_others
from samordna.casework.documents.commands import writing
from samordna.casework.documents.commands.holding import NO_REASON, begun, hold_open
from samordna.casework.documents.commands.rows import author, save_row
from samordna.casework.documents.commands.writing import finish_writing
from samordna.casework.documents.rules.editions import voided_like
from samordna.casework.file.commands.act import finish
from samordna.documents import commands as documents
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.queries import signed_content
from samordna.kernel.actor import Actor
from samordna.kernel.collation import sort_key
from samordna.kernel.refusal import Refusal, Refused, Stale, demand
from samordna.organisations import queries as places
from samordna.people import queries as people
from samordna.sip import events
from samordna.sip.facts import SipFacts
from samordna.sip.plan.commands.copying import copy_plan_content
from samordna.sip.plan.commands.participants import fill_participants
from samordna.sip.plan.commands.printing import request_prints
from samordna.sip.plan.commands.schedule import end_due
from samordna.sip.plan.content import plan_content
from samordna.sip.plan.models import PlanContent
from samordna.sip.plan.queries import plan_of
from samordna.sip.plan.rules import (
    begin_plan_refusal,
    gaps,
    lock_refusal,
    unlock_plan_refusal,
    void_plan_refusal,
)
from samordna.sip.process import SIP
from samordna.sip.queries import hold_sip
from samordna.sip.states import Part

SIGNED_ANEW = Refusal(
    "plan.signed_anew", _("A newer version was signed while you were reviewing."), _("Read it and lock then.")
)


@dataclass(frozen=True)
class LawText:
    """What the law wants in a plan beside goals, as typed."""

    met_on: date | None
    needs: str
    others_do: str
    principal_id: int | None
    coordinator_confirmed: bool


def begin_plan(*, actor: Actor, case_id: UUID, at: datetime, like_voided: bool = False) -> SipFacts:
    """Begin the round's plan with the summoned units as participants and the day of the meeting (V-50).

    In a later round it carries what the earlier plan says, unsigned (V-71), and `like_voided` what the round's voided
    plan said (V-95). Refused by `begin_plan_refusal`; `Stale` when a colleague began it at the same moment.
    """

    def fill(facts: SipFacts, edition_id: UUID, at: datetime) -> None:
        voided = voided_like(facts, actor.unit_id, Part.PLAN) if like_voided else None
        if voided is None:
            _fill(facts, edition_id, actor, at)
        else:
            copy_plan_content(from_version_id=voided[1].id, to_version_id=edition_id, actor=actor, at=at)

    return writing.begin(
        process=SIP, actor=actor, case_id=case_id, part=Part.PLAN, rule=begin_plan_refusal, fill=fill, at=at
    )


def _fill(facts: SipFacts, edition_id: UUID, actor: Actor, at: datetime) -> None:
    meeting = facts.meeting_of(Part.SUMMONS)
    met_on = meeting.meets_on if meeting else None
    earlier = _earlier_version(facts)
    if earlier is None:
        PlanContent.objects.create(edition_id=edition_id, met_on=met_on, **author(actor, at))
    else:
        copy_plan_content(
            from_version_id=earlier.id, to_version_id=edition_id, actor=actor, at=at, new_meeting=True
        )
        PlanContent.objects.filter(edition_id=edition_id).update(met_on=met_on)
    person = people.person_card(facts.case.person_id, at=at)
    fill_participants(facts, edition_id=edition_id, summons=Part.SUMMONS, person=person, actor=actor, at=at)


def _earlier_version(facts: SipFacts) -> VersionFacts | None:
    """The plan that holds from an earlier round, or was signed last in one."""
    earlier = [
        d
        for d in facts.documents
        if d.kind == Part.PLAN and d.round_number < facts.round_number and not d.voided
    ]
    return earlier[-1].valid_version or earlier[-1].replaced_version if earlier else None


@transaction.atomic
def save_law(*, actor: Actor, case_id: UUID, version: int, text: LawText, at: datetime) -> SipFacts:
    """Save what the law wants, all of it as one passage. The principal is one of a unit that takes part."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.PLAN, at)
    choices = principal_choices(facts)
    if text.principal_id is not None and text.principal_id not in choices:
        raise Refused(
            Refusal("plan.principal_unknown", _("Choose a principal that takes part."), field="principal")
        )
    save_row(
        PlanContent.objects.filter(edition_id=edition.id),
        version=version,
        actor=actor,
        at=at,
        met_on=text.met_on,
        needs=text.needs,
        others_do=text.others_do,
        principal_id=text.principal_id,
        principal_name=choices.get(text.principal_id or 0, ""),
        coordinator_confirmed=text.coordinator_confirmed,
    )
    return finish_writing(facts, edition, Part.PLAN, actor=actor, at=at, details={"passage": "law"})


def principal_choices(facts: SipFacts) -> dict[int, str]:
    """The principals of the units that take part, by id: one of them has the overall responsibility."""
    cards = places.unit_cards(facts.case.full_unit_ids).values()
    return {
        card.principal_id: card.principal_name
        for card in sorted(cards, key=lambda card: sort_key(card.principal_name))
    }


def edit_plan(*, actor: Actor, case_id: UUID, at: datetime) -> SipFacts:
    """*Redigera*. See `writing.edit`."""
    return writing.edit(
        process=SIP,
        actor=actor,
        case_id=case_id,
        part=Part.PLAN,
        copy=lambda old, new, at: copy_plan_content(
            from_version_id=old, to_version_id=new, actor=actor, at=at
        ),
        at=at,
    )


def sign_plan(*, actor: Actor, case_id: UUID, seen: str, at: datetime) -> SipFacts:
    """*Signera*. See `writing.sign`."""
    return writing.sign(
        process=SIP,
        actor=actor,
        case_id=case_id,
        part=Part.PLAN,
        content=lambda facts, edition: said(facts, edition, at),
        seen=seen,
        at=at,
        note=_note_gaps,
    )


def _note_gaps(edition: VersionFacts, content: Mapping[str, Any]) -> None:
    missing = len(gaps(content))
    if missing:
        PlanContent.objects.filter(edition_id=edition.id).update(gaps=missing)


def said(facts: SipFacts, edition: VersionFacts, at: datetime) -> dict[str, Any]:
    """The canonical content of an open edition, from its rows."""
    person = people.person_card(facts.case.person_id, at=at)
    return plan_content(facts, plan_of(edition.id), person, edition)


@transaction.atomic
def lock_plan(*, actor: Actor, case_id: UUID, version_id: UUID, at: datetime) -> SipFacts:
    """*Lås* the version that was reviewed. The earlier round's plan is replaced (V-70), the print asked for.

    Refused by `lock_refusal`, with the gaps of what was signed; `Stale` when a newer version was signed.
    """
    facts, at = hold_sip(actor, case_id, at)
    plan = facts.standing(Part.PLAN)
    valid = plan.valid_version if plan else None
    content = signed_content(valid.id) if valid else {}
    demand(lock_refusal(facts, actor, gaps(content) if valid else ()))
    if valid is None or valid.id != version_id:
        raise Stale(SIGNED_ANEW)
    documents.lock_version(version_id=valid.id, actor=actor, at=at)
    replaced = _replace_earlier(facts, plan, at)
    if replaced:
        end_due(case_id, at)
    versions = [valid.id, *(version.id for version in replaced)]
    now = request_prints(facts, versions, at=at, read={valid.id: content})
    tell_others(facts, events.PLAN_LOCKED, valid.id, actor=actor, at=at)
    details = {"replaced": [str(version.id) for version in replaced]} if replaced else None
    return finish_writing(
        facts, valid, Part.PLAN, actor=actor, at=at, action=Action.DOCUMENT_LOCKED, details=details, now=now
    )


def _replace_earlier(facts: SipFacts, plan: DocumentFacts | None, at: datetime) -> list[VersionFacts]:
    others = [d for d in facts.documents if d.kind == Part.PLAN and (plan is None or d.id != plan.id)]
    replaced = [version for version in (d.locked_version for d in others) if version is not None]
    for version in replaced:
        documents.replace_version(version_id=version.id, at=at)
    return replaced


def unlock_plan(*, actor: Actor, case_id: UUID, at: datetime) -> SipFacts:
    """*Öppna*. See `writing.unlock`."""
    return writing.unlock(
        process=SIP, actor=actor, case_id=case_id, part=Part.PLAN, rule=unlock_plan_refusal, at=at
    )


@transaction.atomic
def void_plan(
    *, actor: Actor, case_id: UUID, reason: str, at: datetime, plan_id: UUID | None = None
) -> SipFacts:
    """*Makulera* the plan with a reason, its follow-up too (V-95). Both stay readable; a new plan can be begun.

    `plan_id` is that of the earlier round's plan, which holds until the new one is locked (V-70); else the round's own.
    """
    facts, at = hold_sip(actor, case_id, at)
    if not reason:
        raise Refused(NO_REASON)
    plan = plan_to_void(facts, plan_id)
    demand(void_plan_refusal(facts, actor, plan))
    plan = begun(plan)
    follow_up = _follow_up_of(facts, plan)
    for document in (plan, follow_up):
        if document is not None:
            documents.void_document(document_id=document.id, reason=reason, actor=actor, at=at)
    if plan.round_number == facts.followed_round:
        end_due(case_id, at)
    locked = plan.locked_version
    now = request_prints(facts, [locked.id] if locked else [], at=at)
    tell_others(facts, events.PLAN_VOIDED, plan.id, actor=actor, at=at)
    details = {"follow_up": str(follow_up.id)} if follow_up else None
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.DOCUMENT_VOIDED,
        object_kind="plan",
        object_id=str(plan.id),
        details=details,
        now=now,
    )


def plan_to_void(facts: SipFacts, plan_id: UUID | None) -> DocumentFacts | None:
    """The plan with this id, else the one of the round, which may be voided already. None when there is none."""
    if plan_id is None:
        return facts.document_of(Part.PLAN)
    found = facts.document(plan_id)
    return found if found is not None and found.kind == Part.PLAN else None


def _follow_up_of(facts: SipFacts, plan: DocumentFacts) -> DocumentFacts | None:
    """The follow-up that stands in the plan's own round."""
    standing = [
        d
        for d in facts.documents
        if d.kind == Part.FOLLOW_UP and d.round_number == plan.round_number and not d.voided
    ]
    return standing[-1] if standing else None
