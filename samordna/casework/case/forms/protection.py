"""Lowering a protection and opening contacts: which case, whose number, what, why, and where it was checked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.kernel.case_number import CaseNumberError, parse_case_number
from samordna.people.forms import IdentifierField
from samordna.people.protection import PLANS, Grounds, Sealed
from samordna.people.rules import weaker
from samordna.people.states import Protection
from samordna.people.words import PROTECTIONS, RELATIONS
from samordna.web.formfields import LongText, ShortText

CONTACT_WORDS = {
    "phone": _("Telephone"),
    "address": _("Address"),
    "municipality": _("Municipality"),
    PLANS: _("Contacts in the plan"),
}


class FindCaseForm(forms.Form):
    number = ShortText(
        label=_("Case number"), limit=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_number(self) -> str:
        try:
            return str(parse_case_number(self.cleaned_data["number"]))
        except CaseNumberError as error:
            raise forms.ValidationError(str(error), code="case_number") from error


class _GroundsForm(forms.Form):
    """The number is typed and never shown: it ties the act to the person that was checked."""

    identifier = IdentifierField(
        century=True, help_text=_("As whoever asked has told it. It must be that of the case.")
    )
    reason = LongText(label=_("Why?"), limit=1000, error_messages={"required": _("Write why.")})
    checked_where = ShortText(
        label=_("Where was it checked?"),
        limit=200,
        help_text=_("Such as the population register."),
        error_messages={"required": _("Write where it was checked.")},
    )

    def grounds(self) -> Grounds:
        return Grounds(self.cleaned_data["reason"], self.cleaned_data["checked_where"])


class LowerForm(_GroundsForm):
    """`seen` is the protection that the page was opened with."""

    field_order = ("seen", "identifier", "protection", "reason", "checked_where")

    seen = forms.ChoiceField(
        choices=[(level.value, level.value) for level in Protection], widget=forms.HiddenInput
    )
    protection = forms.ChoiceField(
        label=_("New protection"),
        choices=[(level.value, PROTECTIONS[level]) for level in Protection],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a protection.")},
    )

    def __init__(self, *args: Any, present: Protection, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": present.value}
        super().__init__(*args, **kwargs)
        self.fields["protection"].widget.choices = [
            (level.value, PROTECTIONS[level]) for level in Protection if weaker(level, present)
        ]


class OpenForm(_GroundsForm):
    field_order = ("contacts", "identifier", "reason", "checked_where")

    contacts = forms.MultipleChoiceField(
        label=_("What is to be shown again?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("Choose what is hidden now."),
        },
    )

    def __init__(self, *args: Any, sealed: Sequence[Sealed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contacts"].choices = [(one.key, _words(one)) for one in sealed]  # type: ignore[attr-defined]


def _words(sealed: Sealed) -> str:
    if sealed.relation is None:
        return str(CONTACT_WORDS[sealed.key])
    return str(_("Contact of: %(relation)s") % {"relation": str(RELATIONS[sealed.relation]).lower()})
