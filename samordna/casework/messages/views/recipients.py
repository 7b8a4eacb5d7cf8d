"""The sender and the recipients of a sent message: add units, send a denied one on, go on without the unit."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.cases.consent import ConsentChoice, units_without_consent
from samordna.casework.consent.forms import CONSENT_PREFIX, ConsentForm
from samordna.casework.file.steps.summoned import joined_since
from samordna.casework.file.views.page import CasePage, actor_of, address_of, part_address, process_of
from samordna.casework.messages.commands.recipients import add_recipients, send_on, set_denial_aside
from samordna.casework.messages.forms.recipients import MoreRecipientsForm, typed
from samordna.casework.messages.kinds import draft_kind
from samordna.casework.messages.presenters.effects import aside_effects
from samordna.casework.messages.presenters.recipients import chosen_rows
from samordna.casework.messages.presenters.texts import delivered_words
from samordna.casework.messages.rules.messages import (
    change_recipients_refusal,
    set_aside_refusal,
)
from samordna.casework.messages.views.pages import open_message_page
from samordna.kernel import clock
from samordna.kernel.refusal import NotVisible
from samordna.kernel.text import isolated
from samordna.messaging.facts import Chosen, DeliveryFacts, MessageFacts
from samordna.organisations import queries as places
from samordna.web.forms import refusals_in
from samordna.web.receipts import once

_MOST_FOUND = 10
_ONLY_CHANGES = ("add_unit", "remove_unit", "find", "enter")

Act = Callable[[list[Chosen], ConsentChoice | None], Any]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, case_id: UUID, message_id: UUID) -> HttpResponse:
    """Deliver a sent message to more units (V-25)."""
    page, message = open_message_page(request, case_id, message_id)

    def act(chosen: list[Chosen], consent: ConsentChoice | None) -> Any:
        return add_recipients(
            process=process_of(request),
            actor=page.actor,
            case_id=case_id,
            message_id=message_id,
            chosen=chosen,
            consent=consent,
            at=page.at,
        )

    return _choose(page, message, act, None)


@require_http_methods(["GET", "HEAD", "POST"])
def on(request: HttpRequest, case_id: UUID, message_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send what a unit denied on to another, or again to itself (V-34). One step when consent covers the unit."""
    page, message = open_message_page(request, case_id, message_id)
    denied = next((d for d in message.deliveries if d.id == delivery_id), None)
    if denied is None:
        raise NotVisible

    def act(chosen: list[Chosen], consent: ConsentChoice | None) -> Any:
        return send_on(
            process=process_of(request),
            actor=page.actor,
            case_id=case_id,
            message_id=message_id,
            delivery_id=delivery_id,
            to=chosen[0],
            consent=consent,
            at=page.at,
        )

    return _choose(page, message, act, denied)


def _choose(
    page: CasePage[Any], message: MessageFacts, act: Act, denied: DeliveryFacts | None
) -> HttpResponse:
    """Choose units and, where consent does not cover them, record consent in the same form."""
    request = page.request
    if request.method != "POST" or any(name in request.POST for name in _ONLY_CHANGES):
        return _choose_page(page, message, denied, _unjudged(page, message, denied), None)
    form = MoreRecipientsForm(request.POST, single=denied is not None)
    if not form.is_valid():
        return _choose_page(page, message, denied, form, None)
    consent = _consent_form(page, message.kind, form)
    if consent is not None and not consent.is_valid():
        return _choose_page(page, message, denied, form, consent)
    choice = consent.choice() if consent is not None else None
    with refusals_in(request, form):
        return once(request, lambda: _delivered(page, message, act, form.cleaned_data["recipients"], choice))
    return _choose_page(page, message, denied, form, consent)


def _unjudged(page: CasePage[Any], message: MessageFacts, denied: DeliveryFacts | None) -> MoreRecipientsForm:
    """The form with what was chosen; at first the unit that the denial named, or those who came after a summons."""
    if page.request.method == "POST":
        initial = typed(MoreRecipientsForm, page.request.POST)
    else:
        named = [] if denied is None or denied.suggested_unit_id is None else [denied.suggested_unit_id]
        joined = joined_since(page.facts, page.process.messages[message.kind]) if denied is None else ()
        initial = {"recipients": [Chosen(unit_id) for unit_id in (*named, *joined)]}
    return MoreRecipientsForm(initial=initial, single=denied is not None)


def _consent_form(page: CasePage[Any], part: str, form: MoreRecipientsForm) -> ConsentForm | None:
    """The choice of consent, asked for when a chosen unit is not covered. Not judged before it was shown once."""
    cards = places.unit_cards([choice.unit_id for choice in form.chosen])
    units = [(card.id, card.name) for card in cards.values()]
    needed = page.process.messages[part].consent
    if needed is None or not units_without_consent(page.consents, units, clock.today(page.at), needed):
        return None
    shown = "consent_shown" in page.request.POST
    posted = page.request.POST if shown else None
    return ConsentForm(posted, prefix=CONSENT_PREFIX, age=page.person.age, needed=needed)


def _delivered(
    page: CasePage[Any], message: MessageFacts, act: Act, chosen: list[Chosen], consent: ConsentChoice | None
) -> HttpResponse:
    facts = act(chosen, consent)
    sent = facts.message(message.id)
    if sent is None:
        raise NotVisible
    ids, called = [choice.unit_id for choice in chosen], page.process.called(facts.case.number)
    messages.success(page.request, delivered_words(draft_kind(page, sent.kind), ids, sent, page.at, called))
    return _back(page.request, page.facts.case.id, message)


def _choose_page(
    page: CasePage[Any], message: MessageFacts, denied: DeliveryFacts | None, form: MoreRecipientsForm,
    consent: ConsentForm | None,
) -> HttpResponse:  # fmt: skip
    request = page.request
    asked = "find" in request.POST or "enter" in request.POST
    consent = consent or _consent_form(page, message.kind, form)
    forms: list[Any] = [form] if consent is None else [form, consent]
    return page.render(
        "casework/messages/more_recipients.html",
        message=message,
        denied=denied,
        form=form,
        consent_form=consent,
        both_forms=forms,
        page_has_errors=any(part.is_bound and part.errors for part in forms),
        refusal=change_recipients_refusal(page.facts, page.actor, message),
        **_search(page, message, form, request.POST.get("q", "").strip() if asked else "", asked),
    )


def _search(
    page: CasePage[Any], message: MessageFacts, form: MoreRecipientsForm, q: str, asked: bool
) -> dict[str, Any]:
    chosen = form.chosen
    cards = places.unit_cards([choice.unit_id for choice in chosen])
    has_it = [d.unit_id for d in message.standing if not (d.denied or d.stuck)]
    excluded = {*cards, *has_it, page.actor.unit_id}
    full = form.single and bool(cards)
    kind = draft_kind(page, message.kind)
    return {
        "rows": chosen_rows(kind.message.consent, chosen, cards, page.consents, clock.today(page.at)),
        "always_acknowledge": kind.message.accepts,
        "acknowledge_hint": kind.acknowledge_hint,
        "q": q,
        "searched": asked,
        "units": places.find_units(q, limit=_MOST_FOUND, exclude=excluded) if q else [],
        "exclude": sorted(excluded),
        "hide_search": full,
        "focus_search": "add_unit" in page.request.POST,
        "proposals": [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def aside(request: HttpRequest, case_id: UUID, message_id: UUID, delivery_id: UUID) -> HttpResponse:
    """*Gå vidare utan enheten*: ask once, then act."""
    if request.method != "POST":
        return _aside_page(request, case_id, message_id, delivery_id)

    def act() -> HttpResponse:
        facts = set_denial_aside(
            process=process_of(request),
            actor=actor_of(request),
            case_id=case_id,
            message_id=message_id,
            delivery_id=delivery_id,
            at=clock.now(),
        )
        message = facts.message(message_id)
        if message is None:
            raise NotVisible
        answered = any(d.id == delivery_id and d.answer for d in message.deliveries)
        told = _("You go on without the unit. Its answer stays readable.")
        messages.success(request, told if answered else _("You go on without the unit."))
        return _back(request, case_id, message)

    with refusals_in(request):
        return once(request, act)
    return redirect(address_of(request, "case", case_id))


def _aside_page(request: HttpRequest, case_id: UUID, message_id: UUID, delivery_id: UUID) -> HttpResponse:
    page, message = open_message_page(request, case_id, message_id)
    delivery = next((d for d in message.deliveries if d.id == delivery_id), None)
    if delivery is None:
        raise NotVisible
    return page.render(
        "casework/case/confirm.html",
        heading=_("Go on without %(unit)s?") % {"unit": isolated(delivery.unit_name)},
        effects=aside_effects(delivery),
        refusal=set_aside_refusal(page.facts, page.actor, message, delivery),
        act_text=_("Go on without the unit"),
        back_url=part_address(request, case_id, message.kind),
    )


def _back(request: HttpRequest, case_id: UUID, message: MessageFacts) -> HttpResponse:
    return redirect(part_address(request, case_id, message.kind))
