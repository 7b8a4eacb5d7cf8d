"""Units outside the system: how they were told, and what they answered (V-42)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.file.views.page import CasePage, part_address
from samordna.casework.messages.commands.answering import record_external
from samordna.casework.messages.forms.answers import ExternalForm
from samordna.casework.messages.rules.messages import external_refusal
from samordna.casework.messages.views.pages import open_message_page
from samordna.kernel import clock
from samordna.kernel.refusal import NotVisible
from samordna.kernel.text import isolated
from samordna.messaging.commands import Reply
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.messaging.states import Answer, ToldHow
from samordna.web.forms import refusals_in, show_beside
from samordna.web.receipts import once


@require_http_methods(["GET", "HEAD", "POST"])
def external(request: HttpRequest, case_id: UUID, message_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Record how the unit was told and when, and its answer when there is one."""
    page, message = open_message_page(request, case_id, message_id)
    delivery = next((d for d in message.deliveries if d.id == delivery_id), None)
    if delivery is None:
        raise NotVisible
    form = _form(page, message, delivery)
    if request.method == "POST" and form.is_valid():
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _recorded(page, message, delivery, form))
        if outcome.stale:
            show_beside(form, form.initial, version="seen")
    return page.render(
        "casework/messages/external.html",
        form=form,
        delivery=delivery,
        message=message,
        back_url=part_address(request, case_id, message.kind),
        refusal=external_refusal(page.facts, page.actor, message, delivery_id),
        **_answered_meanwhile(page, delivery),
    )


def _answered_meanwhile(page: CasePage[Any], delivery: DeliveryFacts) -> dict[str, list[str]]:
    """What was typed of an answer that somebody else has recorded by now, to be copied."""
    typed = [page.request.POST.get(name, "").strip() for name in ("comment", "suggested_text")]
    found = [text for text in typed if text]
    return {"handed_back": found} if delivery.answer is not None and found else {}


def _form(page: CasePage[Any], message: MessageFacts, delivery: DeliveryFacts) -> ExternalForm:
    told = delivery.told_at or page.at
    initial = {
        "how": delivery.told_how or "",
        "told_on": clock.local(told).date(),
        "told_time": clock.local(told).time() if delivery.told_at and not delivery.told_day_only else None,
        "note": delivery.told_note,
        "seen": delivery.recorded,
    }
    return ExternalForm(
        page.request.POST if page.request.method == "POST" else None,
        initial=initial,
        accepts=page.process.messages[message.kind].accepts,
        answered=delivery.answer is not None,
    )


def _recorded(
    page: CasePage[Any], message: MessageFacts, delivery: DeliveryFacts, form: ExternalForm
) -> HttpResponse:
    reply = form.reply()
    record_external(
        process=page.process,
        actor=page.actor,
        case_id=page.facts.case.id,
        message_id=message.id,
        delivery_id=delivery.id,
        how=ToldHow(form.cleaned_data["how"]),
        note=form.cleaned_data["note"],
        told_at=form.told_at(page.at),
        day_only=form.day_only,
        reply=reply,
        at=page.at,
        seen=form.cleaned_data["seen"],
    )
    messages.success(page.request, _receipt(reply) % {"unit": isolated(delivery.unit_name)})
    return redirect(part_address(page.request, page.facts.case.id, message.kind))


def _receipt(reply: Reply | None) -> str:
    if reply is None:
        return _("It is recorded how %(unit)s was told.")
    if reply.answer == Answer.DENIED:
        return _("It is recorded that %(unit)s denied. Decide who should have it instead.")
    return _("It is recorded what %(unit)s answered.")
