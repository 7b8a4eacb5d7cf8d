"""Forms of the passages of a plan that are saved one by one: a goal, an activity, what the law wants.

`values()` gives the passage as plain texts by name, which is what is kept unsaved, compared and merged.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.assignments.queries import Colleague
from samordna.sip.plan.commands.goals import ActivityText, GoalText, Responsible
from samordna.sip.plan.commands.plan import LawText
from samordna.web.formfields import LongText, SwedishDate

Choices = Sequence[tuple[str, str]]


class ResponsibleForm(forms.Form):
    """*Ansvarig* among those who attended; *Välj annan* is a search whose results are `other`, and go before."""

    instead: ClassVar[Mapping[str, str]] = {"responsible": "other"}

    responsible = forms.ChoiceField(
        label=_("Responsible"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of those who attended, or choose another.")},
    )
    other = forms.ChoiceField(
        label=_("Choose another"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Search again and choose one of the people found.")},
    )

    def __init__(
        self, *args: Any, responsibles: Choices, found: Sequence[Colleague] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        others = [(f"a:{person.assignment_id}", person.signature_line) for person in found]
        self.fields["responsible"].choices = [("", _("Choose…")), *responsibles, *others]  # type: ignore[attr-defined]
        self.fields["other"].choices = others  # type: ignore[attr-defined]

    def chosen(self) -> str:
        """The value of the one chosen: "p:" a participant, "a:" an assignment, "n:" the name as before, or none."""
        return str(self.cleaned_data.get("other") or self.cleaned_data.get("responsible") or "")

    def responsible_one(self) -> Responsible:
        kind, _colon, value = self.chosen().partition(":")
        if kind == "a":
            return Responsible(assignment_id=int(value))
        if kind == "p":
            return Responsible(lineage=UUID(value))
        return Responsible(as_before=kind == "n")


class GoalForm(ResponsibleForm):
    """*Nytt mål*. The heading is in the individual's own voice."""

    heading = forms.ChoiceField(label=_("Heading"), error_messages={"required": _("Choose a heading.")})
    text = LongText(label=_("Goal"), rows=4)
    field_order = ("heading", "text", "responsible", "other")

    def __init__(self, *args: Any, headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heading"].choices = [(heading, heading) for heading in headings]  # type: ignore[attr-defined]

    def values(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"heading": data["heading"], "text": data["text"], "responsible": self.chosen()}

    def goal(self) -> GoalText:
        data = self.cleaned_data
        return GoalText(heading=data["heading"], text=data["text"], responsible=self.responsible_one())


class ActivityForm(ResponsibleForm):
    """*Ny aktivitet*. Without a *Klardatum* it goes on during the whole SIP."""

    text = LongText(label=_("Activity"), rows=3)
    done_on = SwedishDate(
        label=_("Done by date"),
        required=False,
        help_text=_("Leave empty if it goes on during the whole SIP."),
    )
    field_order = ("text", "responsible", "other", "done_on")

    def values(self) -> dict[str, str]:
        data = self.cleaned_data
        done_on = data["done_on"].isoformat() if data["done_on"] else ""
        return {"text": data["text"], "responsible": self.chosen(), "done_on": done_on}

    def activity(self) -> ActivityText:
        data = self.cleaned_data
        return ActivityText(text=data["text"], responsible=self.responsible_one(), done_on=data["done_on"])


class LawForm(forms.Form):
    """What the law wants beside goals, the day of the meeting, and who coordinates from then on."""

    met_on = SwedishDate(label=_("Day of the meeting"), required=False, prefer="past")
    needs = LongText(
        label=_("What is needed"),
        required=False,
        help_text=_("The individual's needs of efforts from both principals."),
    )
    others_do = LongText(
        label=_("What others do"),
        required=False,
        help_text=_(
            "Efforts by others than the region and the municipality, such as relatives or the employer."
        ),
    )
    principal = forms.ChoiceField(label=_("Principal with the overall responsibility"), required=False)
    coordinator_confirmed = forms.BooleanField(
        label=_("The coordinator is right from the meeting on"), required=False
    )

    def __init__(self, *args: Any, principals: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose…")), *((str(key), name) for key, name in principals.items())]
        self.fields["principal"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, str]:
        data = self.cleaned_data
        return {
            "met_on": data["met_on"].isoformat() if data["met_on"] else "",
            "needs": data["needs"],
            "others_do": data["others_do"],
            "principal": data["principal"],
            "coordinator_confirmed": "on" if data["coordinator_confirmed"] else "",
        }

    def law(self) -> LawText:
        data = self.cleaned_data
        return LawText(
            met_on=data["met_on"],
            needs=data["needs"],
            others_do=data["others_do"],
            principal_id=int(data["principal"]) if data["principal"] else None,
            coordinator_confirmed=data["coordinator_confirmed"],
        )
