"""The information message as it is written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samordna.casework.messages.forms.recipients import DraftForm
from samordna.sip.information.text import InformationText
from samordna.web.formfields import LongText


class InformationForm(DraftForm):
    text = LongText(
        label=_("Message"), rows=6, error_messages={"required": _("Write what you want to tell.")}
    )

    def written(self) -> InformationText:
        return InformationText(self.cleaned_data["text"])

    @staticmethod
    def filled_from(text: InformationText) -> dict[str, Any]:
        return {"text": text.text}
