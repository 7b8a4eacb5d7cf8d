"""Answering a message, saying who should have it instead, recording what a unit outside answered, voiding."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.kernel import clock
from samordna.messaging.commands import Reply
from samordna.messaging.states import Answer, ToldHow
from samordna.web.formfields import LongText, ShortText, SwedishDate, SwedishTime

TOLD_WAYS = [
    (ToldHow.LETTER.value, _("By letter")),
    (ToldHow.PHONE.value, _("By phone")),
    (ToldHow.FAX.value, _("By fax")),
    (ToldHow.IN_PERSON.value, _("In person")),
]
NO_ANSWER = ("", _("No answer yet"))
ACCEPTS_OR_DENIES = [
    (Answer.ACCEPTED.value, _("Accepts")),
    (Answer.DENIED.value, _("Denies")),
]
ACKNOWLEDGES = [(Answer.ACKNOWLEDGED.value, _("Has acknowledged"))]
_NOON = time(12, 0)
_COMMENT = _("Comment")
_OUTSIDE = _("Or write the name of an operation outside the system")


class AnswerForm(forms.Form):
    """*Acceptera*, *Neka* or *Kvittera*, with a comment. A denial names a unit, or an operation in words."""

    answer = forms.ChoiceField(
        choices=[(answer.value, answer.value) for answer in Answer], widget=forms.HiddenInput
    )
    comment = LongText(label=_COMMENT, required=False, rows=3)
    suggested_unit = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    suggested_text = ShortText(label=_OUTSIDE, required=False)

    def reply(self) -> Reply:
        """Only after `is_valid`. What was named belongs to a denial alone."""
        kept = self.cleaned_data
        answer = Answer(kept["answer"])
        if answer != Answer.DENIED:
            return Reply(answer, kept["comment"])
        return Reply(answer, kept["comment"], kept["suggested_unit"], kept["suggested_text"])


class ExternalForm(forms.Form):
    """How a unit outside the system was told, when, and what it answered (V-42). `seen` is what was recorded before."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    how = forms.ChoiceField(label=_("How was the unit told?"), choices=TOLD_WAYS, widget=forms.RadioSelect)
    told_on = SwedishDate(label=_("Date"), prefer="past")
    told_time = SwedishTime(label=_("Time"), required=False)
    note = ShortText(
        label=_("Note"),
        required=False,
        help_text=_("Such as whom you talked to. No personal identity numbers."),
    )
    answer = forms.ChoiceField(label=_("What did the unit answer?"), required=False, widget=forms.RadioSelect)
    comment = LongText(label=_COMMENT, required=False, rows=3)
    suggested_text = ShortText(label=_("Who should have it instead, if the unit denies?"), required=False)

    def __init__(self, *args: Any, accepts: bool, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = ACCEPTS_OR_DENIES if accepts else ACKNOWLEDGES
        self.fields["answer"].choices = [NO_ANSWER, *answers]  # type: ignore[attr-defined]
        if not accepts:
            del self.fields["suggested_text"]
        if answered:
            for name in ("answer", "comment", "suggested_text"):
                self.fields.pop(name, None)

    def told_at(self, at: datetime) -> datetime:
        """Only after `is_valid`. Without a time only the day of it counts: see `day_only`."""
        day, moment = self.cleaned_data["told_on"], self.cleaned_data["told_time"]
        if moment is None and day == clock.today(at):
            return at
        return clock.at_local(day, moment or _NOON)

    @property
    def day_only(self) -> bool:
        """Only after `is_valid`: no time was written, and none is made up."""
        return self.cleaned_data["told_time"] is None

    def reply(self) -> Reply | None:
        """Only after `is_valid`."""
        kept = self.cleaned_data
        if not kept.get("answer"):
            return None
        answer = Answer(kept["answer"])
        named = kept.get("suggested_text", "") if answer == Answer.DENIED else ""
        return Reply(answer, kept["comment"], None, named)
