"""Writing a message: *Spara*, *Granska och skicka*, *Skicka*, *Släng utkastet*. The same for all kinds."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.cases.facts import CaseFacts
from samordna.cases.queries import open_case
from samordna.casework.consent.forms import (
    CONSENT_PREFIX,
    ConsentDraftForm,
    consent_from,
    kept_consent,
    typed_consent,
)
from samordna.casework.file.views.page import (
    CasePage,
    actor_of,
    address_of,
    open_page,
    part_address,
    process_of,
)
from samordna.casework.messages.commands.drafting import discard_draft
from samordna.casework.messages.forms.recipients import DiscardForm, DraftForm
from samordna.casework.messages.kinds import DraftKind, kind_of, unsaved_key
from samordna.casework.messages.presenters.effects import discard_effects
from samordna.casework.messages.rules.messages import discard_refusal
from samordna.casework.messages.views.consent import uncovered_units
from samordna.casework.messages.views.draft_page import (
    Asked,
    Written,
    as_posted,
    conflict_page,
    draft_page,
    saved_by,
    typed_rows,
    with_typed,
)
from samordna.drafts.commands import discard_unsaved, save_unsaved
from samordna.drafts.queries import unsaved_for
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import demand
from samordna.messaging.rules import closed_refusal
from samordna.organisations import queries as places
from samordna.web.forms import Refusals, refusals_in
from samordna.web.posting import posted_from
from samordna.web.receipts import once

# Buttons that judge nothing and keep everything typed.
_ONLY_CHANGES = ("add_unit", "remove_unit", "find")


@posted_from(":part", "case_id", "slug")
def draft(request: HttpRequest, case_id: UUID, slug: str) -> HttpResponse:
    """Every button of the form: add or remove a recipient, search, save, or check before sending."""
    kind = kind_of(request, slug)
    q = request.POST.get("q", "").strip()
    if any(name in request.POST for name in _ONLY_CHANGES) or ("enter" in request.POST and q):
        return _changed(request, case_id, kind, q)
    checks = "check" in request.POST
    form = kind.form(request.POST, complete=checks)
    consent = (
        ConsentDraftForm(request.POST, prefix=CONSENT_PREFIX, anybody=True) if kind.asks_consent else None
    )
    written = Written(form, consent)
    if not _fits(request, kind, written, case_id, checks):
        return draft_page(open_page(request, case_id, kind.part), kind, written)
    with refusals_in(request, form) as outcome:
        return once(request, lambda: _save(request, kind, case_id, written, checks))
    if outcome.stale:
        return _lost(request, case_id, kind, written, outcome)
    return draft_page(open_page(request, case_id, kind.part), kind, written)


def _changed(request: HttpRequest, case_id: UUID, kind: DraftKind, q: str) -> HttpResponse:
    page = open_page(request, case_id, kind.part)
    draft = page.facts.message(_id(request.POST.get("message_id", "")))
    written = with_typed(page, kind, request.POST, draft)
    searched = "find" in request.POST or "enter" in request.POST
    asked = Asked(q if searched else "", searched, focus="remove_unit" not in request.POST)
    return draft_page(page, kind, _at_version(written, request.POST.get("version", "")), asked=asked)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _at_version(written: Written, version: str) -> Written:
    """The version that was read goes with the form until it is saved."""
    if version.isdigit() and len(version) < 10:
        written.form.initial["version"] = version
    return written


def _fits(request: HttpRequest, kind: DraftKind, written: Written, case_id: UUID, checks: bool) -> bool:
    fits = [form.is_valid() for form in (written.form, written.consent) if form is not None]
    if checks and written.consent is not None and written.consent.is_valid():
        case = open_case(actor_of(request), case_id, process_of(request).module)
        fits.append(_consent_fits(kind, written.form, written.consent, case))
    return all(fits)


def _consent_fits(kind: DraftKind, form: DraftForm, consent: ConsentDraftForm, case: CaseFacts) -> bool:
    """Before such a message is sent the choice of consent is complete, unless consent covers everybody already."""
    if not kept_consent(consent) and not uncovered_units(case, kind.message.consent, form.chosen):
        return True
    judged = consent_from(typed_consent(consent), age=case.age_on(clock.today(clock.now())))
    for name, errors in judged.errors.items():
        for error in errors:
            consent.add_error(name if name in consent.fields else None, error)
    return not judged.errors


def _save(
    request: HttpRequest, kind: DraftKind, case_id: UUID, written: Written, checks: bool
) -> HttpResponse:
    actor, at, kept = actor_of(request), clock.now(), written.form.cleaned_data
    text = written.form.written()
    if written.consent is not None:
        text = replace(text, consent=kept_consent(written.consent))
    if checks:
        closed = [
            card.name
            for card in places.unit_cards([c.unit_id for c in kept["recipients"]]).values()
            if card.closed
        ]
        demand(closed_refusal(closed))
    kind.save(
        actor=actor,
        case_id=case_id,
        message_id=kept["message_id"],
        version=kept["version"] or 0,
        chosen=kept["recipients"],
        text=text,
        at=at,
    )
    discard_unsaved(actor=actor, form=unsaved_key(kind.part, case_id))
    if checks:
        confirmed = "?day_off=1" if kept.get("day_off_confirmed") else ""
        return redirect(
            address_of(request, "check", case_id, process_of(request).slugs[kind.part]) + confirmed
        )
    messages.success(request, _("The draft is saved. Only your unit sees it until it is sent."))
    return redirect(part_address(request, case_id, kind.part))


def _lost(
    request: HttpRequest, case_id: UUID, kind: DraftKind, written: Written, outcome: Refusals
) -> HttpResponse:
    """Somebody was quicker. What was typed is kept, and shown beside what stands now."""
    actor, at = actor_of(request), clock.now()
    fields = {
        name: [str(value) for value in values] for name, values in request.POST.lists() if _is_typed(name)
    }
    began = written.form.cleaned_data["version"] or 0
    save_unsaved(actor=actor, form=unsaved_key(kind.part, case_id), base_version=began, fields=fields, at=at)
    page = open_page(request, case_id, kind.part)
    draft = page.facts.draft_at(kind.part, actor.unit_id)
    mine = typed_rows(page, kind, request.POST)
    cause = saved_by(draft) if draft else str(outcome.refusal or "")
    return conflict_page(page, kind, as_posted(written, draft), mine, cause)


def _is_typed(name: str) -> bool:
    return name not in {
        "csrfmiddlewaretoken",
        "form_key",
        "assignment",
        "assignment_unit",
        "save",
        "check",
        "enter",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, case_id: UUID, slug: str) -> HttpResponse:
    """*Släng utkastet*, with what was typed and not saved: ask once, then act."""
    kind, actor = kind_of(request, slug), actor_of(request)
    if request.method != "POST":
        return _discard_page(open_page(request, case_id, kind.part), kind)
    posted = request.POST.get("message_id", "")
    with refusals_in(request):
        return once(request, lambda: _discarded(request, actor, case_id, kind, posted))
    return redirect(part_address(request, case_id, kind.part))


def _discard_page(page: CasePage[Any], kind: DraftKind) -> HttpResponse:
    case_id, actor = page.facts.case.id, page.actor
    draft = page.facts.draft_at(kind.part, actor.unit_id)
    unsaved = unsaved_for(actor, unsaved_key(kind.part, case_id))
    if draft is None and unsaved is None:
        return redirect(part_address(page.request, case_id, kind.part))
    return page.render(
        "casework/case/confirm.html",
        heading=_("Throw the draft away?"),
        effects=discard_effects(draft, unsaved=unsaved is not None, at=page.at),
        form=DiscardForm(initial={"message_id": draft.id if draft is not None else ""}),
        act_text=_("Throw the draft away"),
        back_url=part_address(page.request, case_id, kind.part),
        refusal=discard_refusal(page.facts, actor, kind.part) if draft is not None else None,
    )


def _discarded(
    request: HttpRequest, actor: Actor, case_id: UUID, kind: DraftKind, posted: str
) -> HttpResponse:
    discard_unsaved(actor=actor, form=unsaved_key(kind.part, case_id))
    if posted:
        discard_draft(
            process=process_of(request),
            actor=actor,
            case_id=case_id,
            kind=kind.part,
            message_id=_id(posted),
            at=clock.now(),
        )
        messages.success(request, _("The draft is thrown away."))
    return redirect(part_address(request, case_id, kind.part))
