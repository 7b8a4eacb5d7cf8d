"""The kinds of message of a SIP, by what their parts say of them."""

from samordna.cases.states import Access, ConsentScope
from samordna.casework.process import MessageKind
from samordna.sip import events
from samordna.sip.facts import SipFacts
from samordna.sip.information import steps as information
from samordna.sip.initiative import steps as initiative
from samordna.sip.states import Part
from samordna.sip.summons import steps as summons

INITIATIVE = MessageKind[SipFacts](
    code=Part.INITIATIVE,
    access=Access.INVITED,
    deadline="initiative",
    sent=events.INITIATIVE_TO_ACKNOWLEDGE,
    voided=events.INITIATIVE_VOIDED,
    holds=initiative.holds,
    too_late=initiative.too_late,
    not_begun=initiative.not_begun,
    anew=initiative.anew,
    accepts=True,
)
SUMMONS = MessageKind[SipFacts](
    code=Part.SUMMONS,
    access=Access.FULL,
    deadline="summons_planning",
    sent=events.PLANNING_SUMMONS_TO_ACKNOWLEDGE,
    voided=events.PLANNING_SUMMONS_VOIDED,
    holds=summons.planning_holds,
    too_late=summons.planning_too_late,
    not_begun=summons.planning_not_begun,
    anew=summons.planning_anew,
    calls_who_joins=True,
)
EVALUATION_SUMMONS = MessageKind[SipFacts](
    code=Part.EVALUATION_SUMMONS,
    access=Access.FULL,
    deadline="summons_evaluation",
    sent=events.EVALUATION_SUMMONS_TO_ACKNOWLEDGE,
    voided=events.EVALUATION_SUMMONS_VOIDED,
    holds=summons.evaluation_holds,
    too_late=summons.evaluation_too_late,
    not_begun=summons.evaluation_not_begun,
    anew=summons.evaluation_anew,
    calls_who_joins=True,
)
INFORMATION = MessageKind[SipFacts](
    code=Part.INFORMATION,
    access=Access.INFORMED,
    deadline="information",
    sent=events.INFORMATION_TO_ACKNOWLEDGE,
    voided=events.INFORMATION_VOIDED,
    holds=information.holds,
    too_late=information.too_late,
    not_begun=information.not_begun,
    anew=information.anew,
    # L-03: to inform a unit is less than to plan with it.
    consent=ConsentScope.INFORMATION,
    several=True,
    by_either_right=True,
)
MESSAGES = {kind.code: kind for kind in (INITIATIVE, SUMMONS, EVALUATION_SUMMONS, INFORMATION)}
