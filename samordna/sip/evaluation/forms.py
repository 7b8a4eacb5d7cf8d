"""The form of the evaluation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.web.formfields import LongText, SwedishDate


class EvaluationForm(forms.Form):
    """*Utvärdering*: mandatory before signing, so that a draft may be saved unfinished (V-81)."""

    met_on = SwedishDate(
        label=_("Day of the meeting"),
        prefer="past",
        required=False,
        help_text=_("Leave it empty when the plan is ended without a meeting."),
    )
    text = LongText(label=_("Evaluation"), required=False, rows=10)

    def values(self) -> dict[str, str]:
        """As text, to be compared with what others have written. Only after `is_valid`."""
        met_on = self.cleaned_data["met_on"]
        return {"met_on": met_on.isoformat() if met_on else "", "text": self.cleaned_data["text"]}
