"""The notice of readiness as it is written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samordna.casework.messages.forms.recipients import DraftForm
from samordna.discharge.ready.rules import ready_refusal
from samordna.discharge.ready.text import ReadyText
from samordna.kernel import clock
from samordna.web.formfields import ShortText, SwedishDate, SwedishTime


class ReadyForm(DraftForm):
    physician = ShortText(
        label=_("Judged by physician"),
        help_text=_("Name and title."),
        error_messages={"required": _("Write which physician has judged it.")},
    )
    assessed_on = SwedishDate(label=_("Judged, day"), prefer="past")
    assessed = SwedishTime(label=_("Judged, time"))

    def clean(self) -> dict[str, Any]:
        """The moment of admission is known to the act alone, which asks the rule again."""
        cleaned = super().clean() or self.cleaned_data
        refusal = (
            ready_refusal(self.written(), None, clock.now()) if self.complete and not self.errors else None
        )
        if refusal is not None:
            self.add_error(refusal.field, str(refusal))
        return cleaned

    def written(self) -> ReadyText:
        kept = self.cleaned_data
        return ReadyText(kept["physician"], kept["assessed_on"], kept["assessed"])

    @staticmethod
    def filled_from(text: ReadyText) -> dict[str, Any]:
        return {
            "physician": text.physician,
            "assessed_on": text.assessed_on,
            "assessed": text.assessed,
        }
