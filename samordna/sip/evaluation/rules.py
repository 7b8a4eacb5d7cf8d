"""When an evaluation may be begun, locked and voided, and what is missing in it. Pure: facts in, refusal out."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from samordna.cases.states import EndReason
from samordna.casework.documents.rules.editions import write_then
from samordna.casework.file.rules import (
    coordinator_refusal,
    not_coordinator_refusal,
    participant_refusal,
)
from samordna.documents.states import VersionStatus
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.sip.facts import SipFacts
from samordna.sip.plan.states import Attendance
from samordna.sip.requirements import FOLLOW_UP_OPEN, begin_refusal
from samordna.sip.states import Beginning, Part


def begin_evaluation_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """A participating unit, when the part may begin and there is none (V-81, V-82)."""
    refusal = participant_refusal(facts.case, actor) or begin_refusal(facts, Beginning.EVALUATION)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.EVALUATION)
    if document is not None:
        return Refusal(
            "evaluation.begun",
            _("The evaluation has already been begun."),
            write_then(document),
        )
    return None


def evaluation_gap_refusal(text: str, attendance: Collection[str], met_on: date | None) -> Refusal | None:
    """Before signing the text *Utvärdering* is mandatory (V-81), and somebody who took part in the decision (V-82).

    With a meeting those who attended have taken part in it.
    """
    if not text.strip():
        return Refusal("evaluation.text_missing", _("Write the evaluation."), field="text")
    if Attendance.ATTENDED in attendance:
        return None
    if met_on is None:
        return Refusal("evaluation.nobody_decided", _("State who took part in the decision to end."))
    return Refusal("evaluation.nobody_attended", _("State who attended the meeting."))


def lock_evaluation_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """The coordinator locks a signed evaluation with no edition open; that ends the case (V-81, V-82).

    Not over a plan that is opened, nor over a follow-up in which something would be left unlocked.
    """
    refusal = coordinator_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    document = facts.standing(Part.EVALUATION)
    valid = document.valid_version if document else None
    if document is None or valid is None or valid.status != VersionStatus.SIGNED:
        return Refusal("evaluation.not_signed", _("Possible when the evaluation is signed."))
    if document.open_version is not None:
        return Refusal(
            "evaluation.open",
            _("The evaluation is open for editing. It must be signed or the edition dropped first."),
        )
    if facts.valid_plan is None:
        return Refusal(
            "evaluation.plan_opened",
            _("The plan that is evaluated is open."),
            _("Lock the plan first, so that it is known what was evaluated."),
        )
    follow_up = facts.standing(Part.FOLLOW_UP)
    if follow_up is not None and follow_up.open_version is not None:
        return FOLLOW_UP_OPEN
    return None


def void_evaluation_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """The coordinator voids an evaluation, also the locked one that ended the case: then the case goes on (V-95)."""
    ended_by_it = not facts.case.active and facts.case.end_reason == EndReason.EVALUATED
    refusal = (not_coordinator_refusal if ended_by_it else coordinator_refusal)(facts.case, actor)
    if refusal is not None:
        return refusal
    if facts.standing(Part.EVALUATION) is None:
        return Refusal("evaluation.none", _("There is no evaluation to void."))
    return None
