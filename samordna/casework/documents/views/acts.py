"""What the acts of these pages have in common: do it once and go back, sign what was reviewed, void with a reason."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from samordna.casework.documents.commands.writing import fingerprint
from samordna.casework.documents.forms import SignForm
from samordna.casework.documents.rules.editions import NOT_BEGUN
from samordna.casework.documents.views.keeping import keep
from samordna.casework.documents.views.password import asks_password
from samordna.casework.file.forms import VoidForm
from samordna.casework.file.views.page import CasePage, actor_of
from samordna.kernel import clock
from samordna.kernel.refusal import Refusal
from samordna.sip.addresses import part_url
from samordna.sip.sbar.forms import SbarForm
from samordna.sip.states import Part
from samordna.sip.words import PART_SLUGS
from samordna.web.forms import refusals_in, remember_refusal
from samordna.web.receipts import once
from samordna.web.requests import typed_fields

Command = Callable[..., object]
Words = str | Promise


def act(request: HttpRequest, case_id: UUID, part: Part, command: Command, told: Words = "") -> HttpResponse:
    """A button that acts at once. A refusal is told on the part's page."""
    actor = actor_of(request)
    with refusals_in(request):
        return once(request, lambda: done(request, case_id, part, command, told, actor=actor, at=clock.now()))
    return redirect(part_url(case_id, part))


def done(
    request: HttpRequest, case_id: UUID, part: Part, command: Command, told: Words, **what: object
) -> HttpResponse:
    """Carry it out, say so, and go back to the part."""
    command(case_id=case_id, **what)
    if told:
        messages.success(request, str(told))
    return redirect("sip:part", case_id, PART_SLUGS[part])


def closed_page(page: CasePage[Any], part: Part, key: str, refusal: Refusal | None) -> HttpResponse:
    """Nothing can be written now: why, who can change that, and the own text, which is kept as unsaved (S16)."""
    refusal = refusal or NOT_BEGUN
    kept = [value for name, value in typed_fields(page.request) if _is_text(name)]
    if page.request.method == "POST":
        remember_refusal(page.request, refusal)
        if kept:
            # Only a form with texts: *Signera* has none, and what was typed before must stand.
            keep(page.request, page, key)
    return page.render(
        "casework/documents/closed_document.html",
        refusal=refusal,
        kept=kept,
        back_url=part_url(page.facts.case.id, part),
        conflict=bool(kept),
    )


def _is_text(name: str) -> bool:
    return name == "text" or name in SbarForm.base_fields or name.endswith("-note")


def sign_page(
    page: CasePage[Any], part: Part, template: str, content: Mapping[str, Any], command: Command, told: Words,
    **context: object,
) -> HttpResponse:  # fmt: skip
    """The whole document as it will stand, and *Signera*, which signs exactly what is on the page."""
    request, case_id = page.request, page.facts.case.id
    first = {"seen": fingerprint(content)}
    asks = asks_password(request)
    form = SignForm(request.POST if request.method == "POST" else None, initial=first, asks=asks)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        with refusals_in(request, form) as outcome:
            return once(
                request,
                lambda: done(request, case_id, part, command, told, actor=page.actor, at=page.at, seen=seen),
            )
        if outcome.stale:
            # What is shown now is what the next click signs.
            form = SignForm(initial=first, asks=asks)
            messages.error(request, str(outcome.refusal))
    return page.render(template, form=form, back_url=part_url(case_id, part), **context)


def void_page(
    page: CasePage[Any], part: Part, heading: Words, effects: Sequence[Words], refusal: Refusal | None,
    command: Command, told: Words,
) -> HttpResponse:  # fmt: skip
    """*Makulera* with *Orsak*."""
    request, case_id = page.request, page.facts.case.id
    reasons = page.settings.void_reasons
    form = VoidForm(request.POST if request.method == "POST" else None, reasons=reasons)
    if request.method == "POST" and form.is_valid():
        reason = form.why()
        with refusals_in(request, form):
            return once(
                request,
                lambda: done(
                    request, case_id, part, command, told, actor=page.actor, at=page.at, reason=reason
                ),
            )
    return page.render(
        "casework/case/confirm.html",
        heading=heading,
        effects=effects,
        form=form,
        refusal=refusal,
        act_text=heading,
        back_url=part_url(case_id, part),
        danger=True,
    )
