"""Forms about *Deltagare*: who represented a unit, somebody found by name, somebody written by hand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.assignments.queries import Colleague
from samordna.sip.plan.commands.participants import OtherPerson
from samordna.web.formfields import ShortText, Version


class PersonForm(forms.Form):
    """*Välj*: one of the people found or working at a unit. Never named `assignment`: that is the actor's own."""

    person = forms.TypedChoiceField(
        label=_("Person"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose one of the persons.")},
    )
    version = Version(required=False)

    def __init__(self, *args: Any, people: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(person.assignment_id, person.signature_line) for person in people]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class OtherPersonForm(forms.Form):
    """The three free-text fields of *Lägg till deltagare*."""

    name = ShortText(label=_("Name"), limit=120)
    role = ShortText(
        label=_("Role or relation"),
        limit=120,
        required=False,
        help_text=_("Such as trustee, sister, officer at Försäkringskassan."),
    )
    contact = ShortText(
        label=_("Contact"), limit=200, required=False, help_text=_("Telephone, e-mail or address.")
    )
    version = Version(required=False)

    def __init__(self, *args: Any, hidden_contact: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hidden_contact = hidden_contact
        if hidden_contact is not None:
            del self.fields["contact"]

    def other(self) -> OtherPerson:
        """What was typed; a contact that is hidden stays as it is (L-04)."""
        data = self.cleaned_data
        return OtherPerson(data["name"], data["role"], data.get("contact", self.hidden_contact or ""))


class LineVersionForm(forms.Form):
    """A button beside one line: it carries the version of the line that was read."""

    version = Version()
    attended = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SearchForm(forms.Form):
    """*Sök* a representative by name."""

    q = ShortText(label=_("Name"), limit=80, required=False)
