"""The initiative as it is written, with the choice of consent beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.casework.consent.forms import CHOOSE
from samordna.casework.messages.forms.recipients import DraftForm
from samordna.sip.initiative.states import Initiator
from samordna.sip.initiative.text import InitiativeText
from samordna.web.formfields import LongText, ShortText

INITIATORS = [
    (Initiator.INDIVIDUAL.value, _("The individual")),
    (Initiator.GUARDIAN.value, _("Guardian")),
    (Initiator.NEXT_OF_KIN.value, _("Next of kin")),
    (Initiator.UNIT.value, _("The unit")),
]


class InitiativeForm(DraftForm):
    reason = LongText(
        label=_("Reason for the initiative"),
        rows=3,
        initial=_("Need of coordination"),
        error_messages={"required": _("Write why a SIP is needed.")},
    )
    initiator = forms.ChoiceField(
        label=_("Who takes the initiative?"),
        choices=INITIATORS,
        initial=Initiator.UNIT.value,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    initiator_name = ShortText(
        label=_("Name of who takes the initiative"),
        required=False,
        help_text=_("If it is a guardian or next of kin."),
    )

    def written(self) -> InitiativeText:
        kept = self.cleaned_data
        return InitiativeText(kept["reason"], kept["initiator"], kept["initiator_name"])

    @staticmethod
    def filled_from(text: InitiativeText) -> dict[str, Any]:
        return {"reason": text.reason, "initiator": text.initiator, "initiator_name": text.initiator_name}
