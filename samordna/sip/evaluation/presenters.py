"""*Utvärdering av plan* as it is read, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samordna.casework.documents.presenters.authors import NOBODY, Author, Reader, author_of
from samordna.casework.documents.rules import editions as documents_rules
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.sip.evaluation import rules
from samordna.sip.facts import SipFacts
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part


@dataclass(frozen=True)
class EvaluationSheet:
    """The signed text, or the open edition's under review."""

    number: int
    met_on: date | None
    text: str
    author: Author


@dataclass(frozen=True)
class EvaluationActs:
    """None means that it may be done, a refusal says why not. `end` is the sentence of V-04, never an act."""

    begin: Refusal | None
    write: Refusal | None
    take_over: Refusal | None
    edit: Refusal | None
    drop: Refusal | None
    lock: Refusal | None
    void: Refusal | None
    end: Refusal | None


def evaluation_acts(facts: SipFacts, actor: Actor) -> EvaluationActs:
    """Every rule of the evaluation, asked as the commands ask it."""
    part = Part.EVALUATION
    return EvaluationActs(
        begin=rules.begin_evaluation_refusal(facts, actor),
        write=documents_rules.write_refusal(facts, actor, part),
        take_over=documents_rules.take_over_refusal(facts, actor, part),
        edit=documents_rules.edit_refusal(facts, actor, part),
        drop=documents_rules.drop_refusal(facts, actor, part),
        lock=rules.lock_evaluation_refusal(facts, actor),
        void=rules.void_evaluation_refusal(facts, actor),
        end=begin_refusal(facts, Beginning.ENDING),
    )


def evaluation_sheet(content: Mapping[str, Any], reader: Reader = NOBODY) -> EvaluationSheet:
    """From canonical content. The participants are presented as in a plan."""
    return EvaluationSheet(
        number=content["number"],
        met_on=date.fromisoformat(content["met_on"]) if content["met_on"] else None,
        text=content["text"],
        author=author_of(content["written"], reader),
    )


def evaluation_effects(facts: SipFacts) -> list[str]:
    """Of voiding an evaluation: whether the case goes on by it, and who can read what was written."""
    document, said = facts.standing(Part.EVALUATION), []
    if not facts.case.active:
        said.append(_("The case goes on, unless the person has got a new SIP."))
    if document is None or document.ever_signed:
        said.append(_("The evaluation can still be read, marked as voided, with your reason."))
    else:
        said.append(_("Only the unit that wrote it can read it."))
    return [*said, _("A new evaluation can be begun."), _("The units that take part are told.")]
