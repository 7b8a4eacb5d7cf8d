"""What a notice of readiness must say before it is sent. Pure."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samordna.discharge.ready.text import ReadyText
from samordna.kernel import clock
from samordna.kernel.refusal import Refusal


def ready_refusal(text: ReadyText, admitted_at: datetime | None, at: datetime) -> Refusal | None:
    """A physician has judged it, before now and not before the patient was admitted (2017:612, chapter 3 § 1)."""
    if not text.physician:
        return Refusal(
            "ready.physician_missing", _("Write which physician has judged it."), field="physician"
        )
    if text.assessed_on is None:
        return Refusal("ready.date_missing", _("Write the day of the judgement."), field="assessed_on")
    if text.assessed is None:
        return Refusal("ready.time_missing", _("Write the time of the judgement."), field="assessed")
    assessed_at = clock.at_local(text.assessed_on, text.assessed)
    if assessed_at > at:
        field = "assessed_on" if text.assessed_on > clock.today(at) else "assessed"
        return Refusal(
            "ready.ahead", _("The judgement lies ahead. Write when the physician made it."), field=field
        )
    if admitted_at is not None and assessed_at < admitted_at:
        return Refusal(
            "ready.before_admission",
            _("The judgement is earlier than the admission. Change the day or the time."),
            field="assessed_on",
        )
    return None
