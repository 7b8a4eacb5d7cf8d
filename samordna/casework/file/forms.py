"""*Makulera* with *Orsak*: one form for every part."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.organisations.settings_catalogue import is_other_reason
from samordna.web.formfields import ShortText


class VoidForm(forms.Form):
    """*Orsak*: one of the county's reasons, words of one's own, or both."""

    reason = forms.ChoiceField(label=_("Reason"), required=False, widget=forms.RadioSelect)
    words = ShortText(label=_("Reason in other words"), limit=300, required=False)

    def __init__(self, *args: Any, reasons: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(str(reason), str(reason)) for reason in reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.why():
            self.add_error("reason", _("Choose a reason, or write one."))
        elif not self.errors and not cleaned.get("words") and is_other_reason(cleaned.get("reason", "")):
            self.add_error("words", _("Write why."))
        return cleaned

    def why(self) -> str:
        """What is kept as the reason."""
        given = (self.cleaned_data.get("reason", ""), self.cleaned_data.get("words", ""))
        return ": ".join(part for part in given if part)
