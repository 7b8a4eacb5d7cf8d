"""On every page of a case: that a guardian's consent has ended, since the child is of age (L-03)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samordna.kernel import clock
from samordna.sip.facts import SipFacts


def consent_notice(facts: SipFacts, at: datetime) -> dict[str, str] | None:
    """From the birthday on, until another consent stands. Told by the day itself, whatever the worker has done."""
    day = clock.today(at)
    outgrown = any(c.withdrawn_at is None and c.outgrown(day) for c in facts.consents)
    if not outgrown or not facts.case.active or any(c.stands(day) for c in facts.consents):
        return None
    return {
        "text": _(
            "The individual is of age now, and the guardians' consent has ended. "
            "Nothing new can be sent before the individual has consented. What has been shared stays."
        ),
        "href": reverse("sip:consent", args=[facts.case.id]),
        "link": _("Record consent"),
    }
