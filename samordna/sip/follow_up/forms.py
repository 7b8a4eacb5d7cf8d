"""Forms of the follow-up: how activities go, and when the next one is due."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from samordna.sip.follow_up.states import ReportStatus
from samordna.web.formfields import LongText, SwedishDate, Version

REPORT_STATUSES = [
    (ReportStatus.NOT_STARTED.value, _("Not begun")),
    (ReportStatus.ONGOING.value, _("Going on (partial report)")),
    (ReportStatus.DONE.value, _("Done (the activity is closed)")),
    (ReportStatus.NOT_CARRIED_OUT.value, _("Not carried out")),
]


NOTE_LIMIT = 2000


@dataclass(frozen=True)
class TypedReport:
    """What somebody has filled in for one activity, and what stood there when they began."""

    status: str
    note: str
    version: int
    base_status: str
    base_note: str

    @property
    def changed(self) -> bool:
        return (self.status, self.note) != (self.base_status, self.base_note)


class ReportForm(forms.Form):
    """*Följ upp aktivitet*, one line of the page. `base_*` is what stood there when the page was opened."""

    status = forms.ChoiceField(
        label=_("How does it go?"), choices=REPORT_STATUSES, required=False, widget=forms.RadioSelect
    )
    note = LongText(label=_("Note"), required=False, rows=2, limit=NOTE_LIMIT)
    version = Version()
    base_status = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    base_note = LongText(required=False, limit=2 * NOTE_LIMIT + 2, widget=forms.HiddenInput)

    def __init__(self, *args: Any, activity: str, **kwargs: Any) -> None:
        """An error is told with the activity it is about, since all lines ask the same."""
        super().__init__(*args, **kwargs)
        self.fields["status"].label = Truncator(activity).chars(60)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("status") and "status" not in self.errors:
            self.add_error("status", _("Choose how the activity goes."))
        return data


def typed_report(text: Callable[[str], str], lineage: str) -> TypedReport:
    """From a post, or from unsaved typing, by the names of the activity's own fields."""
    version = text(f"{lineage}-version")
    return TypedReport(
        status=text(f"{lineage}-status"),
        note=_lines(text(f"{lineage}-note")),
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
        base_status=text(f"{lineage}-base_status"),
        base_note=_lines(text(f"{lineage}-base_note")),
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


class ScheduleForm(forms.Form):
    """When the next follow-up is due (V-62)."""

    due_on = SwedishDate(label=_("Next follow-up"), help_text=_("A working day, such as 2027-01-15 or 15/1."))
