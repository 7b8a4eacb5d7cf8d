"""What an act on a document begins with: the case held, the rule asked, the document that stands or its edition."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samordna.casework.documents.rules.editions import NOT_BEGUN, write_refusal
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.queries import hold
from samordna.casework.process import Process
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal, Refused, demand

W = TypeVar("W", bound=CaseWork)
T = TypeVar("T")
Rule = Callable[[W, Actor], Refusal | None]

NO_REASON = Refusal("void.reason_missing", _("Write why it is voided."), field="reason")


def begun(found: T | None) -> T:
    """What an act is about. Refused when it is not there, which the rule of the act has told already."""
    if found is None:
        raise Refused(NOT_BEGUN)
    return found


def hold_document(
    process: Process[W], actor: Actor, case_id: UUID, part: str, at: datetime, rule: Rule[W]
) -> tuple[W, DocumentFacts, datetime]:
    """Hold the case for an act on the part's document that stands, with the act's moment. Refused by the rule."""
    facts, at = hold(process, actor, case_id, at)
    demand(rule(facts, actor))
    return facts, begun(facts.standing(part)), at


def hold_open(
    process: Process[W], actor: Actor, case_id: UUID, part: str, at: datetime, rule: Rule[W] | None = None
) -> tuple[W, VersionFacts, datetime]:
    """Hold the case for writing in the part's open edition, with the act's moment. Refused by the rule, which is
    `write_refusal` unless another is given."""
    asked: Rule[Any] = rule or partial(write_refusal, part=part)
    facts, document, at = hold_document(process, actor, case_id, part, at, asked)
    return facts, begun(document.open_version), at


def hold_locked(
    process: Process[W], actor: Actor, case_id: UUID, part: str, at: datetime, rule: Rule[W]
) -> tuple[W, VersionFacts, datetime]:
    """Hold the case for an act on the part's locked version, with the act's moment. Refused by the rule."""
    facts, document, at = hold_document(process, actor, case_id, part, at, rule)
    return facts, begun(document.locked_version), at
