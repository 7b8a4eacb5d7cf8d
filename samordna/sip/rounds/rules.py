"""*Ny plan*: who begins the next round and when, and who may cancel one that was begun by mistake. Pure."""

from django.utils.translation import gettext_lazy as _

from samordna.casework.file.rules import coordinator_refusal, initiate_refusal
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.sip.facts import SipFacts
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part

REASON_MISSING = Refusal("round.reason_missing", _("Write why the new plan is cancelled."), field="reason")


def new_plan_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """*Ny plan*: a participating unit, the right to initiate, on a locked plan that is not evaluated (V-70).

    One new plan is made at a time. The guide lets whoever may call to planning begin it, not the coordinator alone.
    """
    refusal = initiate_refusal(facts.case, actor) or begin_refusal(facts, Beginning.NEW_PLAN)
    if refusal is not None:
        return refusal
    if facts.renewing:
        return Refusal(
            "new_plan.under_way",
            _("A new plan has already been begun."),
            _("Go on with it, or let the coordinator cancel it."),
        )
    return None


def cancel_round_refusal(facts: SipFacts, actor: Actor) -> Refusal | None:
    """*Avbryt den nya planen*: the coordinator, as long as nothing in the round is locked or was (V-73)."""
    refusal = coordinator_refusal(facts.case, actor)
    if refusal is not None:
        return refusal
    if facts.round_number == 1:
        return Refusal("round.first", _("No new plan has been begun."))
    if not round_is_open(facts):
        return Refusal(
            "round.locked", _("The new plan has been locked."), _("It can be voided, but not cancelled.")
        )
    return None


def round_is_open(facts: SipFacts) -> bool:
    """Whether a new plan has been begun and nothing of it has been locked yet."""
    return facts.round_number > 1 and not _has_locked(facts)


def _has_locked(facts: SipFacts) -> bool:
    """Whether a plan of the round is locked or was when it was voided, or has taken an earlier one's place."""
    begun = facts.case.round.started_at
    return any(
        (document.round_number == facts.round_number and version.locked_at is not None)
        or (version.replaced_at is not None and version.replaced_at >= begun)
        for document in facts.documents
        if document.kind == Part.PLAN
        for version in document.versions
    )
