"""*Granska och skicka*: every value once more, then *Skicka*."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.cases.consent import ConsentChoice
from samordna.cases.queries import open_case
from samordna.casework.consent.forms import CONSENT_PREFIX, ConsentForm, consent_from
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.views.page import CasePage, actor_of, open_page, part_address, process_of
from samordna.casework.messages.forms.sending import SendForm
from samordna.casework.messages.kinds import DraftKind, Row, kind_of
from samordna.casework.messages.presenters.recipients import ChosenRow, chosen_rows
from samordna.casework.messages.presenters.texts import (
    consent_rows,
    recipient_rows,
    send_words,
    sent_words,
)
from samordna.casework.messages.views.consent import consent_ends
from samordna.kernel import clock
from samordna.messaging.facts import Chosen, MessageFacts
from samordna.messaging.queries import draft_recipients
from samordna.organisations import queries as places
from samordna.web.forms import refusals_in
from samordna.web.receipts import once


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, case_id: UUID, slug: str) -> HttpResponse:
    """The draft as it will be sent. A post sends it, when it still is what was read."""
    kind = kind_of(request, slug)
    form = SendForm(request.POST if request.method == "POST" else None)
    consent = _posted_consent(request, case_id, kind)
    if form.is_valid() and (consent is None or consent.is_valid()):
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _sent(request, case_id, kind, form, consent))
        if outcome.stale:
            messages.error(request, str(outcome.refusal))
            return redirect(part_address(request, case_id, kind.part))
    page = open_page(request, case_id, kind.part)
    draft = page.facts.draft_at(kind.part, page.actor.unit_id)
    if draft is None:
        return redirect(part_address(request, case_id, kind.part))
    return _check_page(page, kind, draft, form, consent)


def _posted_consent(request: HttpRequest, case_id: UUID, kind: DraftKind) -> ConsentForm | None:
    """The choice of consent, when the page asked for it: of a kind that asks for it, it stands in the draft."""
    needed = kind.message.consent
    shown = request.method == "POST" and "consent_shown" in request.POST
    if not shown or needed is None:
        return None
    case = open_case(actor_of(request), case_id, process_of(request).module)
    age = case.age_on(clock.today(clock.now()))
    return ConsentForm(request.POST, prefix=CONSENT_PREFIX, age=age, needed=needed)


def _check_page(
    page: CasePage[Any], kind: DraftKind, draft: MessageFacts, form: SendForm, consent: ConsentForm | None
) -> HttpResponse:
    chosen = [Chosen(kept.unit_id, kept.must_acknowledge) for kept in draft_recipients(draft.id)]
    cards = places.unit_cards([choice.unit_id for choice in chosen])
    rows = chosen_rows(kind.message.consent, chosen, cards, page.consents, clock.today(page.at))
    uncovered = [row.card.name for row in rows if not row.covered]
    needed = kind.message.consent
    if uncovered and consent is None and needed is not None and not kind.asks_consent:
        consent = ConsentForm(prefix=CONSENT_PREFIX, age=page.person.age, needed=needed)
    forms = [form, consent] if consent is not None else [form]
    return page.render(
        "casework/messages/check.html",
        draft=draft,
        sections=_sections(page, kind, draft, rows),
        consent_ends=consent_ends(page, kind, kind.read(draft.id), cards),
        both_forms=forms,
        consent_form=consent,
        uncovered=uncovered,
        left_out=kind.left_out(page.facts, cards),
        page_has_errors=any(part.is_bound and part.errors for part in forms),
        change_url=part_address(page.request, page.facts.case.id, kind.part),
        act_text=send_words(kind, rows),
        day_off="1" if "day_off" in page.request.GET or page.request.POST.get("day_off") else "",
    )


def _sections(
    page: CasePage[Any], kind: DraftKind, draft: MessageFacts, rows: list[ChosenRow]
) -> list[tuple[Any, list[Row]]]:
    text = kind.read(draft.id)
    sections = [
        (_("Recipients"), recipient_rows(rows)),
        (page.process.labels[kind.part], kind.rows(text, page.at)),
    ]
    if kind.asks_consent and text.consent:
        sections.append(
            (
                _("Choice of consent"),
                consent_rows(page.process.name, dict(text.consent), page.facts.case.born, page.at),
            )
        )
    return sections


def _sent(
    request: HttpRequest, case_id: UUID, kind: DraftKind, form: SendForm, consent: ConsentForm | None
) -> HttpResponse:
    actor, at, message_id = actor_of(request), clock.now(), form.cleaned_data["message_id"]
    choice = consent.choice() if consent is not None else None
    if kind.asks_consent:
        # Of a draft that is not the unit's own nothing comes of it: sending is refused.
        choice = _kept_choice(kind.read(message_id).consent)
    more = {"day_off_confirmed": form.day_off_confirmed} if kind.asks_day_off else {}
    facts = kind.send(
        actor=actor,
        case_id=case_id,
        message_id=message_id,
        version=form.cleaned_data["version"],
        consent=choice,
        at=at,
        **more,
    )
    messages.success(request, _told(kind, facts, message_id, at))
    return redirect(part_address(request, case_id, kind.part))


def _told(kind: DraftKind, facts: CaseWork, message_id: UUID, at: datetime) -> str:
    message, called = facts.message(message_id), facts.process.called(facts.case.number)
    return sent_words(kind, message, at, called) if message is not None else ""


def _kept_choice(kept: Mapping[str, str]) -> ConsentChoice | None:
    judged = consent_from(kept, anybody=True) if kept else None
    return judged.choice() if judged is not None and judged.is_valid() else None
