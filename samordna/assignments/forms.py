"""Forms of the administrator's pages."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from samordna.accounts.forms import EMAIL_ERRORS, LONGEST_EMAIL, NewPassword
from samordna.accounts.queries import UserCard, UserDetails
from samordna.accounts.user_names import LONGEST_USER_NAME, fold_user_name
from samordna.assignments.commands.people import Work
from samordna.assignments.queries import Colleague, PlaceChoice
from samordna.assignments.rules import NEARLY_TAKEN, Period
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.words import PROFESSIONS, SYSTEM_ROLES
from samordna.kernel.refusal import Refusal
from samordna.organisations.rules import hsa_id_refusal, tidy_hsa_id
from samordna.web.formfields import Phone, ShortText, SwedishDate

CHOOSE = ("", _("Choose"))
CHOICE_ERRORS = {"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")}


class SearchForm(forms.Form):
    """A name, or the beginning of a user name."""

    q = ShortText(label=_("Name or user name"), required=False)


class UserForm(forms.Form):
    """A user's details. `seen` tells what the form was opened with."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name = ShortText(label=_("First name and surname"), limit=120)
    email = forms.EmailField(
        label=_("E-mail at work"), required=False, max_length=LONGEST_EMAIL, error_messages=EMAIL_ERRORS
    )
    phone = Phone(label=_("Telephone at work"), required=False)
    work_address = ShortText(label=_("Visiting address at work"), required=False)
    hsa_id = ShortText(label=_("HSA-id"), limit=31, required=False)
    protected = forms.BooleanField(
        label=_("Protected personal data"),
        required=False,
        help_text=_("Telephone, e-mail and address are shown to nobody but administrators."),
    )

    @classmethod
    def of(cls, user: UserCard, seen: str) -> "UserForm":
        """The form with what is known."""
        names = ("name", "email", "phone", "work_address", "hsa_id", "protected")
        return cls(initial={"seen": seen, **{name: getattr(user, name) for name in names}})

    def clean_hsa_id(self) -> str:
        hsa_id: str = tidy_hsa_id(self.cleaned_data["hsa_id"]).upper()
        refusal = hsa_id_refusal(hsa_id)
        if refusal:
            raise forms.ValidationError(str(refusal.message))
        return hsa_id

    def details(self) -> UserDetails:
        """What was written."""
        names = ("name", "email", "phone", "work_address", "hsa_id", "protected")
        return UserDetails(**{name: self.cleaned_data[name] for name in names})


class PeriodForm(forms.Form):
    """From a day, and through a day if it is known to end."""

    starts_on = SwedishDate(label=_("First day"), prefer="nearest")
    ends_on = SwedishDate(
        label=_("Last day"),
        required=False,
        prefer="nearest",
        help_text=_("Leave it empty if it is not known."),
    )

    def period(self) -> Period:
        """What was written."""
        return Period(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class WorkForm(PeriodForm):
    """Where somebody works, as what, and when."""

    field_order: Sequence[str] = ("unit", "profession", "title", "starts_on", "ends_on")

    unit = forms.ChoiceField(label=_("Unit"), error_messages=CHOICE_ERRORS)
    profession = forms.ChoiceField(
        label=_("Profession"),
        error_messages=CHOICE_ERRORS,
        choices=[CHOOSE, *((profession.value, PROFESSIONS[profession]) for profession in Profession)],
        help_text=_("Decides what the user may do in SIP."),
    )
    title = ShortText(label=_("Title"), limit=80, help_text=_("As written under what the user signs."))

    def __init__(self, *args: Any, units: Sequence[PlaceChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units)

    def work(self) -> Work:
        """What was written."""
        return Work(
            unit_id=int(self.cleaned_data["unit"]),
            profession=Profession(self.cleaned_data["profession"]),
            title=self.cleaned_data["title"],
            period=self.period(),
        )


class NewUserForm(UserForm, WorkForm):
    """A new user with the first place to work."""

    field_order = (
        "username",
        *UserForm.base_fields,
        "unit",
        "profession",
        "title",
        "starts_on",
        "ends_on",
        "password",
    )

    username = ShortText(
        label=_("User name"),
        limit=LONGEST_USER_NAME,
        help_text=_("Is written in capitals. Cannot be changed later."),
    )
    password = NewPassword(
        label=_("Initial password"),
        required=False,
        help_text=_("Leave it empty and the system makes one. The user changes it at the first login."),
    )

    is_another = forms.BooleanField(label=_("It is another user, not the same"), required=False)
    # Asked only when the user name is nearly another's.
    asks_another = False

    def ask(self, refusal: Refusal | None) -> None:
        """Show the box to tick, when the refusal asks whether it is the same user."""
        self.asks_another = refusal is not None and refusal.code == NEARLY_TAKEN

    def clean_username(self) -> str:
        username = fold_user_name(self.cleaned_data["username"])
        if any(character.isspace() for character in username):
            raise forms.ValidationError(_("Write the user name without blanks."))
        return username

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        if typed:
            password_validation.validate_password(typed)
        return typed


class EndForm(forms.Form):
    """A last day, and who takes over if there is something to take over (`colleagues`)."""

    ends_on = SwedishDate(label=_("Last day"), prefer="nearest")
    to = forms.TypedChoiceField(
        label=_("Who takes over the cases?"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages=CHOICE_ERRORS,
    )
    end_roles = forms.BooleanField(label=_("End these roles the same day"), required=False)

    def __init__(self, *args: Any, colleagues: Sequence[Colleague] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if colleagues is None:
            del self.fields["to"]
            return
        choices = [(one.assignment_id, f"{one.name}, {one.title}") for one in colleagues]
        cast(forms.TypedChoiceField, self.fields["to"]).choices = [("", _("Nobody yet")), *choices]


class RoleForm(PeriodForm):
    """A system role over a place."""

    field_order = ("role", "organisation", "starts_on", "ends_on")

    role = forms.ChoiceField(
        label=_("System role"),
        error_messages=CHOICE_ERRORS,
        choices=[CHOOSE, *((role.value, SYSTEM_ROLES[role]) for role in SystemRole)],
    )
    organisation = forms.ChoiceField(
        label=_("Where"),
        error_messages=CHOICE_ERRORS,
        help_text=_("The role holds there and for all that lies below it."),
    )

    def __init__(
        self, *args: Any, places: Sequence[PlaceChoice], roles: Sequence[SystemRole], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "organisation", places)
        # Another role is refused by its rule, which says who can give it.
        offered = [CHOOSE, *((role.value, SYSTEM_ROLES[role]) for role in roles)]
        self.fields["role"].widget.choices = offered

    def role_chosen(self) -> SystemRole:
        """What was chosen."""
        return SystemRole(self.cleaned_data["role"])


def _offer(form: forms.Form, name: str, places: Sequence[PlaceChoice]) -> None:
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices = [CHOOSE, *((str(place.id), place.shown) for place in places)]
