"""A SIP opened for one request."""

from samordna.casework.file.views.page import CasePage
from samordna.sip.facts import SipFacts

SipPage = CasePage[SipFacts]
