"""The summons as it is written: when and where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.casework.meetings.forms import MEETING_FORMS
from samordna.casework.meetings.rules import meeting_refusal
from samordna.casework.meetings.states import MeetingForm
from samordna.casework.messages.forms.recipients import DraftForm
from samordna.kernel import clock
from samordna.sip.summons.text import SummonsText
from samordna.web.formfields import LongText, ShortText, SwedishDate, SwedishTime

DAY_OFF = "summons.day_off"


class SummonsForm(DraftForm):
    """`asks_day_off` is true when the date is a day off that waits to be confirmed."""

    meets_on = SwedishDate(label=_("Date"))
    starts = SwedishTime(label=_("Time"))
    ends = SwedishTime(label=_("End time"), required=False)
    form = forms.ChoiceField(
        label=_("How do you meet?"),
        choices=MEETING_FORMS,
        widget=forms.RadioSelect,
        initial=MeetingForm.PLACE.value,
    )
    # A link to a meeting by video has some three hundred characters, and words beside it.
    place = ShortText(
        label=_("Place"),
        limit=1000,
        error_messages={"required": _("Write where the meeting is held.")},
        help_text=_("Address and room; by phone the number; by video how one joins."),
    )
    other = LongText(
        label=_("Other"),
        required=False,
        help_text=_("Others who are called by letter, such as next of kin."),
        rows=3,
    )
    day_off_confirmed = forms.BooleanField(label=_("The meeting is to be on this day"), required=False)

    asks_day_off = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.complete and not self.errors:
            self._judge_meeting(confirmed=cleaned["day_off_confirmed"])
        return cleaned

    def _judge_meeting(self, *, confirmed: bool) -> None:
        refusal = meeting_refusal(self.written(), day_off_confirmed=confirmed, at=clock.now())
        if refusal is not None:
            self.asks_day_off = refusal.code == DAY_OFF
            self.add_error(refusal.field, str(refusal))

    def written(self) -> SummonsText:
        kept = self.cleaned_data
        return SummonsText(
            meets_on=kept["meets_on"],
            starts=kept["starts"],
            ends=kept["ends"],
            form=MeetingForm(kept["form"] or MeetingForm.PLACE),
            place=kept["place"],
            other=kept["other"],
        )

    @staticmethod
    def filled_from(text: SummonsText) -> dict[str, Any]:
        return {
            "meets_on": text.meets_on,
            "starts": text.starts,
            "ends": text.ends,
            "form": text.form.value,
            "place": text.place,
            "other": text.other,
        }
