"""*Mottagare*: the units chosen in a form, each with *Ska kvittera*, added and removed without losing what is typed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from samordna.messaging.facts import Chosen
from samordna.web.formfields import Version

_MOST = 100
_LONGEST_ID = 12


class RecipientsWidget(forms.Widget):
    """Reads `recipient` and `acknowledge` of the post, after the buttons `add_unit` and `remove_unit`.

    Drawn by the template `casework/messages/recipients.html`, since each row needs its unit's card.
    """

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> list[Chosen]:
        acknowledging = set(_ids(data, "acknowledge"))
        removed, added = _ids(data, "remove_unit"), _ids(data, "add_unit")
        chosen = [
            Chosen(unit, unit in acknowledging) for unit in _ids(data, "recipient") if unit not in removed
        ]
        present = {choice.unit_id for choice in chosen}
        return chosen + [Chosen(unit) for unit in added if unit not in present]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        return False


class RecipientsField(forms.Field):
    widget = RecipientsWidget
    default_error_messages = {"required": _("Choose at least one recipient.")}

    def to_python(self, value: Any) -> list[Chosen]:
        return list(value or [])

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")


class DiscardForm(forms.Form):
    """Which draft is thrown away; none when there is only what was typed and not saved."""

    message_id = forms.UUIDField(required=False, widget=forms.HiddenInput)


class DraftForm(forms.Form):
    """What every draft has. `complete` asks for all that is mandatory, as before sending; else it may be unfinished."""

    recipients = RecipientsField(label=_("Recipients"))
    message_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = Version(required=False)

    def __init__(self, *args: Any, complete: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complete = complete
        if not complete:
            for field in self.fields.values():
                field.required = False

    def written(self) -> Any:
        """What the message says. Only after `is_valid`."""
        raise NotImplementedError

    @staticmethod
    def filled_from(text: Any) -> dict[str, Any]:
        """Initial values from what a message says."""
        raise NotImplementedError

    @property
    def chosen(self) -> list[Chosen]:
        """The recipients now in the form, valid or not."""
        held = self["recipients"].value()
        return held if isinstance(held, list) else []


class MoreRecipientsForm(forms.Form):
    """More units for a message that is sent; `single` when it is one that takes another's place."""

    recipients = RecipientsField(label=_("Recipients"))

    def __init__(self, *args: Any, single: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.single = single

    @property
    def chosen(self) -> list[Chosen]:
        held = self["recipients"].value()
        return held if isinstance(held, list) else []

    def clean_recipients(self) -> list[Chosen]:
        chosen: list[Chosen] = self.cleaned_data["recipients"]
        if self.single and len(chosen) > 1:
            raise ValidationError(_("Choose one unit."), code="several")
        return chosen


def typed(form_class: type[forms.Form], data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """What was typed, as initial values: for showing a form again that was not meant to be judged yet."""
    values: dict[str, Any] = {}
    for name, field in form_class.base_fields.items():
        key = f"{prefix}-{name}" if prefix else name
        values[name] = field.widget.value_from_datadict(data, {}, key)
    return values


def _ids(data: Mapping[str, Any], name: str) -> list[int]:
    texts = data.getlist(name) if isinstance(data, MultiValueDict) else []
    fit = [text for text in texts[:_MOST] if text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID]
    return [int(text) for text in fit]
