"""One form per shape of a setting, each of which gives back the value as it is stored."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.kernel.text import clean_line
from samordna.organisations.settings_catalogue import Entry
from samordna.organisations.settings_shapes import (
    CODE_PARTS,
    Codes,
    Deadlines,
    Lines,
    Number,
    Several,
    Text,
    Texts,
    YesNo,
    code_problem,
)
from samordna.organisations.states import PrincipalKind
from samordna.organisations.words import PRINCIPAL_KINDS
from samordna.web.formfields import LongText, ShortText, SwedishTime

Words = Mapping[str, str | Promise]

KEY_WORDS: Words = {
    "initiative": _("Initiative is answered"),
    "summons_planning": _("Summons to planning is acknowledged"),
    "summons_evaluation": _("Summons to evaluation is acknowledged"),
    "information": _("Information message is acknowledged"),
    "plan_start": _("Planning begins after the initiative or New plan"),
    "plan_signed": _("The plan is signed after the meeting"),
    "plan_locked": _("What is signed is locked"),
    "other_step": _("Any other step that somebody waits for"),
    "REGION": _("When the region sends"),
    "MUNICIPALITY": _("When a municipality sends"),
}
ROLE_WORDS: Words = {
    "ADMINISTRATOR": _("Administrator (system role)"),
    "SYSTEM_MANAGER": _("System manager"),
    "SUPERUSER": _("Superuser"),
}
DEADLINE_KIND_WORDS: Words = {
    "working_days": _("Working days"),
    "calendar_days": _("Calendar days"),
    "hours": _("Hours"),
}
PART_WORDS: Words = {"PLAN": _("Plan"), "FOLLOW_UP": _("Follow-up"), "EVALUATION": _("Evaluation")}


class SettingForm(forms.Form):
    """`in_rows`: the fields of a group stand beside each other.

    `own` is what the county or department itself has written (None: nothing), `held` what holds now.
    """

    in_rows = False

    def __init__(
        self, *args: Any, entry: Entry, own: Any, held: Any, department_id: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry
        # Each form below belongs to one shape, see FORMS.
        self.shape: Any = entry.shape_for(department_id)
        self.own = own
        self.held = held
        self.build()

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def value(self) -> Any:
        """What was typed, as it is stored; None when nothing of one's own is left."""
        return self.cleaned_data["value"]

    @property
    def groups(self) -> Iterator[tuple[str | Promise, list[BoundField]]]:
        """Heading and fields that stand together; without a heading the fields stand alone."""
        for field in self:
            yield "", [field]


class YesNoForm(SettingForm):
    def build(self) -> None:
        choices = [("yes", _("Yes")), ("no", _("No"))]
        self.fields["value"] = forms.ChoiceField(
            label=cast(str, self.entry.label),
            choices=choices,
            widget=forms.RadioSelect,
            initial="yes" if self.held else "no",
            error_messages={"required": _("Choose yes or no.")},
        )

    def value(self) -> bool:
        return bool(self.cleaned_data["value"] == "yes")


class NumberForm(SettingForm):
    def build(self) -> None:
        shape: Number = self.shape
        self.fields["value"] = _whole_number(self.entry.label, shape.low, shape.high, initial=self.held)


class SeveralForm(SettingForm):
    def build(self) -> None:
        shape: Several = self.shape
        self.fields["value"] = _several(self.entry.label, ROLE_WORDS, shape.keys, self.held)


class TextForm(SettingForm):
    def build(self) -> None:
        shape: Text = self.shape
        self.fields["value"] = LongText(label=self.entry.label, limit=shape.limit, initial=self.held)


class LinesForm(SettingForm):
    def build(self) -> None:
        shape: Lines = self.shape
        self.fields["value"] = LongText(
            label=self.entry.label,
            limit=shape.most * (shape.limit + 1),
            rows=8,
            initial="\n".join(self.held),
            help_text=_("One on each line."),
        )

    def value(self) -> list[str]:
        return [line for text in self.cleaned_data["value"].split("\n") if (line := clean_line(text))]


class TextsForm(SettingForm):
    """A text left empty is inherited."""

    def build(self) -> None:
        shape: Texts = self.shape
        own = self.own or {}
        for key in shape.keys:
            self.fields[key] = LongText(
                label=KEY_WORDS[key],
                limit=shape.limit,
                required=False,
                initial=own.get(key, ""),
                help_text=_("Empty: “%(text)s”") % {"text": self.held.get(key, "")} if key not in own else "",
            )

    def value(self) -> dict[str, str] | None:
        return {key: text for key, text in self.cleaned_data.items() if text} or None


class DeadlinesForm(SettingForm):
    """A deadline whose kind is left empty is inherited."""

    in_rows = True
    PARTS: ClassVar[tuple[str, ...]] = ("kind", "amount", "hour")

    def build(self) -> None:
        for key in self._keys():
            own = (self.own or {}).get(key)
            held = self.held[key]
            self.fields[f"{key}_kind"] = forms.ChoiceField(
                label=_("Counted in"),
                required=False,
                choices=[("", _("Not set here")), *DEADLINE_KIND_WORDS.items()],
                initial=own["kind"] if own else "",
            )
            self.fields[f"{key}_amount"] = _whole_number(
                _("How many"), 0, 1000, required=False, initial=(own or held)["amount"]
            )
            self.fields[f"{key}_hour"] = SwedishTime(
                label=_("At the latest at"), required=False, initial=(own or held)["hour"].replace(":", ".")
            )

    def clean(self) -> dict[str, Any]:
        for key in self._keys():
            if self.cleaned_data.get(f"{key}_kind"):
                self._demand_whole(key)
        return self.cleaned_data

    def value(self) -> dict[str, Any] | None:
        written = {key: self._written(key) for key in self._keys() if self.cleaned_data[f"{key}_kind"]}
        return written or None

    @property
    def groups(self) -> Iterator[tuple[str | Promise, list[BoundField]]]:
        for key in self._keys():
            yield KEY_WORDS[key], [self[f"{key}_{part}"] for part in self.PARTS]

    def _keys(self) -> tuple[str, ...]:
        shape: Deadlines = self.shape
        return shape.keys

    def _demand_whole(self, key: str) -> None:
        for part, message in (("amount", _("Write how many.")), ("hour", _("Write the time as 16.00."))):
            name = f"{key}_{part}"
            if self.cleaned_data.get(name) is None and name not in self.errors:
                self.add_error(name, message)

    def _written(self, key: str) -> dict[str, Any]:
        kind, amount, hour = (self.cleaned_data[f"{key}_{part}"] for part in self.PARTS)
        return {"kind": kind, "amount": amount, "hour": hour.strftime("%H:%M")}


class CodesForm(SettingForm):
    """A row without a code is left out; to have no codes at all, clear every row."""

    def build(self) -> None:
        for place in range(self._most()):
            row = self.held[place] if place < len(self.held) else {}
            self.fields[f"code_{place}"] = ShortText(
                label=_("Code"), required=False, limit=10, initial=row.get("code", "")
            )
            self.fields[f"after_{place}"] = _several(_("After"), PART_WORDS, CODE_PARTS, row.get("after"))
            self.fields[f"principal_kinds_{place}"] = _several(
                _("For users at"),
                {kind.value: word for kind, word in PRINCIPAL_KINDS.items()},
                tuple(kind.value for kind in PrincipalKind),
                row.get("principal_kinds"),
            )

    def value(self) -> list[dict[str, Any]]:
        rows = (self._row(place) for place in range(self._most()))
        return [row for row in rows if row["code"]]

    @property
    def groups(self) -> Iterator[tuple[str | Promise, list[BoundField]]]:
        for place in range(self._most()):
            heading = _("Code %(number)d") % {"number": place + 1}
            yield heading, [self[f"{part}_{place}"] for part in ("code", "after", "principal_kinds")]

    def _most(self) -> int:
        shape: Codes = self.shape
        return shape.most

    def _row(self, place: int) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "code": typed.get(f"code_{place}", "").upper(),
            "after": typed.get(f"after_{place}", []),
            "principal_kinds": typed.get(f"principal_kinds_{place}", []),
        }

    def clean(self) -> dict[str, Any]:
        # Checked here and not only when stored, where rows are numbered without the empty ones.
        for place in range(self._most()):
            row = self._row(place)
            problem = code_problem(place, row) if row["code"] else None
            if problem is not None and problem.field not in self.errors:
                self.add_error(problem.field, str(problem))
        return self.cleaned_data


FORMS: Mapping[type, type[SettingForm]] = {
    YesNo: YesNoForm,
    Number: NumberForm,
    Several: SeveralForm,
    Text: TextForm,
    Lines: LinesForm,
    Texts: TextsForm,
    Deadlines: DeadlinesForm,
    Codes: CodesForm,
}


def form_class(entry: Entry) -> type[SettingForm]:
    """The form that edits a setting of that shape."""
    return FORMS[type(entry.shape)]


def _whole_number(label: Any, low: int, high: int, **kwargs: Any) -> forms.IntegerField:
    message = _("Write a whole number from %(low)d to %(high)d.") % {"low": low, "high": high}
    codes = ("required", "invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, error_messages=dict.fromkeys(codes, message), **kwargs
    )


def _several(label: Any, words: Words, keys: tuple[str, ...], chosen: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(key, words[key]) for key in keys],
        widget=forms.CheckboxSelectMultiple,
        initial=chosen or [],
    )
