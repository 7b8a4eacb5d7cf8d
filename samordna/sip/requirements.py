"""What each part requires before it can begin: the one table of V-04, read with a case's facts."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.casework.file.rules import can_lock
from samordna.kernel.refusal import Refusal
from samordna.messaging.states import Answer
from samordna.sip.facts import SipFacts
from samordna.sip.states import REQUIRES, Beginning, Part, Requirement

FOLLOW_UP_OPEN = Refusal(
    "document.followed_up", _("A follow-up is open."), _("Lock or void the follow-up first.")
)


def begin_refusal(facts: SipFacts, beginning: Beginning, *, plan_gaps: int = 0) -> Refusal | None:
    """Why this cannot begin yet: the first requirement that is not met. `plan_gaps` matters for the lock only."""
    for requirement in REQUIRES[beginning]:
        met = plan_gaps == 0 if requirement == Requirement.PLAN_COMPLETE else _MET[requirement](facts)
        if not met:
            lockable = (
                requirement == Requirement.PLAN_LOCKED and _plan_signed(facts) and _no_open_edition(facts)
            )
            who_can = can_lock(facts.case) if lockable else ""
            return Refusal(f"process.{requirement.lower()}", _MISSING[requirement], who_can)
    return None


def _accepted(facts: SipFacts) -> bool:
    message = facts.sent(Part.INITIATIVE)
    return message is not None and any(d.answer == Answer.ACCEPTED for d in message.standing)


def _plan_signed(facts: SipFacts) -> bool:
    plan = facts.standing(Part.PLAN)
    return plan is not None and plan.valid_version is not None


def _no_open_edition(facts: SipFacts) -> bool:
    plan = facts.standing(Part.PLAN)
    return plan is None or plan.open_version is None


def _plan_locked(facts: SipFacts) -> bool:
    """The plan that holds: of an earlier round until the new one is locked (V-70)."""
    return facts.valid_plan is not None


def _no_new_plan(facts: SipFacts) -> bool:
    """Nobody is writing the plan that is to replace the one that holds."""
    return not (facts.renewing and facts.standing(Part.PLAN))


def _not_evaluated(facts: SipFacts) -> bool:
    """Nobody has begun to evaluate the plan that holds, which a new one would replace."""
    return facts.standing(Part.EVALUATION) is None


def _evaluation_prepared(facts: SipFacts) -> bool:
    follow_up = facts.standing(Part.FOLLOW_UP)
    followed_up = follow_up is not None and follow_up.locked_version is not None
    return followed_up or facts.sent(Part.EVALUATION_SUMMONS) is not None


def _evaluation_locked(facts: SipFacts) -> bool:
    evaluation = facts.standing(Part.EVALUATION)
    return evaluation is not None and evaluation.locked_version is not None


_MET: dict[Requirement, Callable[[SipFacts], bool]] = {
    Requirement.INITIATIVE_SENT: lambda facts: facts.sent(Part.INITIATIVE) is not None,
    Requirement.INITIATIVE_ACCEPTED: _accepted,
    Requirement.SBAR_SWITCHED_ON: lambda facts: facts.settings.sbar_enabled,
    Requirement.SUMMONS_SENT: lambda facts: facts.sent(Part.SUMMONS) is not None,
    Requirement.PLAN_SIGNED: _plan_signed,
    Requirement.NO_OPEN_EDITION: _no_open_edition,
    Requirement.PLAN_LOCKED: _plan_locked,
    Requirement.NO_NEW_PLAN: _no_new_plan,
    Requirement.NOT_EVALUATED: _not_evaluated,
    Requirement.EVALUATION_SUMMONED_OR_FOLLOWED_UP: _evaluation_prepared,
    Requirement.EVALUATION_LOCKED: _evaluation_locked,
}

_MISSING: dict[Requirement, str | Promise] = {
    Requirement.INITIATIVE_SENT: _("Possible when an initiative has been sent."),
    Requirement.INITIATIVE_ACCEPTED: _("Possible when a unit has accepted the initiative."),
    Requirement.SBAR_SWITCHED_ON: _("SBAR is not used in this county."),
    Requirement.SUMMONS_SENT: _("Possible when the summons to planning has been sent."),
    Requirement.PLAN_SIGNED: _("Possible when the plan is signed."),
    Requirement.NO_OPEN_EDITION: _(
        "The plan is open for editing. It must be signed or the edition dropped first."
    ),
    Requirement.PLAN_COMPLETE: _("Something is missing in the plan. See the list of gaps."),
    Requirement.PLAN_LOCKED: _("Possible when the plan is locked."),
    Requirement.NO_NEW_PLAN: _("A new plan is being written. It is locked, voided or cancelled first."),
    Requirement.NOT_EVALUATED: _("The plan is being evaluated. The evaluation is voided first."),
    Requirement.EVALUATION_SUMMONED_OR_FOLLOWED_UP: _(
        "Possible when the summons to evaluation has been sent, or the plan is followed up and the follow-up locked."
    ),
    Requirement.EVALUATION_LOCKED: _("Possible when the evaluation is locked."),
}
