"""*Utvärdering av plan*: begun, written, signed, locked, voided; locking ends the case (V-81, V-82)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samordna.audit.states import Action
from samordna.cases import commands as cases
from samordna.cases.states import CaseStatus, EndReason
from samordna.casework import events as common
from samordna.casework.case.commands.telling import tell_others, tell_over
from samordna.casework.documents.commands import writing
from samordna.casework.documents.commands.holding import NO_REASON, hold_document, hold_open
from samordna.casework.documents.commands.rows import author, save_row
from samordna.casework.documents.commands.writing import finish_writing
from samordna.casework.documents.rules.editions import voided_like
from samordna.casework.file.commands.act import finish
from samordna.documents import commands as documents
from samordna.documents.facts import VersionFacts
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal, Refused, Stale, demand
from samordna.people import queries as persons
from samordna.sip import events
from samordna.sip.evaluation import rules
from samordna.sip.evaluation.content import evaluation_content
from samordna.sip.evaluation.models import EvaluationContent
from samordna.sip.evaluation.queries import evaluation_of
from samordna.sip.facts import SipFacts
from samordna.sip.plan.commands.copying import copy_participants
from samordna.sip.plan.commands.participants import fill_participants
from samordna.sip.process import SIP
from samordna.sip.states import Part

SIGNED_ANEW = Refusal(
    "evaluation.signed_anew",
    _("A newer version was signed while you were reviewing."),
    _("Read it and lock then."),
)


def begin_evaluation(*, actor: Actor, case_id: UUID, at: datetime, like_voided: bool = False) -> SipFacts:
    """Begin with the participants of the plan, and the meeting of the summons if there was one.

    `like_voided` begins with what the voided evaluation said (V-95).
    """

    def fill(facts: SipFacts, version_id: UUID, at: datetime) -> None:
        voided = voided_like(facts, actor.unit_id, Part.EVALUATION) if like_voided else None
        if voided is None:
            meeting = facts.meeting_of(Part.EVALUATION_SUMMONS)
            met_on = meeting.meets_on if meeting else None
            EvaluationContent.objects.create(edition_id=version_id, met_on=met_on, **author(actor, at))
            _prefill_participants(facts, version_id, actor, at)
        else:
            _copy(voided[1].id, version_id, actor, at)

    return writing.begin(
        process=SIP, actor=actor, case_id=case_id, part=Part.EVALUATION, rule=rules.begin_evaluation_refusal,
        fill=fill, at=at,
    )  # fmt: skip


def _prefill_participants(facts: SipFacts, version_id: UUID, actor: Actor, at: datetime) -> None:
    plan = facts.valid_plan
    if plan is not None and plan.locked_version is not None:
        copy_participants(
            from_version_id=plan.locked_version.id,
            to_version_id=version_id,
            actor=actor,
            at=at,
            new_meeting=True,
            same_people=True,
        )
    person = persons.person_card(facts.case.person_id, at=at)
    fill_participants(
        facts, edition_id=version_id, summons=Part.EVALUATION_SUMMONS, person=person, actor=actor, at=at
    )


@transaction.atomic
def save_evaluation(
    *, actor: Actor, case_id: UUID, version: int, met_on: date | None, text: str, at: datetime
) -> SipFacts:
    """*Spara* the day and the text. Refused as writing is; `Stale` when somebody saved it meanwhile."""
    facts, edition, at = hold_open(SIP, actor, case_id, Part.EVALUATION, at)
    rows = EvaluationContent.objects.filter(edition_id=edition.id)
    save_row(rows, version=version, actor=actor, at=at, met_on=met_on, text=text)
    return finish_writing(facts, edition, Part.EVALUATION, actor=actor, at=at)


def said(facts: SipFacts, edition: VersionFacts, at: datetime) -> dict[str, Any]:
    """The canonical content of an open edition, from its rows. Refused as in `evaluation_gap_refusal`."""
    evaluation = evaluation_of(edition.id)
    attended = [line.attendance for line in evaluation.participants if not line.removed]
    demand(rules.evaluation_gap_refusal(evaluation.text, attended, evaluation.met_on))
    return evaluation_content(facts, edition, persons.person_card(facts.case.person_id, at=at), evaluation)


def sign_evaluation(*, actor: Actor, case_id: UUID, seen: str, at: datetime) -> SipFacts:
    """*Signera* what was reviewed. Refused as writing is, and by `evaluation_gap_refusal`."""
    return writing.sign(
        process=SIP,
        actor=actor,
        case_id=case_id,
        part=Part.EVALUATION,
        content=lambda facts, edition: said(facts, edition, at),
        seen=seen,
        at=at,
    )


def edit_evaluation(*, actor: Actor, case_id: UUID, at: datetime) -> SipFacts:
    """*Redigera* a signed evaluation."""

    def copy(from_version_id: UUID, to_version_id: UUID, at: datetime) -> None:
        _copy(from_version_id, to_version_id, actor, at)

    return writing.edit(process=SIP, actor=actor, case_id=case_id, part=Part.EVALUATION, copy=copy, at=at)


def _copy(from_version_id: UUID, to_version_id: UUID, actor: Actor, at: datetime) -> None:
    copy_participants(from_version_id=from_version_id, to_version_id=to_version_id, actor=actor, at=at)
    row = EvaluationContent.objects.get(edition_id=from_version_id)
    row.pk, row.edition_id = None, to_version_id
    row.save(force_insert=True)


@transaction.atomic
def lock_evaluation(*, actor: Actor, case_id: UUID, version_id: UUID, at: datetime) -> SipFacts:
    """*Lås* the version that was reviewed, and the case ends. A new SIP can then be made for the person (V-82).

    Refused by `lock_evaluation_refusal`; `Stale` when a newer version was signed.
    """
    rule = rules.lock_evaluation_refusal
    facts, document, at = hold_document(SIP, actor, case_id, Part.EVALUATION, at, rule)
    valid = document.valid_version
    if valid is None or valid.id != version_id:
        raise Stale(SIGNED_ANEW)
    documents.lock_version(version_id=valid.id, actor=actor, at=at)
    cases.end_case(
        case_id=case_id,
        status=CaseStatus.ENDED,
        reason=EndReason.EVALUATED,
        comment="",
        actor=actor,
        at=at,
    )
    tell_others(facts, events.EVALUATION_LOCKED, valid.id, actor=actor, at=at)
    # Those who were asked and are not in the whole case learn that it is over.
    tell_over(facts, common.CASE_ENDED, actor=actor, at=at, told=facts.case.working_unit_ids)
    return finish_writing(facts, valid, Part.EVALUATION, actor=actor, at=at, action=Action.DOCUMENT_LOCKED)


@transaction.atomic
def void_evaluation(*, actor: Actor, case_id: UUID, reason: str, at: datetime) -> SipFacts:
    """*Makulera*. If the case had ended by it the case goes on, unless the person has a new SIP."""
    if not reason:
        raise Refused(NO_REASON)
    rule = rules.void_evaluation_refusal
    facts, document, at = hold_document(SIP, actor, case_id, Part.EVALUATION, at, rule)
    documents.void_document(document_id=document.id, reason=reason, actor=actor, at=at)
    if not facts.case.active:
        cases.reopen_case(case_id=case_id)
        # Those who were asked were told that it was over.
        tell_over(facts, common.CASE_REOPENED, actor=actor, at=at, told=facts.case.working_unit_ids)
    tell_others(facts, events.EVALUATION_VOIDED, document.id, actor=actor, at=at)
    return finish(
        facts,
        actor=actor,
        at=at,
        action=Action.DOCUMENT_VOIDED,
        object_kind="evaluation",
        object_id=str(document.id),
    )
