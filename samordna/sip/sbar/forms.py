"""The form of the SBAR."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.web.formfields import LongText


class SbarForm(forms.Form):
    """The four fields of *Kartläggning enligt SBAR* (V-40)."""

    situation = LongText(
        label=_("Situation"),
        required=False,
        rows=4,
        help_text=_("What has happened, and why a plan is needed now."),
    )
    background = LongText(
        label=_("Background"),
        required=False,
        rows=4,
        help_text=_("Earlier care and support, how the person lives."),
    )
    assessment = LongText(
        label=_("Present state"),
        required=False,
        rows=4,
        help_text=_("What the person manages and needs, and risks."),
    )
    recommendation = LongText(
        label=_("Recommendation"),
        required=False,
        rows=4,
        help_text=_("What you suggest, and who should take part."),
    )

    def values(self) -> dict[str, str]:
        """Only after `is_valid`."""
        return {name: self.cleaned_data[name] for name in self.fields}
