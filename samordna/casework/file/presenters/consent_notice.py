"""On every page of a case: that no consent stands, withdrawn or at the age that the number tells (L-03)."""

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.casework.file.facts import CaseWork
from samordna.casework.file.presenters.addresses import address
from samordna.kernel import clock


def consent_notice(facts: CaseWork, at: datetime) -> dict[str, str] | None:
    """From birthday or withdrawal on, until another stands. Told by the day itself, whatever the worker has done."""
    day = clock.today(at)
    given = [c for c in facts.consents if c.withdrawn_at is None]
    outgrown, unjudged = any(c.outgrown(day) for c in given), any(c.unjudged for c in given)
    withdrawn = bool(facts.consents) and not given
    if not facts.case.active or any(c.stands(day) for c in given) or not (outgrown or unjudged or withdrawn):
        return None
    text = _(
        "The individual is of age now, and the guardians' consent has ended. "
        "Nothing new can be sent before the individual has consented. What has been shared stays."
    )
    if withdrawn:
        text = _(
            "Consent is withdrawn. Nothing new can be sent to any unit before a new consent is recorded."
        )
    elif not outgrown:
        text = _(
            "The individual is a child by the number that the case has now, and the consent was given as an adult's. "
            "Nothing new can be sent before consent is recorded anew. What has been shared stays."
        )
    return {
        "text": text,
        "href": address(facts.process, "consent", facts.case.id),
        "link": _("Record consent"),
    }
