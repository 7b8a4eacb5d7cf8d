"""What is printed of a SIP, for the worker that prints."""

from samordna.printouts.commands import Kind
from samordna.sip.plan.presenters.paper import TEMPLATE, plan_texts
from samordna.sip.plan.states import Paper

PRINTS: dict[str, Kind] = {paper: Kind(TEMPLATE, plan_texts) for paper in Paper}
