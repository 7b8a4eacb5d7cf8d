"""Forms of the address book and the tree."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.kernel import csv_file
from samordna.kernel.refusal import Refusal
from samordna.notifications.events import Event
from samordna.organisations import rules
from samordna.organisations.in_use import InUse
from samordna.organisations.rules import Place, in_use_changed
from samordna.organisations.states import CareKind, Level, PrincipalKind
from samordna.organisations.words import CARE_KINDS, LEVELS, PRINCIPAL_KINDS
from samordna.web.formfields import LongText, Phone, ShortText
from samordna.web.forms import show_beside

# A unit below a principal is an external one; the level of the new place follows from where it stands otherwise.
LEVELS_BELOW: dict[Level | None, tuple[Level, ...]] = {
    None: (Level.PRINCIPAL,),
    Level.PRINCIPAL: (Level.DEPARTMENT, Level.UNIT),
    Level.DEPARTMENT: (Level.UNIT, Level.OPERATION),
    Level.OPERATION: (Level.UNIT,),
    Level.UNIT: (),
}


class FindForm(forms.Form):
    """What the address book is filtered by. Never refuses: what cannot be understood filters nothing."""

    q = ShortText(label=_("Name or part of a name"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    care_kind = forms.ChoiceField(
        label=_("Kind of care"),
        required=False,
        choices=[("", _("All kinds of care")), *((kind.value, CARE_KINDS[kind]) for kind in CareKind)],
    )

    def __init__(self, *args: Any, municipalities: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["municipality"])
        field.choices = [("", _("All municipalities")), *((name, name) for name in municipalities)]

    def chosen(self, name: str) -> str:
        """What was chosen, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class PlaceForm(forms.Form):
    """Adds a place below another one (`below`), or changes one (`place`)."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    level = forms.ChoiceField(label=_("Level"))
    name = ShortText(label=_("Name"), limit=120)
    principal_kind = forms.ChoiceField(
        label=_("Kind of principal"),
        required=False,
        choices=[("", _("Choose")), *((kind.value, PRINCIPAL_KINDS[kind]) for kind in PrincipalKind)],
    )
    care_kind = forms.ChoiceField(
        label=_("Kind of care"),
        required=False,
        help_text=_("For units."),
        choices=[("", _("Choose")), *((kind.value, CARE_KINDS[kind]) for kind in CareKind)],
    )
    external = forms.BooleanField(
        label=_("Outside the system"),
        required=False,
        help_text=_("Nobody there logs in. They are told by letter or telephone, and that is recorded."),
    )
    municipality = ShortText(label=_("Municipality"), required=False, limit=60)
    hsa_id = ShortText(label=_("HSA-id"), required=False, limit=31)
    phone = Phone(label=_("Telephone"), required=False)
    address = ShortText(label=_("Address"), required=False, limit=200)
    notify_email = ShortText(
        label=_("Notify by mail at"),
        required=False,
        limit=254,
        help_text=_("Told that something has arrived, never about whom. Leave it empty for no notices."),
    )

    is_another = forms.BooleanField(label=_("It is another place, not the same"), required=False)
    # Asked only when the name is nearly a neighbour's.
    asks_another = False

    def __init__(
        self, *args: Any, below: Level | None = None, place: Place | None = None, **kwargs: Any
    ) -> None:
        if place is not None:
            values = {name: getattr(place, name) for name in Place.__dataclass_fields__}
            kwargs["initial"] = {**values, "seen": place.fingerprint}
        super().__init__(*args, **kwargs)
        levels = (place.level,) if place else LEVELS_BELOW[below]
        field = cast(forms.ChoiceField, self.fields["level"])
        field.choices = [(level.value, LEVELS[level]) for level in levels]
        if len(levels) == 1:
            del self.fields["level"]
        self.levels = levels
        if Level.PRINCIPAL not in levels:
            del self.fields["principal_kind"]
        if Level.UNIT not in levels:
            for name in ("care_kind", "external", "notify_email"):
                del self.fields[name]

    def clean_hsa_id(self) -> str:
        value = rules.tidy_hsa_id(self.cleaned_data["hsa_id"])
        refusal = rules.hsa_id_refusal(value)
        if refusal is not None:
            raise forms.ValidationError(str(refusal), code=refusal.code)
        return value

    def ask(self, refusal: Refusal | None) -> None:
        """Show the box to tick, when the refusal asks whether it is the same place."""
        self.asks_another = refusal is not None and refusal.code == rules.NEARLY_TAKEN

    def place(self) -> Place:
        """What was typed."""
        typed = {
            key: self.cleaned_data[key] for key in Place.__dataclass_fields__ if key in self.cleaned_data
        }
        return Place(**{**typed, "level": Level(typed.get("level", self.levels[0]))})


class CloseForm(forms.Form):
    """Why each kind of what hangs on a unit is left as it is. `seen` is what was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, in_use: InUse, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": in_use.seen}
        super().__init__(*args, **kwargs)
        for kind in in_use.kinds:
            self.fields[f"left_{kind}"] = LongText(
                label=_("Why is it left?"),
                limit=500,
                error_messages={"required": _("Move or end it, or write why it is left.")},
            )

    def tell_what_changed(self, in_use: InUse) -> None:
        """When other numbers were shown than those of now: say so, and count these as shown from now on."""
        if self.data.get("seen", "") != in_use.seen:
            self.full_clean()
            self.add_error(None, str(in_use_changed()))
            show_beside(self, {"seen": in_use.seen}, version="seen")

    def reasons(self) -> dict[str, str]:
        """By kind, what was written."""
        return {
            name.removeprefix("left_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("left_")
        }


class NoticesForm(forms.Form):
    """Of which of the `events` a unit is told by mail (V-11). `seen` tells what the form was opened with."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    events = forms.MultipleChoiceField(
        label=_("Notices by mail"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose something in the list.")},
    )

    def __init__(self, *args: Any, events: Sequence[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = events
        self.fields["events"].choices = [(event.code, event.sentence) for event in events]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> list[Event]:
        """What is ticked."""
        return [event for event in self.offered if event.code in self.cleaned_data["events"]]


class ImportForm(forms.Form):
    """The file to take in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A CSV file with the same heading as the exported one."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > csv_file.MOST_BYTES:
            raise forms.ValidationError(_("The file is too big. Split it into several."), code="too_big")
        return file
