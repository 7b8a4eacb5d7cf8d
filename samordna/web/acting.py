"""What a posted form asks for: carried out once, told, and led on from; or refused, with the reason at its place."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise

from samordna.kernel.refusal import Refusal
from samordna.web.forms import refusals_in
from samordna.web.receipts import once

Words = str | Promise


@dataclass(frozen=True)
class Outcome:
    """`answer` leads on when the act is done. Else `refusal` says why it is not; `stale`: somebody was faster."""

    answer: HttpResponse | None
    refusal: Refusal | None = None
    stale: bool = False


def carry_out(
    request: HttpRequest,
    command: Callable[[], object],
    *,
    then: str,
    told: Words = "",
    form: BaseForm | None = None,
) -> Outcome:
    """Run the command, which has been given all that it needs (`functools.partial`), say `told` and lead to `then`.

    It acts once, however often the form is posted.

    A refusal becomes an error of the form, at its field; without a form it is said on the next page. It is left for the
    log either way (`refusals_in`).
    """

    def act() -> HttpResponse:
        command()
        if told:
            messages.success(request, str(told))
        return HttpResponseRedirect(then)

    with refusals_in(request, form) as refused:
        return Outcome(once(request, act))
    return Outcome(None, refused.refusal, refused.stale)
