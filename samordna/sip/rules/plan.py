"""Where the landed migration 0006 looks for the rule of gaps. The rules of the plan are in `sip.plan.rules`."""

from samordna.sip.plan.rules import gaps

__all__ = ["gaps"]
