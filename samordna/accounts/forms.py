"""Forms of login, password and own details."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from samordna.accounts.commands import ContactDetails
from samordna.accounts.hashers import composed
from samordna.accounts.queries import UserCard
from samordna.accounts.user_names import LONGEST_USER_NAME, fold_user_name
from samordna.kernel.text import clean_text, fingerprint
from samordna.web.formfields import FILL_IN, Phone, ShortText

LONGEST_EMAIL = 254
# Nobody writes a longer one; to hash it, and to put its letters in order, takes time that anybody could ask for.
LONGEST_PASSWORD = 1_000
_PASSWORD_TOO_LONG = _("A password has at most 1,000 characters.")
_AS_AN_ADDRESS = _("Write the e-mail address as name@example.se.")
EMAIL_ERRORS = {"invalid": _AS_AN_ADDRESS, "max_length": _AS_AN_ADDRESS, "required": FILL_IN}


class Password(forms.CharField):
    """Kept exactly as typed, blanks included; may be pasted."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.PasswordInput(attrs={"autocomplete": autocomplete}))
        said = {"required": FILL_IN, "max_length": _PASSWORD_TOO_LONG} | kwargs.pop("error_messages", {})
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, error_messages=said, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser would cut what is pasted without a word.
        return {}


class NewPassword(Password):
    """A password that is chosen now: with its letters composed, and with something in it that can be seen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(autocomplete="new-password", **kwargs)

    def to_python(self, value: Any) -> str:
        typed = composed(super().to_python(value) or "")
        return typed if clean_text(typed) else ""


class LoginForm(forms.Form):
    """User name and password (V-15)."""

    username = ShortText(
        limit=LONGEST_USER_NAME,
        label=_("User name"),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password = Password(autocomplete="current-password", label=_("Password"))

    def clean_username(self) -> str:
        return fold_user_name(self.cleaned_data["username"])


class PasswordForm(forms.Form):
    """The present password and a new one, twice.

    A field whose name has "password" in it is nowhere kept, handed back or shown.
    """

    current_password = Password(autocomplete="current-password", label=_("Present password"))
    new_password = NewPassword(
        label=_("New password"),
        help_text=_("At least 12 characters. Several words in a row are easy to remember and hard to guess."),
    )
    repeated_password = NewPassword(label=_("New password again"))

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_new_password(self) -> str:
        new: str = self.cleaned_data["new_password"]
        password_validation.validate_password(new, self.user)  # type: ignore[arg-type]
        return new

    def clean(self) -> dict[str, Any]:
        new, again = self.cleaned_data.get("new_password"), self.cleaned_data.get("repeated_password")
        if new and again and new != again:
            self.add_error("repeated_password", _("Write the same new password twice."))
        return self.cleaned_data


class ContactForm(forms.Form):
    """What users keep current about themselves (K-10). `seen` tells what the form was opened with."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    phone = Phone(label=_("Telephone at work"), required=False)
    email = forms.EmailField(
        label=_("E-mail at work"), required=False, max_length=LONGEST_EMAIL, error_messages=EMAIL_ERRORS
    )
    work_address = ShortText(label=_("Visiting address at work"), required=False)

    @classmethod
    def of(cls, user: UserCard) -> "ContactForm":
        """The form with what is known."""
        held = {"phone": user.phone, "email": user.email, "work_address": user.work_address}
        return cls(initial={**held, "seen": fingerprint(held)})

    def contact(self) -> ContactDetails:
        """What was written."""
        return ContactDetails(
            email=self.cleaned_data["email"],
            phone=self.cleaned_data["phone"],
            work_address=self.cleaned_data["work_address"],
        )
