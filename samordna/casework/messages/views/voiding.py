"""*Ta tillbaka* and *Makulera* (V-95)."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.file.forms import VoidForm
from samordna.casework.file.views.page import actor_of, address_of, pages_of, part_address, process_of
from samordna.casework.messages.commands.anew import draft_anew
from samordna.casework.messages.commands.voiding import take_back_message, void_message
from samordna.casework.messages.kinds import DraftKind, draft_kind
from samordna.casework.messages.presenters.effects import anew_words, message_effects
from samordna.casework.messages.rules.messages import void_refusal
from samordna.casework.messages.views.pages import message_address, open_message_page
from samordna.kernel import clock
from samordna.messaging.facts import Chosen, MessageFacts
from samordna.web.forms import refusals_in
from samordna.web.posting import posted_from
from samordna.web.receipts import once


@posted_from(message_address)
def take_back(request: HttpRequest, case_id: UUID, message_id: UUID) -> HttpResponse:
    """The sender takes back what nobody has opened."""

    def act() -> HttpResponse:
        take_back_message(
            process=process_of(request),
            actor=actor_of(request),
            case_id=case_id,
            message_id=message_id,
            at=clock.now(),
        )
        messages.success(request, _("It is taken back. Nobody had opened it."))
        return redirect(address_of(request, "case", case_id))

    with refusals_in(request):
        return once(request, act)
    return redirect(address_of(request, "case", case_id))


@posted_from(message_address)
def anew(request: HttpRequest, case_id: UUID, message_id: UUID) -> HttpResponse:
    """*Gör en ny utifrån den*: on to the draft that has begun with what was voided or taken back."""

    def copy(message: MessageFacts, chosen: list[Chosen], at: datetime) -> bool:
        kind: DraftKind = pages_of(request).drafts[message.kind]
        text, passed = kind.like(kind.read(message.id), at)
        kind.save(
            actor=actor_of(request),
            case_id=case_id,
            message_id=None,
            version=0,
            chosen=chosen,
            text=text,
            at=at,
        )
        return passed

    def act() -> HttpResponse:
        begun = draft_anew(
            process=process_of(request),
            actor=actor_of(request),
            case_id=case_id,
            message_id=message_id,
            copy=copy,
            at=clock.now(),
        )
        messages.success(request, anew_words(nobody_left=begun.nobody_left, day_passed=begun.day_passed))
        return redirect(part_address(request, case_id, begun.part))

    with refusals_in(request):
        return once(request, act)
    return redirect(address_of(request, "case", case_id))


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, case_id: UUID, message_id: UUID) -> HttpResponse:
    """The coordinator voids a message with a reason."""
    page, message = open_message_page(request, case_id, message_id)
    reasons = page.settings.void_reasons
    form = VoidForm(request.POST if request.method == "POST" else None, reasons=reasons)
    back_url = part_address(request, case_id, message.kind)

    def act() -> HttpResponse:
        why = form.why()
        void_message(
            process=process_of(request),
            actor=page.actor,
            case_id=case_id,
            message_id=message_id,
            reason=why,
            at=page.at,
        )
        messages.success(request, _("It is voided and can still be read. A new one can be made."))
        return redirect(back_url)

    if request.method == "POST" and form.is_valid():
        with refusals_in(request, form):
            return once(request, act)
    return page.render(
        "casework/messages/void.html",
        form=form,
        message=message,
        effects=message_effects(draft_kind(page, message.kind), page.facts, message, page.at),
        back_url=back_url,
        refusal=void_refusal(page.facts, page.actor, message),
    )
