"""How a refused act becomes words on the page that asked for it."""

from types import TracebackType
from typing import Self

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

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


def remember_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Leave the refusal where the audit log looks for it after the answer."""
    if not hasattr(request, "refused"):
        request.refused = []  # type: ignore[attr-defined]
    request.refused.append(refusal)  # type: ignore[attr-defined]
