"""The words of each step of a discharge, by the code that the steps give."""

from django.utils.translation import gettext_lazy as _

from samordna.casework.process import FROM_UNIT, WAITS_FOR, Wording

_GONE = _("The former notice is voided or taken back")

SENTENCES: dict[str, Wording] = {
    "answer_admission": Wording(_("Acknowledge the admission notice"), FROM_UNIT),
    "answer_ready": Wording(_("Acknowledge the notice of readiness for discharge"), FROM_UNIT),
    "await_admission": Wording(_("%(count)d of %(total)d have acknowledged the admission notice"), WAITS_FOR),
    "await_ready": Wording(
        _("%(count)d of %(total)d have acknowledged the notice of readiness for discharge"), WAITS_FOR
    ),
    "send_admission": Wording(_("Send the admission notice")),
    "admission_anew": Wording(_("Send a new admission notice"), _GONE),
    "send_ready": Wording(
        _("Tell that the patient is ready for discharge"), "", _("Planned discharge %(day)s")
    ),
    "ready_anew": Wording(_("Tell anew that the patient is ready for discharge"), _GONE),
    "await_send_admission": Wording(_("%(who)s is to send the admission notice")),
    "await_send_ready": Wording(
        _("%(who)s is to tell when the patient is ready for discharge"), "", _("Planned discharge %(day)s")
    ),
}
