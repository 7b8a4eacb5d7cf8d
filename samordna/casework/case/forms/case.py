"""Forms about the case itself: new case, coordinator, handler, ending, correcting a number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.assignments.queries import Colleague
from samordna.cases.states import EndReason
from samordna.casework.file.end_reasons import END_REASONS
from samordna.kernel.identifiers import Identifier
from samordna.people.forms import IdentifierField
from samordna.web.formfields import LongText, ShortText

# What another case ends is ended by it, and not chosen. So are the ways that a process has of its own.
CHOSEN_REASONS = [
    (reason.value, words) for reason, words in END_REASONS.items() if reason != EndReason.MERGED
]


class NewCaseForm(forms.Form):
    """The first step of *Nytt ärende*: the number is all there is to write, so the cursor stands there."""

    identifier = IdentifierField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["identifier"].widget.attrs["autofocus"] = True

    def readings(self) -> tuple[Identifier, ...]:
        """Of a form that is clean: the number, and what else its ten digits can stand for."""
        field = self.fields["identifier"]
        return field.readings(self.data["identifier"]) if isinstance(field, IdentifierField) else ()


class ConfirmPersonForm(forms.Form):
    """The second step: the number again, and the name of somebody new or protected.

    Whether the name is needed is not known before the person may be shown: the command demands it, `ask_name` marks it.
    """

    identifier = IdentifierField(widget=forms.HiddenInput)
    name = ShortText(label=_("Name"), limit=120, required=False)

    def ask_name(self) -> None:
        """The page asks for the name, and the cursor stands there."""
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autofocus"] = True


class ColleagueSearchForm(forms.Form):
    q = ShortText(label=_("Name"), limit=80, required=False)


class ColleagueForm(forms.Form):
    """Pick one of the people found."""

    colleague = forms.TypedChoiceField(
        label=_("Person"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose one of the persons.")},
    )

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(person.assignment_id, person.signature_line) for person in people]
        self.fields["colleague"].choices = choices  # type: ignore[attr-defined]


class EndCaseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=CHOSEN_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the case ends.")},
    )
    comment = LongText(label=_("Comment"), required=False, limit=2000)


class ConsentUnitsForm(forms.Form):
    """Which units a consent covers."""

    units = forms.TypedMultipleChoiceField(
        label=_("Which units?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one unit.")},
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = units  # type: ignore[attr-defined]
        self.fields["units"].initial = [unit_id for unit_id, _name in units]
