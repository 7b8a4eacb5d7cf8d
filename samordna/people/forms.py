"""The person's part of the forms of a case: number, name, details, relatives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samordna.kernel.identifiers import Identifier, IdentifierError, readings
from samordna.kernel.text import clean_line
from samordna.people.protection import CONTACTS
from samordna.people.queries import PersonCard
from samordna.people.rules import PersonChanges, interpreter_refusal, related_refusal, weaker
from samordna.people.states import Protection, Relation
from samordna.people.words import PROTECTIONS, RELATIONS
from samordna.web.formfields import Phone, ShortText, Version

_LONGEST_NUMBER = 40


class IdentifierField(forms.CharField):
    """A personal identity, coordination or reserve number as people write it; gives an `Identifier`.

    Refused with the reason that `kernel.identifiers.parse` gives; with `century`, also ten digits that may be
    somebody's of either century.
    """

    def __init__(self, *, century: bool = False, **kwargs: Any) -> None:
        self.century = century
        kwargs.setdefault("label", _("Personal identity number"))
        kwargs.setdefault(
            "help_text", _("With or without hyphen: YYYYMMDD-NNNN. Reserve numbers are taken too.")
        )
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}))
        kwargs.setdefault("error_messages", {"required": _("Write the personal identity number.")})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Identifier | None:
        text = clean_line(str(value or "")[: 10 * _LONGEST_NUMBER])
        if not text and not self.required:
            return None
        found = self._read(text[:_LONGEST_NUMBER])
        if self.century and len(found) > 1:
            raise forms.ValidationError(
                _("The number can be that of somebody born in %(one)s or %(other)s. Write the century too."),
                code="century",
                params={"one": found[0].value[:4], "other": found[1].value[:4]},
            )
        return found[0]

    def readings(self, value: Any) -> tuple[Identifier, ...]:
        """What a text that is clean can stand for, the likeliest first."""
        return self._read(clean_line(str(value))[:_LONGEST_NUMBER])

    def _read(self, text: str) -> tuple[Identifier, ...]:
        try:
            return readings(text)
        except IdentifierError as error:
            raise forms.ValidationError(error.message, code=error.code) from error


class IdentifierForm(forms.Form):
    """The number that a new case begins with (V-22)."""

    identifier = IdentifierField()


class PersonForm(forms.Form):
    """Details of a person. The contact details of a protected person are not shown and not taken (L-04)."""

    version = Version()
    name = ShortText(label=_("Name"), limit=120)
    phone = Phone(label=_("Telephone"), required=False)
    address = ShortText(label=_("Address"), required=False, limit=200)
    municipality = ShortText(label=_("Municipality"), required=False, limit=60)
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    interpreter_language = ShortText(label=_("Language"), required=False, limit=60)
    protection = forms.ChoiceField(
        label=_("Protected identity"),
        choices=[(level.value, PROTECTIONS[level]) for level in Protection],
        help_text=_(
            "Address, telephone and contacts are hidden as long as the identity is protected. "
            "Here it can only be raised."
        ),
    )

    def __init__(self, *args: Any, card: PersonCard, only_protection: bool = False, **kwargs: Any) -> None:
        names = ("version", *PersonChanges.__dataclass_fields__)
        kwargs.setdefault("initial", {name: getattr(card, name) for name in names})
        super().__init__(*args, **kwargs)
        self.sealed = frozenset() if only_protection else card.sealed
        if only_protection:
            self.fields = {name: self.fields[name] for name in ("version", "protection")}
            self._offer_raising(card)
            return
        for name in CONTACTS:
            if card.protected:
                del self.fields[name]
            elif name in card.sealed:
                self.fields[name].help_text = _("Something is hidden here. What you write replaces it.")
        self._offer_raising(card)

    def _offer_raising(self, card: PersonCard) -> None:
        self.fields["protection"].widget.choices = [
            (level.value, PROTECTIONS[level]) for level in Protection if not weaker(level, card.protection)
        ]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        needed, language = typed.get("needs_interpreter", False), typed.get("interpreter_language", "")
        refusal = interpreter_refusal(needed=needed, language=language)
        if refusal is not None and "interpreter_language" not in self.errors:
            self.add_error(refusal.field, str(refusal))
        return typed

    def changes(self) -> PersonChanges:
        """What was typed, of the fields that are there; a language without a need of an interpreter is dropped."""
        typed = {name: self.cleaned_data.get(name) for name in PersonChanges.__dataclass_fields__}
        for name in self.sealed:
            # What is hidden is not emptied by somebody who cannot see it.
            typed[name] = typed[name] or None
        typed["protection"] = Protection(self.cleaned_data["protection"])
        if "needs_interpreter" in self.fields and not typed["needs_interpreter"]:
            typed["interpreter_language"] = ""
        return PersonChanges(**typed)


class RelatedForm(forms.Form):
    """A guardian, trustee or next of kin to add."""

    relation = forms.ChoiceField(
        label=_("Relation"), choices=[(relation.value, RELATIONS[relation]) for relation in Relation]
    )
    relation_text = ShortText(
        label=_("Relation in words"), required=False, limit=80, help_text=_("Such as daughter or neighbour.")
    )
    name = ShortText(label=_("Name"), limit=120)
    contact = ShortText(label=_("Telephone or address"), required=False, limit=200)

    def __init__(self, *args: Any, protected: bool = False, **kwargs: Any) -> None:
        # It stands below the person's own form, which has a name too; a label leads to the first that has the id.
        super().__init__(*args, **{"auto_id": "related_%s", **kwargs})
        if protected:
            del self.fields["contact"]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("relation") and typed.get("name"):
            refusal = related_refusal(
                relation=Relation(typed["relation"]),
                name=typed["name"],
                relation_text=typed.get("relation_text", ""),
            )
            if refusal is not None and refusal.field not in self.errors:
                self.add_error(refusal.field, str(refusal))
        return typed

    def typed(self) -> dict[str, Any]:
        """The arguments of `commands.add_related`."""
        return {
            "relation": Relation(self.cleaned_data["relation"]),
            "name": self.cleaned_data["name"],
            "relation_text": self.cleaned_data["relation_text"],
            "contact": self.cleaned_data.get("contact", ""),
        }
