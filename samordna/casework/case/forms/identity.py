"""Forms about who the case is about: the number asked for, two cases that may be one person's, undoing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.people.forms import IdentifierField
from samordna.people.states import IdentityKind
from samordna.web.formfields import LongText, ShortText


class NumberForm(forms.Form):
    """The number to ask about, and the name when the user has it on the identity card."""

    identifier = IdentifierField(century=True)
    name = ShortText(
        label=_("Name"),
        limit=120,
        required=False,
        help_text=_(
            "As on the identity card. Needed when the person is new in the system or has protected identity."
        ),
    )

    @property
    def why(self) -> str:
        """Why, where it is asked for."""
        return str(self.cleaned_data.get("reason", ""))


class LinkForm(NumberForm):
    """The lasting number of somebody who has gone by a reserve number (L-01)."""

    identifier = IdentifierField(
        century=True, help_text=_("The number the person has now stays in the history.")
    )


class NewNumberForm(NumberForm):
    """The number that the tax agency has given the same person instead (L-01)."""

    identifier = IdentifierField(
        century=True,
        label=_("New personal identity number"),
        help_text=_("The number the person has now stays in the history."),
    )


class CorrectNumberForm(NumberForm):
    """The number of the right person, for a case that was made on a wrong one."""

    identifier = IdentifierField(century=True, label=_("Right personal identity number"))
    reason = LongText(
        label=_("Why is the number corrected?"),
        limit=1000,
        error_messages={"required": _("Write why the number is corrected.")},
    )


FORMS: dict[IdentityKind, type[NumberForm]] = {
    IdentityKind.LINKED: LinkForm,
    IdentityKind.NEW_NUMBER: NewNumberForm,
    IdentityKind.CORRECTED: CorrectNumberForm,
}


class JoinForm(forms.Form):
    """Which of two cases goes on, as they stood on the page (`seen`)."""

    keep = forms.ChoiceField(
        label=_("Which case goes on?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which case goes on.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """Why two cases are not to become one."""

    reason = LongText(
        label=_("Why not?"),
        limit=1000,
        help_text=_("Both coordinators read it."),
        error_messages={"required": _("Write why not.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class UndoForm(forms.Form):
    """Why an act on identity is undone."""

    reason = LongText(
        label=_("Why is it undone?"),
        limit=1000,
        error_messages={"required": _("Write why it is undone.")},
    )
