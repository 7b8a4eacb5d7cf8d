"""Forms of a whole plan: its handing over and voiding, and two versions to be compared."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.casework.file.forms import VoidForm
from samordna.sip.plan.commands.printing import Handover
from samordna.web.formfields import LongText, ShortText, SwedishDate


class HandoverForm(forms.Form):
    """That the plan was handed over, and who signed it on paper."""

    handed_on = SwedishDate(label=_("Handed over on"), prefer="past")
    handed_to = ShortText(label=_("To whom?"), help_text=_("Such as the individual, a guardian, a trustee."))
    signed_on_paper = LongText(
        label=_("Who signed on paper?"),
        rows=3,
        limit=2000,
        required=False,
        help_text=_("One name on each line."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_handed_on(self) -> date:
        day: date = self.cleaned_data["handed_on"]
        if day > self.today:
            raise forms.ValidationError(
                _("The day lies ahead. Record the handing over when it is done."), code="ahead"
            )
        return day

    def handover(self) -> Handover:
        data = self.cleaned_data
        return Handover(data["handed_on"], data["handed_to"], data["signed_on_paper"])


class CompareForm(forms.Form):
    """Two versions to lay beside each other."""

    older = forms.ChoiceField(label=_("Earlier version"))
    newer = forms.ChoiceField(label=_("Later version"))

    def __init__(self, *args: Any, versions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("older", "newer"):
            self.fields[name].choices = list(versions)  # type: ignore[attr-defined]


class PlanVoidForm(VoidForm):
    """`plan` is the one that the page is about, when it is not the one of the round."""

    plan = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def plan_id(self) -> UUID | None:
        try:
            return UUID(str(self["plan"].value() or ""))
        except ValueError:
            return None
