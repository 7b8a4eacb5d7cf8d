"""*Samtyckesval*: who consented, how, to what, until when (L-03)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.cases.consent import ConsentChoice, age_refusal, choice_refusal
from samordna.cases.states import ConsentForm as How
from samordna.cases.states import ConsentGiver, ConsentScope, Guardians
from samordna.kernel import clock
from samordna.people.queries import ADULT
from samordna.web.formfields import LongText, ShortText, SwedishDate

GIVERS = [
    (ConsentGiver.SELF.value, _("The individual")),
    (ConsentGiver.GUARDIAN.value, _("Guardian")),
    (ConsentGiver.LEGAL_REPRESENTATIVE.value, _("Trustee or other legal representative")),
    (ConsentGiver.CANNOT_CONSENT.value, _("The individual cannot consent")),
]
WAYS = [
    (How.ORAL.value, _("Orally")),
    (How.WRITTEN.value, _("In writing")),
    (How.OTHER.value, _("In another way")),
]
GUARDIANS = [
    (Guardians.BOTH.value, _("Both guardians, or the only one")),
    (Guardians.ONE.value, _("One of two guardians")),
]
SCOPES = [
    (ConsentScope.SIP.value, _("A SIP is made and the units share what is needed for it")),
    (ConsentScope.INFORMATION.value, _("Information is shared, but no SIP is made yet")),
]
CHOOSE = {"required": _("Choose one.")}
CONSENT_PREFIX = "consent"


class ConsentForm(forms.Form):
    """Every field of the choice. What does not fit together is told at its field, what is too little for what is
    `needed`, and who may not consent at that `age` (None: not known). Of `anybody` the age is judged by the act."""

    giver = forms.ChoiceField(
        label=_("Who consents?"), choices=GIVERS, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    giver_name = ShortText(
        label=_("Name of guardian or representative"),
        required=False,
        help_text=_("If somebody else than the individual consents."),
    )
    how = forms.ChoiceField(label=_("How?"), choices=WAYS, widget=forms.RadioSelect, error_messages=CHOOSE)
    scope = forms.ChoiceField(
        label=_("To what?"), choices=SCOPES, widget=forms.RadioSelect, initial="SIP", error_messages=CHOOSE
    )
    until_on = SwedishDate(
        label=_("Until when?"),
        required=False,
        help_text=_("Leave empty if the consent holds during the whole SIP."),
    )
    cannot_consent_reason = LongText(
        label=_("Why can the individual not consent, and how was it judged?"),
        required=False,
        help_text=_("Only if you chose that the individual cannot consent."),
    )
    judgement = LongText(
        label=_("How has it been judged?"),
        required=False,
        help_text=_(
            "If the child itself consents: age and maturity. If only one guardian does: why. "
            "If the age is not known: how it was judged."
        ),
    )
    child_view = LongText(label=_("What does the child think?"), required=False)
    guardians = forms.ChoiceField(
        label=_("Do both guardians consent?"), choices=GUARDIANS, widget=forms.RadioSelect, required=False
    )

    def __init__(
        self,
        *args: Any,
        age: int | None = None,
        anybody: bool = False,
        needed: ConsentScope = ConsentScope.INFORMATION,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needed, self.age, self.anybody = needed, age, anybody
        if not anybody:
            self.fit_to_age(age)

    def fit_to_age(self, age: int | None) -> None:
        """An adult answers for herself; how she did is never proposed, so that nothing is consented to unasked."""
        if age is None or age < ADULT:
            return
        for name in ("child_view", "guardians", "judgement"):
            self.fields.pop(name, None)
        self.fields["giver"].initial = ConsentGiver.SELF.value
        self.fields["giver"].widget.choices = [one for one in GIVERS if one[0] != ConsentGiver.GUARDIAN]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            refusal = choice_refusal(self.choice(), clock.today(clock.now()), self.needed)
            if refusal is None and not self.anybody:
                refusal = age_refusal(self.choice(), self.age)
            if refusal is not None:
                self.add_error(refusal.field, str(refusal))
        return cleaned

    def choice(self) -> ConsentChoice:
        """The cleaned choice. Only after `is_valid`."""
        cleaned = self.cleaned_data
        return ConsentChoice(
            giver=ConsentGiver(cleaned["giver"]),
            giver_name=cleaned["giver_name"],
            how=How(cleaned["how"]),
            scope=ConsentScope(cleaned["scope"]),
            until_on=cleaned["until_on"],
            cannot_consent_reason=cleaned["cannot_consent_reason"],
            child_view=cleaned.get("child_view", ""),
            guardians=Guardians(cleaned["guardians"]) if cleaned.get("guardians") else None,
            judgement=cleaned.get("judgement", ""),
        )


class ConsentDraftForm(ConsentForm):
    """The choice of consent in a message that is unfinished: lengths and dates are judged, nothing is asked for."""

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
