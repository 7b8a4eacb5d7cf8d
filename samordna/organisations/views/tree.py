"""Keeping the tree current."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.kernel.clock import now
from samordna.kernel.refusal import NotVisible, Refusal
from samordna.kernel.text import fingerprint
from samordna.notifications.queries import events_wanted
from samordna.organisations import commands, presenters, queries, rules
from samordna.organisations.forms import LEVELS_BELOW, CloseForm, NoticesForm, PlaceForm
from samordna.organisations.in_use import NOTHING, InUse, Left
from samordna.organisations.states import Level
from samordna.organisations.typed_fields import closing_fields
from samordna.organisations.views.who import acting, reach_for
from samordna.web.forms import refusals_in, show_beside
from samordna.web.posting import posted_from
from samordna.web.receipts import once
from samordna.web.requests import PageRequest
from samordna.web.typed import named_by
from samordna.web.views import refused


@require_safe
def tree(request: PageRequest) -> HttpResponse:
    """Where the tree begins: at the principals, or at what one keeps."""
    allowed = reach_for(request)
    context = {
        "lines": queries.tops(allowed),
        "may_add": allowed.whole_county,
        "may_export": allowed.whole_county,
        "frame_tab": "administer",
    }
    return render(request, "organisations/tree.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: PageRequest, place_id: int) -> HttpResponse:
    """One place: what is written about it, to be changed by those who may, and what is below it."""
    allowed = reach_for(request)
    card = queries.place_card(place_id, allowed)
    posted = request.method == "POST"
    form = PlaceForm(request.POST if posted else None, place=card.place)
    if posted and form.is_valid():
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _changed(request, place_id, form))
        form.ask(outcome.refusal)
        if outcome.stale:
            card = queries.place_card(place_id, allowed)
            show_beside(form, PlaceForm(place=card.place).initial, version="seen")
    closing = queries.closings_of([card.id]).get(card.id) if card.closed_on else None
    context = {
        "card": card,
        "form": form,
        "closing": closing,
        "left": presenters.left_rows(closing),
        "crumbs": presenters.place_crumbs(card, allowed),
        "may_add": bool(LEVELS_BELOW[card.place.level]),
        "close": _close_refusal(request, card),
        "frame_tab": "administer",
    }
    return render(request, "organisations/place.html", context)


def _close_refusal(request: PageRequest, card: queries.PlaceCard) -> Refusal | None:
    return rules.close_refusal(
        closed=card.closed_on is not None,
        open_below=card.open_below,
        own_unit=card.id == acting(request).unit_id,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PageRequest, parent_id: int | None = None) -> HttpResponse:
    """Add a place below another, or a principal."""
    allowed = reach_for(request)
    parent = queries.place_card(parent_id, allowed) if parent_id is not None else None
    if parent is None and not allowed.whole_county:
        raise NotVisible
    if parent is not None and not LEVELS_BELOW[parent.place.level]:
        raise NotVisible
    posted = request.method == "POST"
    form = PlaceForm(request.POST if posted else None, below=parent.place.level if parent else None)
    if posted and form.is_valid():
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _added(request, parent_id, form))
        form.ask(outcome.refusal)
    crumbs = presenters.place_crumbs(parent, allowed, last=_("Add"))
    context = {"form": form, "parent": parent, "crumbs": crumbs, "frame_tab": "administer"}
    return render(request, "organisations/place_add.html", context)


@named_by(closing_fields)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PageRequest, place_id: int) -> HttpResponse:
    """Shows in numbers what hangs on the place, asks why it is left, and closes it."""
    allowed = reach_for(request)
    card, at = queries.place_card(place_id, allowed), now()
    back = reverse("organisations:place", args=[place_id])
    in_use = _hanging_on(request, card, at)
    form = CloseForm(request.POST if request.method == "POST" else None, in_use=in_use)
    if form.is_bound and form.is_valid():
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _closed(request, place_id, card.place.name, form))
        if outcome.stale:
            # Once more, with the numbers of now and a field for each kind of them.
            in_use = _hanging_on(request, card, at)
            form = CloseForm(request.POST, in_use=in_use)
    if form.is_bound:
        form.tell_what_changed(in_use)
    refusal = _close_refusal(request, card) or rules.managers_refusal(in_use, acting(request).held)
    if refusal is not None and not form.is_bound:
        return refused(request, refusal, back=back)
    context = {
        "card": card,
        "form": form,
        "rows": presenters.in_use_rows(in_use),
        "effects": presenters.close_effects(card),
        "crumbs": presenters.place_crumbs(card, allowed, last=_("Close the place")),
        "page_has_errors": form.is_bound,
        "frame_tab": "administer",
    }
    return render(request, "organisations/close.html", context)


def _hanging_on(request: PageRequest, card: queries.PlaceCard, at: datetime) -> InUse:
    return request.hanging_on(card.id, at) if card.place.level == Level.UNIT else NOTHING


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: PageRequest, place_id: int) -> HttpResponse:
    """Of what a unit is told by mail: every event, with what holds (V-11)."""
    card = queries.place_card(place_id, reach_for(request))
    if card.place.level != Level.UNIT:
        raise NotVisible
    events = request.events()
    held = sorted(event.code for event in events_wanted(place_id, events))
    stands = {"events": held, "seen": fingerprint(held)}
    form = NoticesForm(request.POST if request.method == "POST" else None, events=events, initial=stands)
    if form.is_bound and form.is_valid():
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _notices_chosen(request, place_id, form))
        if outcome.stale:
            show_beside(form, stands, version="seen")
    context = {"form": form, "card": card, "frame_tab": "administer"}
    return render(request, "organisations/notices.html", context)


@posted_from("organisations:place", "place_id")
def reopen(request: PageRequest, place_id: int) -> HttpResponse:
    """Open a closed place again."""
    allowed = reach_for(request)
    card = queries.place_card(place_id, allowed)
    with refusals_in(request):
        return once(request, lambda: _reopened(request, place_id, card.place.name))
    return redirect("organisations:place", place_id)


def _changed(request: PageRequest, place_id: int, form: PlaceForm) -> HttpResponse:
    commands.change_place(
        actor=acting(request),
        place_id=place_id,
        seen=form.cleaned_data["seen"],
        place=form.place(),
        is_another=form.cleaned_data["is_another"],
        at=now(),
        count=request.hanging_on,
    )
    messages.success(request, _("Saved."))
    return redirect("organisations:place", place_id)


def _added(request: PageRequest, parent_id: int | None, form: PlaceForm) -> HttpResponse:
    place_id = commands.add_place(
        actor=acting(request),
        parent_id=parent_id,
        place=form.place(),
        is_another=form.cleaned_data["is_another"],
        at=now(),
    )
    messages.success(request, _("%(name)s is added.") % {"name": form.place().name})
    return redirect("organisations:place", place_id)


def _closed(request: PageRequest, place_id: int, name: str, form: CloseForm) -> HttpResponse:
    left = Left(request.hanging_on, form.cleaned_data["seen"], form.reasons())
    commands.close_place(actor=acting(request), place_id=place_id, at=now(), left=left)
    messages.success(request, _("%(name)s is closed.") % {"name": name})
    return redirect("organisations:place", place_id)


def _notices_chosen(request: PageRequest, unit_id: int, form: NoticesForm) -> HttpResponse:
    commands.choose_notices(
        actor=acting(request),
        unit_id=unit_id,
        wanted=form.wanted,
        of=form.offered,
        at=now(),
        seen=form.cleaned_data["seen"],
    )
    messages.success(request, _("Saved."))
    return redirect("organisations:place", unit_id)


def _reopened(request: PageRequest, place_id: int, name: str) -> HttpResponse:
    commands.reopen_place(actor=acting(request), place_id=place_id, at=now())
    messages.success(request, _("%(name)s is open again.") % {"name": name})
    return redirect("organisations:place", place_id)
