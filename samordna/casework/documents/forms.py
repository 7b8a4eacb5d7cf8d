"""Forms of the acts on a whole document: sign and lock what was reviewed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.accounts.forms import Password
from samordna.kernel.refusal import Refusal
from samordna.web.formfields import LongText

# Answers with why the password does not do, or with nothing.
AskPassword = Callable[[str], Refusal | None]


def texts_of(form: forms.Form | type[forms.Form]) -> frozenset[str]:
    """The fields in which one writes at length. These are handed back, and joined with what another has written."""
    return frozenset(name for name, field in form.base_fields.items() if isinstance(field, LongText))


class SignForm(forms.Form):
    """`seen` is the fingerprint of what stood on the page. The password is asked for when the county wants it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = Password(
        autocomplete="current-password",
        label=_("Your password"),
        error_messages={"required": _("Write your password to sign.")},
    )

    def __init__(self, *args: Any, asks: AskPassword | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = asks
        if asks is None:
            del self.fields["password"]

    def clean_password(self) -> str:
        typed = str(self.cleaned_data["password"])
        refusal = self.asks(typed) if self.asks is not None else None
        if refusal is not None:
            raise forms.ValidationError(str(refusal), code=refusal.code)
        return typed


class LockForm(forms.Form):
    """The version that stood on the page."""

    version = forms.UUIDField(widget=forms.HiddenInput)
