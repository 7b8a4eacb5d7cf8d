"""What a message must hold before it is sent, and what became of a draft. Pure: plain values in, refusal out."""

from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.kernel import clock
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.kernel.workingdays import is_working_day
from samordna.messaging.facts import MessageFacts
from samordna.messaging.states import MessageStatus
from samordna.sip.states import Initiator, MeetingForm
from samordna.sip.written import InformationText, InitiativeText, SummonsText

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


def draft_gone_refusal(message: MessageFacts | None) -> Refusal | None:
    """Why what was read as a draft no longer is one."""
    if message is None:
        return Refusal(
            "draft.discarded", _("The draft has been thrown away."), _("Write a new one if it is needed.")
        )
    if message.status == MessageStatus.DRAFT:
        return None
    if message.status == MessageStatus.VOIDED:
        said = _("%(name)s has voided the message since you opened it.") % {
            "name": isolated(message.voided_by_name)
        }
        return Refusal("draft.voided", said, _("Write a new one if it is needed."))
    if message.status == MessageStatus.TAKEN_BACK:
        return Refusal(
            "draft.taken_back", _("The message has been taken back."), _("Write a new one if it is needed.")
        )
    said = _("%(name)s has already sent the message.") % {"name": isolated(message.sent_by_name)}
    return Refusal("draft.sent", said, _("Nothing of what you typed has been sent."))


def initiative_refusal(text: InitiativeText) -> Refusal | None:
    """The reason and who took the initiative are mandatory (V-31)."""
    if not text.reason:
        return Refusal("initiative.reason_missing", _("Write why a SIP is needed."), field="reason")
    if text.initiator not in set(Initiator):
        return Refusal(
            "initiative.initiator_missing", _("Choose who took the initiative."), field="initiator"
        )
    return None


def meeting_refusal(text: SummonsText, *, day_off_confirmed: bool, at: datetime) -> Refusal | None:
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


def information_refusal(text: InformationText) -> Refusal | None:
    if not text.text:
        return Refusal("information.text_missing", _("Write what you want to tell."), field="text")
    return None
