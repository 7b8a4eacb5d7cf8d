"""What units are told of by mail in a discharge, in the order in which they choose."""

from django.utils.translation import gettext_lazy as _

from samordna.notifications.events import Event

ADMISSION_TO_ACKNOWLEDGE = Event("admission.to_acknowledge", _("An admission notice waits for an answer"))
ADMISSION_VOIDED = Event("admission.voided", _("An admission notice has been voided"))
READY_TO_ACKNOWLEDGE = Event(
    "ready.to_acknowledge", _("A notice of readiness for discharge waits for an answer")
)
READY_VOIDED = Event("ready.voided", _("A notice of readiness for discharge has been voided"))
EVENTS = (ADMISSION_TO_ACKNOWLEDGE, ADMISSION_VOIDED, READY_TO_ACKNOWLEDGE, READY_VOIDED)
