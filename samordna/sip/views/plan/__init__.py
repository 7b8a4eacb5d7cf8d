"""The pages of the plan. `sip.views.parts` looks `plan_page` up."""

from samordna.sip.views.plan.page import plan_page

__all__ = ["plan_page"]
