"""Forms of the acts on a whole plan: sign, lock, void, hand over, compare."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.accounts.forms import Password
from samordna.kernel.refusal import Refusal
from samordna.sip.plan.commands.printing import Handover
from samordna.web.formfields import LongText, ShortText, SwedishDate

# Answers with why the password does not do, or with nothing.
AskPassword = Callable[[str], Refusal | None]


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
