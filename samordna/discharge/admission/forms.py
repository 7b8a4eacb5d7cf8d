"""The notice of admission as it is written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.casework.messages.forms.recipients import DraftForm
from samordna.discharge.admission.presenters import CERTAINTIES
from samordna.discharge.admission.rules import admission_refusal
from samordna.discharge.admission.states import Certainty
from samordna.discharge.admission.text import AdmissionText
from samordna.kernel import clock
from samordna.web.formfields import SwedishDate, SwedishTime


class AdmissionForm(DraftForm):
    admitted_on = SwedishDate(label=_("Admitted, day"), prefer="past")
    admitted = SwedishTime(label=_("Admitted, time"))
    planned_on = SwedishDate(label=_("Planned discharge"))
    certainty = forms.ChoiceField(
        label=_("How certain is the day?"),
        choices=[(certainty.value, word) for certainty, word in CERTAINTIES.items()],
        widget=forms.RadioSelect,
        initial=Certainty.UNCERTAIN.value,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refusal = (
            admission_refusal(self.written(), clock.now()) if self.complete and not self.errors else None
        )
        if refusal is not None:
            self.add_error(refusal.field, str(refusal))
        return cleaned

    def written(self) -> AdmissionText:
        kept = self.cleaned_data
        return AdmissionText(
            admitted_on=kept["admitted_on"],
            admitted=kept["admitted"],
            planned_on=kept["planned_on"],
            certainty=Certainty(kept["certainty"] or Certainty.UNCERTAIN),
        )

    @staticmethod
    def filled_from(text: AdmissionText) -> dict[str, Any]:
        return {
            "admitted_on": text.admitted_on,
            "admitted": text.admitted,
            "planned_on": text.planned_on,
            "certainty": text.certainty.value,
        }
