"""The fields of pages whose forms are made for the occasion, by whose labels what was typed is handed back."""

from django import forms
from django.forms import Field
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samordna.organisations.in_use import KINDS
from samordna.organisations.setting_forms import form_class
from samordna.organisations.settings_catalogue import ENTRIES, built_in


def setting_fields(_request: HttpRequest, key: str, **_of: object) -> dict[str, Field]:
    """Of a setting: its fields with the heading that they stand under."""
    entry = ENTRIES.get(key)
    if entry is None:
        return {}
    form = form_class(entry)(entry=entry, own=None, held=built_in(entry))
    for heading, fields in form.groups:
        for bound in fields:
            if heading:
                bound.field.label = f"{heading}: {bound.field.label}"
    return dict(form.fields)


def closing_fields(_request: HttpRequest, **_of: object) -> dict[str, Field]:
    """Of closing a unit: why each kind of what hangs on it is left."""
    why = _("Why is it left?")
    return {f"left_{kind}": forms.CharField(label=f"{words}: {why}") for kind, words in KINDS.items()}
