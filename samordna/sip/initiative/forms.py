"""The initiative as it is written, with the choice of consent beside it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.cases.states import ConsentScope
from samordna.casework.consent.forms import CHOOSE, ConsentForm
from samordna.casework.messages.forms.recipients import DraftForm
from samordna.sip.initiative.states import Initiator
from samordna.sip.initiative.text import InitiativeText
from samordna.web.formfields import LongText, ShortText

CONSENT_PREFIX = "consent"
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


class ConsentDraftForm(ConsentForm):
    """The choice of consent while the initiative is unfinished: lengths and dates are judged, nothing is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    def mark_required(self, *, age: int | None) -> None:
        """Before it is shown: what must be chosen before sending has its star, and only what is asked at that age."""
        for name in ("giver", "how", "scope"):
            self.fields[name].required = True
        self.fit_to_age(age)


def typed_consent(form: ConsentForm) -> dict[str, str]:
    """What stands in a valid form, the proposed values included."""
    held = form.cleaned_data
    texts = {name: value.isoformat() if isinstance(value, date) else value for name, value in held.items()}
    return {name: text for name, text in texts.items() if text}


def kept_consent(form: ConsentForm) -> dict[str, str]:
    """What was typed in a valid form, as it is kept with the draft."""
    typed = typed_consent(form)
    return typed if "giver" in typed else {}


def consent_from(kept: Mapping[str, str], *, age: int | None = None, anybody: bool = False) -> ConsentForm:
    """The kept choice as a bound form, to be judged; of `anybody` the act judges what goes by age."""
    return ConsentForm(
        {f"{CONSENT_PREFIX}-{name}": value for name, value in kept.items()},
        prefix=CONSENT_PREFIX,
        age=age,
        anybody=anybody,
        needed=ConsentScope.SIP,
    )
