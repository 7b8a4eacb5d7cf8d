"""*Utvärdering av plan* and *Kartläggning enligt SBAR* as they are read, and what can be done with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.casework.documents.rules import editions as documents_rules
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.sip.facts import SipFacts
from samordna.sip.presenters.plan_sheet import NOBODY, Author, Reader, author_of
from samordna.sip.rules import ending as rules
from samordna.sip.rules.process import begin_refusal
from samordna.sip.states import Beginning, Part

SBAR_LABELS: dict[str, str | Promise] = {
    "situation": _("Situation"),
    "background": _("Background"),
    "assessment": _("Present state"),
    "recommendation": _("Recommendation"),
}


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


@dataclass(frozen=True)
class SbarActs:
    open: Refusal | None
    write: Refusal | None


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


def sbar_acts(facts: SipFacts, actor: Actor) -> SbarActs:
    return SbarActs(rules.open_sbar_refusal(facts, actor), rules.write_sbar_refusal(facts, actor))


def evaluation_sheet(content: Mapping[str, Any], reader: Reader = NOBODY) -> EvaluationSheet:
    """From canonical content. The participants are presented as in a plan."""
    return EvaluationSheet(
        number=content["number"],
        met_on=date.fromisoformat(content["met_on"]) if content["met_on"] else None,
        text=content["text"],
        author=author_of(content["written"], reader),
    )


def sbar_rows(content: Mapping[str, Any]) -> list[tuple[str | Promise, str]]:
    """Label and text of the four, from canonical content."""
    return [(label, content[name]) for name, label in SBAR_LABELS.items()]
