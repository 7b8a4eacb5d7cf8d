"""What a notice of admission must say before it is sent. Pure."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from samordna.discharge.admission.text import AdmissionText
from samordna.kernel import clock
from samordna.kernel.refusal import Refusal


def admission_refusal(text: AdmissionText, at: datetime) -> Refusal | None:
    """Admitted before now; discharge planned on a day that has not passed, and not before the admission."""
    if text.admitted_on is None:
        return Refusal(
            "admission.date_missing", _("Write the day when the patient was admitted."), field="admitted_on"
        )
    if text.admitted is None:
        return Refusal(
            "admission.time_missing", _("Write the time when the patient was admitted."), field="admitted"
        )
    if text.planned_on is None:
        return Refusal("admission.planned_missing", _("Write when discharge is planned."), field="planned_on")
    if clock.at_local(text.admitted_on, text.admitted) > at:
        field = "admitted_on" if text.admitted_on > clock.today(at) else "admitted"
        return Refusal(
            "admission.ahead",
            _("The admission lies ahead. Write when the patient came to the ward."),
            field=field,
        )
    if text.planned_on < clock.today(at):
        return Refusal(
            "admission.planned_past",
            _("The day of discharge has passed. Choose a day that has not."),
            field="planned_on",
        )
    return None
