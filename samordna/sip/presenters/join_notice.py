"""On every page of a case: that another SIP may be the same person's, or in which case this one goes on (L-01)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.kernel.actor import Actor
from samordna.sip.facts import SipFacts


def join_notice(facts: SipFacts, actor: Actor) -> dict[str, str] | None:
    """The coordinator is told by the next step while the answer is awaited from here."""
    join, case = facts.join, facts.case
    if join is None or not case.active:
        return None
    link = {"href": reverse("sip:join", args=[case.id]), "link": _("Look at both")}
    if join.confirmed_by(case.id):
        return {
            "text": _("Another SIP may be the same person's. It waits for the other coordinator."),
            **link,
        }
    if case.is_coordinator(actor.user_id, actor.unit_id):
        return {"text": _("Another SIP may be the same person's. It waits for your answer."), **link}
    waits = _("Another SIP may be the same person's. It waits for %(name)s.") % {
        "name": case.coordinator.name
    }
    return {"text": waits, **link}
