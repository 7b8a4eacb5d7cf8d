"""What must be said of a meeting before anybody is called to it. Pure."""

from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.casework.meetings.states import MeetingForm
from samordna.casework.meetings.text import MeetingText
from samordna.kernel import clock
from samordna.kernel.refusal import Refusal
from samordna.kernel.workingdays import is_working_day

_PLACE_MISSING: dict[MeetingForm, str | Promise] = {
    MeetingForm.PLACE: _("Write where the meeting is held."),
    MeetingForm.PHONE: _("Write the telephone number of the meeting, or who calls."),
    MeetingForm.VIDEO: _("Write how one joins the video meeting."),
}


_DAY_OFF: dict[int, str | Promise] = {
    6: _("The date is a Saturday. Choose a working day or confirm Saturday."),
    7: _("The date is a Sunday. Choose a working day or confirm Sunday."),
}


_HOLIDAY = _("The date is a day off. Choose a working day or confirm the date.")


def meeting_refusal(text: MeetingText, *, day_off_confirmed: bool, at: datetime) -> Refusal | None:
    """Date, time and place are mandatory; the meeting lies ahead, ends after it starts, on a working day (V-41)."""
    if text.meets_on is None:
        return Refusal("summons.date_missing", _("Write the date of the meeting."), field="meets_on")
    if text.starts is None:
        return Refusal("summons.time_missing", _("Write when the meeting starts."), field="starts")
    if not text.place:
        return Refusal("summons.place_missing", _PLACE_MISSING[text.form], field="place")
    if text.meets_on < clock.today(at):
        return Refusal(
            "summons.date_past", _("The date has passed. Choose a day that lies ahead."), field="meets_on"
        )
    if clock.at_local(text.meets_on, text.starts) <= at:
        return Refusal(
            "summons.time_past", _("The time has passed. Choose a time that lies ahead."), field="starts"
        )
    if text.ends is not None and text.ends <= text.starts:
        return Refusal(
            "summons.ends_before_start",
            _("The meeting ends before it starts. Change one of the times."),
            field="ends",
        )
    return None if day_off_confirmed else day_off_refusal(text.meets_on)


def day_off_refusal(day: date) -> Refusal | None:
    """A meeting on a day off is asked about once."""
    if is_working_day(day):
        return None
    return Refusal("summons.day_off", _DAY_OFF.get(day.isoweekday(), _HOLIDAY), field="meets_on")
