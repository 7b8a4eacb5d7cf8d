"""What cancelling a new plan that was begun by mistake leads to: the sentences above the button (V-73)."""

from django.utils.translation import gettext as _

from samordna.messaging.states import MessageStatus
from samordna.sip.facts import SipFacts
from samordna.sip.rounds.presenters.rounds import plan_name, still_holds
from samordna.sip.states import Part


def cancel_effects(facts: SipFacts) -> list[str]:
    """Of cancelling a new plan that was begun by mistake (V-73)."""
    summonses, plan = facts.messages_of(Part.SUMMONS), facts.standing(Part.PLAN)
    said = []
    if any(message.status == MessageStatus.SENT for message in summonses):
        said.append(_("The new summons to planning is voided. The units that were called are told."))
    if any(message.status == MessageStatus.DRAFT for message in summonses):
        said.append(_("Drafts of the new summons are thrown away."))
    if plan is not None:
        said.append(_("What is written in %(plan)s is voided.") % {"plan": plan_name(plan)})
    return [*said, *still_holds(facts), _("The new plan stays under History with your reason.")]
