"""Acts on a whole document from its page: a button that acts at once, and voiding with a reason."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from samordna.casework.file.forms import VoidForm
from samordna.casework.file.presenters.addresses import part_url
from samordna.casework.file.views.page import CasePage, actor_of, process_of
from samordna.kernel import clock
from samordna.kernel.refusal import Refusal
from samordna.web.acting import Words, carry_out

Command = Callable[..., object]
# Told to whoever takes over what a colleague has begun.
TAKEN_OVER = _(
    "Now you are the one who writes. What your colleague has typed and not saved stays with your colleague."
)


def act(
    request: HttpRequest, case_id: UUID, part: str, command: Command, /, *, told: Words = "", then: str = "",
    **what: Any,
) -> HttpResponse:  # fmt: skip
    """Act at once, with `what` besides actor, case and time, and lead to `then`, else to the part.

    A refusal is told on the part's page.
    """
    back = part_url(process_of(request), case_id, part)
    acts = partial(command, actor=actor_of(request), case_id=case_id, at=clock.now(), **what)
    return carry_out(request, acts, then=then or back, told=told).answer or redirect(back)


def void_page(
    page: CasePage[Any], part: str, heading: Words, effects: Sequence[Words], refusal: Refusal | None, command: Command,
    told: Words,
) -> HttpResponse:  # fmt: skip
    """*Makulera* with *Orsak*."""
    request, case_id = page.request, page.facts.case.id
    reasons, back_url = page.settings.void_reasons, part_url(page.process, case_id, part)
    form = VoidForm(request.POST if request.method == "POST" else None, reasons=reasons)
    if form.is_valid():
        void = partial(command, actor=page.actor, case_id=case_id, at=page.at, reason=form.why())
        voided = carry_out(request, void, then=back_url, told=told, form=form)
        if voided.answer:
            return voided.answer
    return page.render(
        "casework/case/confirm.html",
        heading=heading,
        effects=effects,
        form=form,
        refusal=refusal,
        act_text=heading,
        back_url=back_url,
        danger=True,
    )
