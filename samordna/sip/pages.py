"""What a SIP shows on the pages that casework makes: the page of each part, and what stands beside them."""

from samordna.cases.states import EndReason
from samordna.casework.messages.views.pages import message_part
from samordna.casework.pages import Pages
from samordna.sip.evaluation.views.page import evaluation_page
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up.views.page import follow_up_page
from samordna.sip.kinds import DRAFTS
from samordna.sip.plan.presenters.history import history, last_plan
from samordna.sip.plan.views.page import plan_page
from samordna.sip.process import SIP
from samordna.sip.rounds.presenters.rounds import renewal
from samordna.sip.sbar.views import sbar_page
from samordna.sip.states import Part


def _ends_at(facts: SipFacts) -> str:
    return Part.EVALUATION if facts.case.end_reason == EndReason.EVALUATED else ""


SIP_PAGES: Pages[SipFacts] = Pages(
    process=SIP,
    parts={
        Part.INITIATIVE: message_part(Part.INITIATIVE),
        Part.SBAR: sbar_page,
        Part.SUMMONS: message_part(Part.SUMMONS),
        Part.PLAN: plan_page,
        Part.FOLLOW_UP: follow_up_page,
        Part.EVALUATION_SUMMONS: message_part(Part.EVALUATION_SUMMONS),
        Part.EVALUATION: evaluation_page,
        Part.INFORMATION: message_part(Part.INFORMATION),
    },
    drafts=DRAFTS,
    beside=renewal,
    ends_at=_ends_at,
    last=last_plan,
    history=history,
    places={"set_follow_up": "#next", "decide_next": "#next"},
)
