"""How a refused act becomes words on the page that asked for it."""

from collections.abc import Mapping
from datetime import time
from types import TracebackType
from typing import Any, Self

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm, ChoiceField, Field
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samordna.kernel.refusal import Refusal, Refused, Stale


class Refusals:
    """See `refusals_in`. After the block, `refusal` is the reason or None and `stale` tells a conflict."""

    def __init__(self, request: HttpRequest, form: BaseForm | None) -> None:
        self.request = request
        self.form = form
        self.refusal: Refusal | None = None
        self.stale = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Refused):
            return False
        self.refusal, self.stale = error.refusal, isinstance(error, Stale)
        remember_refusal(self.request, error.refusal)
        self._show(error.refusal)
        return True

    def _show(self, refusal: Refusal) -> None:
        if self.form is None:
            messages.error(self.request, str(refusal))
        else:
            field = refusal.field if refusal.field in self.form.fields else None
            self.form.add_error(field, str(refusal))


def refusals_in(request: HttpRequest, form: BaseForm | None = None) -> Refusals:
    """A block in which a refusal becomes an error of the form (at its field, when it names one).

    Without a form it becomes a message on the next page. Either way it is remembered on
    `request.refused`, which the audit log reads, and the view goes on after the block.
    """
    return Refusals(request, form)


def show_beside(form: BaseForm, stands: Mapping[str, Any], *, version: str) -> None:
    """After `Stale`: what was typed stays in the form, and what somebody else has written stands at its field.

    `stands` are the values of now by field, `version` the hidden field that tells which of them the form is about: sent
    once more, it counts as having seen these.
    """
    data = form.data.copy()  # type: ignore[attr-defined] # a bound form's is a QueryDict
    data[version] = stands[version]
    form.data = data
    for name, value in stands.items():
        field = form.fields.get(name)
        if (
            field is not None
            and not field.widget.is_hidden
            and form.cleaned_data.get(name) != _read(field, value)
        ):
            form.add_error(name, _("It says now: %(text)s") % {"text": _shown(field, value)})


def _read(field: Field, value: Any) -> Any:
    """The value as the field gives it when it is posted."""
    try:
        return field.clean(value)
    except ValidationError:
        return value


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, list | tuple):
        return ", ".join(_shown(field, one) for one in value) or _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, ChoiceField):
        return str(dict(field.widget.choices).get(value, value))
    return str(value or _("nothing"))


def remember_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Leave the refusal where the audit log looks for it after the answer."""
    if not hasattr(request, "refused"):
        request.refused = []  # type: ignore[attr-defined]
    request.refused.append(refusal)  # type: ignore[attr-defined]
