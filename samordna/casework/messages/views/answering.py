"""Answering a message: *Acceptera*, *Neka*, *Kvittera*."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samordna.casework.file.views.page import actor_of, part_address, process_of
from samordna.casework.messages.commands.answering import answer_message
from samordna.casework.messages.forms.answers import AnswerForm
from samordna.casework.messages.forms.recipients import typed
from samordna.casework.messages.kinds import draft_kind
from samordna.casework.messages.rules.messages import reply_refusal
from samordna.casework.messages.views.pages import message_address, message_page, open_message_page
from samordna.kernel import clock
from samordna.kernel.refusal import NotVisible
from samordna.messaging.commands import Reply
from samordna.messaging.states import Answer
from samordna.organisations import queries as places
from samordna.organisations.queries import UnitCard
from samordna.web.forms import refusals_in
from samordna.web.posting import posted_from
from samordna.web.receipts import once

_MOST_FOUND = 10
_ANSWERED: dict[Answer, str | Promise] = {
    Answer.ACCEPTED: _("Your unit has accepted and now takes part in the case."),
    Answer.DENIED: _("Your unit has denied. The sender and the other units see it, and what you named."),
    Answer.ACKNOWLEDGED: _("Your unit has acknowledged."),
}
_ANY_DENIAL = Reply(Answer.DENIED, suggested_text="-")
# Buttons of the page where one says who should have it instead; none of them answers yet.
_STILL_DENYING = ("deny", "find", "choose_unit", "forget_unit")


@posted_from(message_address)
def answer(request: HttpRequest, case_id: UUID, message_id: UUID) -> HttpResponse:
    """Answer, or go on to say who should have it instead."""
    if any(name in request.POST for name in _STILL_DENYING):
        return _deny_page(request, case_id, message_id, AnswerForm(initial=typed(AnswerForm, request.POST)))
    form = AnswerForm(request.POST)
    if form.is_valid():
        with refusals_in(request, form):
            return once(request, lambda: _answered(request, case_id, message_id, form))
    if request.POST.get("answer") == Answer.DENIED:
        return _deny_page(request, case_id, message_id, form)
    page, message = open_message_page(request, case_id, message_id)
    if message.kind in page.process.several:
        messages.error(request, form.errors.as_text().replace("* ", "").strip())
        return redirect(part_address(request, case_id, message.kind))
    return message_page(page, message, form)


def _answered(request: HttpRequest, case_id: UUID, message_id: UUID, form: AnswerForm) -> HttpResponse:
    reply = form.reply()
    facts = answer_message(
        process=process_of(request),
        actor=actor_of(request),
        case_id=case_id,
        message_id=message_id,
        reply=reply,
        at=clock.now(),
    )
    message = facts.message(message_id)
    if message is None:
        raise NotVisible
    messages.success(request, str(_ANSWERED[reply.answer]))
    if not facts.case.lets_read(actor_of(request).user_id, actor_of(request).unit_id):
        # The unit has no part in a protected person's case any more.
        return redirect(f"overview:{process_of(request).namespace}")
    return redirect(part_address(request, case_id, message.kind))


def _deny_page(request: HttpRequest, case_id: UUID, message_id: UUID, form: AnswerForm) -> HttpResponse:
    """*Vem ska få det i stället?* A unit found in the address book, or words; what is typed stays."""
    page, message = open_message_page(request, case_id, message_id)
    q = request.POST.get("q", "").strip()
    chosen = _chosen_unit(request)
    return page.render(
        "casework/messages/deny.html",
        form=form,
        message=message,
        deny_words=draft_kind(page, message.kind).deny_words,
        chosen=chosen,
        q=q,
        searched="find" in request.POST,
        units=places.find_units(q, limit=_MOST_FOUND, exclude=[page.actor.unit_id])
        if q and chosen is None
        else [],
        exclude=[page.actor.unit_id],
        refusal=reply_refusal(
            page.facts,
            page.actor,
            message,
            message.delivery_to(page.actor.unit_id),
            _ANY_DENIAL,
            clock.today(page.at),
        ),
    )


def _chosen_unit(request: HttpRequest) -> UnitCard | None:
    """The unit just chosen, or chosen before; None when it is to be forgotten or there is no such open unit."""
    posted = "" if "forget_unit" in request.POST else request.POST.get("suggested_unit", "")
    posted = request.POST.get("choose_unit", posted)
    if not (posted.isascii() and posted.isdigit() and len(posted) <= 12):
        return None
    card = places.unit_cards([int(posted)]).get(int(posted))
    return card if card is not None and not card.closed else None
