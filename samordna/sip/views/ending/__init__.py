"""The pages from follow-up to ending, and SBAR. `sip.views.parts` looks the part pages up."""

from samordna.sip.views.ending.evaluation import evaluation_page
from samordna.sip.views.ending.follow_up import follow_up_page
from samordna.sip.views.ending.sbar import sbar_page

__all__ = ["evaluation_page", "follow_up_page", "sbar_page"]
