"""What units are told of by mail in a SIP, in the order in which they choose."""

from django.utils.translation import gettext_lazy as _

from samordna.notifications.events import Event

INITIATIVE_TO_ACKNOWLEDGE = Event("initiative.to_acknowledge", _("An initiative to SIP waits for an answer"))
INITIATIVE_VOIDED = Event("initiative.voided", _("An initiative to SIP has been voided"))
PLANNING_SUMMONS_TO_ACKNOWLEDGE = Event(
    "planning_summons.to_acknowledge", _("A summons to planning waits for an answer")
)
PLANNING_SUMMONS_VOIDED = Event("planning_summons.voided", _("A summons to planning has been voided"))
EVALUATION_SUMMONS_TO_ACKNOWLEDGE = Event(
    "evaluation_summons.to_acknowledge", _("A summons to evaluation waits for an answer")
)
EVALUATION_SUMMONS_VOIDED = Event("evaluation_summons.voided", _("A summons to evaluation has been voided"))
# The guide says both that information messages can be watched and that they cannot: they can, when a unit asks for it.
INFORMATION_TO_ACKNOWLEDGE = Event(
    "information.to_acknowledge", _("An information message waits for an answer"), from_start=False
)
INFORMATION_VOIDED = Event(
    "information.voided", _("An information message has been voided"), from_start=False
)
PLAN_LOCKED = Event("plan.locked", _("A plan has been locked"))
PLAN_VOIDED = Event("plan.voided", _("A plan has been voided"))
FOLLOWUP_LOCKED = Event("followup.locked", _("A follow-up has been locked"))
FOLLOWUP_VOIDED = Event("followup.voided", _("A follow-up has been voided"))
EVALUATION_LOCKED = Event("evaluation.locked", _("An evaluation has been locked"))
EVALUATION_VOIDED = Event("evaluation.voided", _("An evaluation has been voided"))
EVENTS = (
    INITIATIVE_TO_ACKNOWLEDGE,
    INITIATIVE_VOIDED,
    PLANNING_SUMMONS_TO_ACKNOWLEDGE,
    PLANNING_SUMMONS_VOIDED,
    EVALUATION_SUMMONS_TO_ACKNOWLEDGE,
    EVALUATION_SUMMONS_VOIDED,
    INFORMATION_TO_ACKNOWLEDGE,
    INFORMATION_VOIDED,
    PLAN_LOCKED,
    PLAN_VOIDED,
    FOLLOWUP_LOCKED,
    FOLLOWUP_VOIDED,
    EVALUATION_LOCKED,
    EVALUATION_VOIDED,
)
