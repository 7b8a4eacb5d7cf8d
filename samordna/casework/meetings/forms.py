"""In which ways one meets, as choices of a form."""

from django.utils.translation import gettext_lazy as _

from samordna.casework.meetings.states import MeetingForm

MEETING_FORMS = [
    (MeetingForm.PLACE.value, _("At a place")),
    (MeetingForm.PHONE.value, _("By phone")),
    (MeetingForm.VIDEO.value, _("By video")),
]
