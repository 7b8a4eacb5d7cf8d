"""The print of a plan: asked for when it is locked, marked when it is replaced or voided, printed, handed over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from samordna.audit.states import Action
from samordna.casework.documents.commands.holding import hold_locked
from samordna.casework.documents.commands.writing import finish_writing
from samordna.casework.file.queries import reread
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.queries import signed_content
from samordna.documents.states import VersionStatus
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import NotVisible, demand
from samordna.printouts import commands as printouts
from samordna.sip.facts import SipFacts
from samordna.sip.plan.models import PlanHandover, PlanPrinting
from samordna.sip.plan.print import mark_of, present_source, print_data, template_of
from samordna.sip.plan.rules import handover_refusal, print_refusal
from samordna.sip.process import SIP
from samordna.sip.queries import hold_sip
from samordna.sip.states import Part

Signed = Mapping[str, Any]


@dataclass(frozen=True)
class Handover:
    """To whom the plan was handed, when, and who signed it on paper."""

    handed_on: date
    handed_to: str
    signed_on_paper: str


def request_prints(
    facts: SipFacts, version_ids: Iterable[UUID], *, at: datetime, read: Mapping[UUID, Signed] | None = None
) -> SipFacts:
    """Ask the worker for prints of versions just locked, replaced or voided, from the signed bytes alone.

    One that is replaced or voided gets a print that says so, beside the one that was handed over. `read` holds what the
    act has read of the bytes already. Returns the case as it stands now.
    """
    now = reread(facts)
    for version_id in version_ids:
        _request(now, version_id, at, (read or {}).get(version_id))
    return now


def _request(facts: SipFacts, version_id: UUID, at: datetime, content: Signed | None = None) -> None:
    document, version = _found(facts, version_id)
    content = content or signed_content(version.id)
    printouts.request_printout(
        template=template_of(document, version),
        source_id=present_source(facts, version, content),
        data=print_data(
            facts,
            document,
            version,
            content,
            consents=facts.consents,
            mark=mark_of(facts.case, document, version, content),
        ),
        at=at,
    )


@transaction.atomic
def print_again(*, actor: Actor, case_id: UUID, version_id: UUID, at: datetime) -> None:
    """Ask once more for a print that could not be made, or was never asked for. Refused by `print_refusal`."""
    facts, at = hold_sip(actor, case_id, at)
    _document, version = _found(facts, version_id)
    demand(print_refusal(facts, actor, version))
    _request(facts, version_id, at)


@transaction.atomic
def record_printed(*, actor: Actor, case_id: UUID, version_id: UUID, at: datetime) -> SipFacts:
    """That the plan is printed by the actor. Refused by `print_refusal`."""
    facts, at = hold_sip(actor, case_id, at)
    document, version = _found(facts, version_id)
    demand(print_refusal(facts, actor, version))
    if version.status == VersionStatus.LOCKED:
        PlanPrinting.objects.create(edition_id=version.id, printed_at=at, printed_by_id=actor.user_id)
    details = {"template": template_of(document, version).value, "round": document.round_number}
    return finish_writing(
        facts, version, Part.PLAN, actor=actor, at=at, action=Action.DOCUMENT_PRINTED, details=details
    )


@transaction.atomic
def record_handover(*, actor: Actor, case_id: UUID, handover: Handover, at: datetime) -> SipFacts:
    """That the locked plan was handed over and who signed on paper (V-54). Refused by `handover_refusal`."""
    rule = partial(handover_refusal, handed_on=handover.handed_on)
    facts, version, at = hold_locked(SIP, actor, case_id, Part.PLAN, at, rule)
    PlanHandover.objects.create(
        edition_id=version.id,
        handed_on=handover.handed_on,
        handed_to=handover.handed_to,
        signed_on_paper=handover.signed_on_paper,
        recorded_at=at,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.user_name,
    )
    return finish_writing(facts, version, Part.PLAN, actor=actor, at=at, action=Action.DOCUMENT_HANDED_OVER)


def _found(facts: SipFacts, version_id: UUID) -> tuple[DocumentFacts, VersionFacts]:
    for document in facts.documents:
        for version in document.versions:
            if document.kind == Part.PLAN and version.id == version_id:
                return document, version
    raise NotVisible
