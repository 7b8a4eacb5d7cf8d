"""The page before sending: which draft was read, and what is asked for beside it."""

from django import forms

from samordna.web.formfields import Version


class SendForm(forms.Form):
    """`version` is the draft's that was shown; `day_off` that a meeting on a day off was confirmed."""

    message_id = forms.UUIDField(widget=forms.HiddenInput)
    version = Version()
    day_off = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    @property
    def day_off_confirmed(self) -> bool:
        """Only after `is_valid`."""
        return bool(self.cleaned_data["day_off"])
