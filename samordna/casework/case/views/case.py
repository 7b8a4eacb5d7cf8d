"""Coordinator, units and handlers, ending; and cases whose coordinator has left."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.assignments import queries as assignments
from samordna.assignments.queries import Colleague
from samordna.cases import queries as doors
from samordna.casework.case.commands import case as commands
from samordna.casework.case.forms.case import ColleagueForm, ColleagueSearchForm, EndCaseForm
from samordna.casework.case.presenters.units import end_effects, unit_rows
from samordna.casework.case.rules import case as rules
from samordna.casework.file.commands.reading import read_envelopes
from samordna.casework.file.presenters.ended import how_it_ended
from samordna.casework.file.rules import change_coordinator_refusal
from samordna.casework.file.views.page import CasePage, actor_of, address_of, open_page, process_of
from samordna.casework.messages.rules.messages import change_recipients_refusal
from samordna.kernel import clock
from samordna.kernel.refusal import NotVisible
from samordna.kernel.text import isolated
from samordna.organisations import queries as places
from samordna.web.forms import refusals_in
from samordna.web.posting import posted_from
from samordna.web.receipts import once

# Who works at a unit outside the case is shown only when nobody inside has the name.
_MOST_OUTSIDE = 5


@require_http_methods(["GET", "HEAD", "POST"])
def coordinator(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Byt*: write a name, *Sök*, choose, *Bekräfta* (V-24). Only who can be chosen is offered."""
    page = open_page(request, case_id, None, "coordinator")
    # Posted, so that no colleague's name stands in an address.
    searches = request.method == "POST" and request.POST.get("act") == "search"
    search = ColleagueSearchForm(request.POST if searches else None)
    text = search.cleaned_data["q"] if search.is_bound and search.is_valid() else ""
    here = page.facts.case.full_unit_ids
    find = partial(assignments.find_colleagues, text, page.at, module=process_of(request).module)
    people = find(unit_ids=here) if text else []
    outside = find(limit=_MOST_OUTSIDE) if text and not people else []
    chooses = request.method == "POST" and not searches
    if chooses:
        people = list(assignments.colleagues([_posted_id(request)], page.at).values())
    form = ColleagueForm(request.POST if chooses else None, people=people)
    if form.is_bound and form.is_valid():
        to = form.cleaned_data["colleague"]

        def act() -> HttpResponse:
            commands.change_coordinator(
                process=process_of(request), actor=page.actor, case_id=case_id, assignment_id=to, at=page.at
            )
            messages.success(request, _coordinates(people, to))
            return redirect(address_of(request, "case", case_id))

        with refusals_in(request, form):
            return once(request, act)
    return page.render(
        "casework/case/coordinator.html",
        form=form,
        search=search,
        people=people,
        outside=outside,
        units=[p.unit_name for p in page.facts.case.participations if p.open and p.unit_id in here],
        searched=bool(text),
        refusal=change_coordinator_refusal(page.facts.case, page.actor),
    )


def _coordinates(people: Sequence[Colleague], assignment_id: int) -> str:
    """What is told to who has named another coordinator."""
    name = next((person.name for person in people if person.assignment_id == assignment_id), "")
    return _("%(name)s now coordinates the case.") % {"name": isolated(name)}


def _posted_id(request: HttpRequest) -> int:
    posted = request.POST.get("colleague", "")
    return int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 19 else 0


@require_safe
def units(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every unit of the case: since when, how far, who handles it; and what may be done about it."""
    page = open_page(request, case_id, None, "units")
    people = assignments.people_of_unit(page.actor.unit_id, page.at)
    return page.render(
        "casework/case/units.html",
        rows=unit_rows(page.facts, page.actor, _closings(page)),
        people=people,
        handler_refusal=rules.name_handler_refusal(page.facts.case, page.actor),
        own_handler=page.facts.case.handler_at(page.actor.unit_id),
        add_refusal=change_recipients_refusal(
            page.facts, page.actor, page.facts.message_of(page.process.asked_by)
        ),
    )


def _closings(page: CasePage[Any]) -> dict[int, places.Closing]:
    closed = [p.unit_id for p in page.facts.case.participations if p.open and p.unit_closed]
    return places.closings_of(closed) if closed else {}


@posted_from(":units", "case_id")
def name_handler(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Name the own unit's handler, or nobody."""
    actor, at = actor_of(request), clock.now()
    posted = request.POST.get("handler", "")
    readable = posted.isascii() and posted.isdigit() and len(posted) < 19
    # What cannot be read is nobody at the unit, and not a wish to name nobody.
    assignment_id = (int(posted) if readable else 0) if posted else None

    def act() -> HttpResponse:
        commands.name_handler(
            process=process_of(request), actor=actor, case_id=case_id, assignment_id=assignment_id, at=at
        )
        told = _("The handler is saved.") if assignment_id else _("Nobody is named as handler now.")
        messages.success(request, told)
        return redirect(address_of(request, "units", case_id))

    with refusals_in(request):
        return once(request, act)
    return redirect(address_of(request, "units", case_id))


def _removal_effects(*, outside: bool) -> list[str]:
    if outside:
        return [_("Nothing more is awaited from it."), _("Units outside the system are told by you.")]
    return [
        _("The unit no longer sees what happens in the case."),
        _("It keeps what it has received and written until now."),
        _("Nothing more is awaited from it."),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def remove_unit(request: HttpRequest, case_id: UUID, unit_id: int) -> HttpResponse:
    """Ask once, then remove the unit."""
    page = open_page(request, case_id, None, "units")
    outside = page.facts.outside.get(unit_id)
    name = next((p.unit_name for p in page.facts.case.participations if p.unit_id == unit_id), outside)
    if name is None:
        raise NotVisible

    def act() -> HttpResponse:
        commands.remove_unit(
            process=process_of(request), actor=page.actor, case_id=case_id, unit_id=unit_id, at=page.at
        )
        messages.success(request, _("%(unit)s no longer takes part in the case.") % {"unit": isolated(name)})
        return redirect(address_of(request, "units", case_id))

    if request.method == "POST":
        with refusals_in(request):
            return once(request, act)
        return redirect(address_of(request, "units", case_id))
    return page.render(
        "casework/case/confirm.html",
        heading=_("Remove %(unit)s from the case?") % {"unit": isolated(name)},
        effects=_removal_effects(outside=outside is not None),
        refusal=rules.remove_unit_refusal(page.facts.case, page.actor, unit_id, page.facts.outside),
        act_text=_("Remove the unit"),
        back_url=address_of(request, "units", case_id),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """End or void the whole case with a reason (V-83)."""
    page = open_page(request, case_id, None, "end")
    ended = how_it_ended(page.facts, whole=True, at=page.at)
    if ended is not None and request.method != "POST":
        return page.render("casework/case/ended.html", last=page.pages.last(page.facts))
    form = EndCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, comment = form.cleaned_data["reason"], form.cleaned_data["comment"]

        def act() -> HttpResponse:
            commands.end_case(
                process=process_of(request),
                actor=page.actor,
                case_id=case_id,
                reason=reason,
                comment=comment,
                at=page.at,
            )
            messages.success(request, _("The case has ended. It can still be read."))
            return redirect(address_of(request, "case", case_id))

        with refusals_in(request, form):
            return once(request, act)
    return page.render(
        "casework/case/confirm.html",
        heading=_("End the case"),
        effects=end_effects(page.facts),
        form=form,
        refusal=rules.end_refusal(page.facts.case, page.actor, "-", "-"),
        act_text=_("End the case"),
        back_url=address_of(request, "case", case_id),
        danger=True,
    )


@require_safe
def without_coordinator(request: HttpRequest) -> HttpResponse:
    """Cases whose coordinator has left, as envelopes: number and units, nothing about the person."""
    actor = actor_of(request)
    if not actor.places_as(*doors.NAMES_COORDINATORS):
        raise NotVisible
    envelopes = read_envelopes(process=process_of(request), actor=actor, at=clock.now())
    return render(request, "casework/case/without_coordinator.html", {"envelopes": envelopes})


@require_http_methods(["GET", "HEAD", "POST"])
def replace_coordinator(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Name a new coordinator without seeing the content."""
    actor, at = actor_of(request), clock.now()
    envelopes = {
        envelope.case_id: envelope
        for envelope in read_envelopes(process=process_of(request), actor=actor, at=at)
    }
    if case_id not in envelopes:
        raise NotVisible
    people = doors.colleagues_of_case(case_id, process_of(request).module, at)
    form = ColleagueForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["colleague"]

        def act() -> HttpResponse:
            commands.replace_coordinator(
                process=process_of(request), actor=actor, case_id=case_id, assignment_id=to, at=at
            )
            messages.success(request, _coordinates(people, to))
            return redirect(address_of(request, "without_coordinator"))

        with refusals_in(request, form):
            return once(request, act)
    context = {"form": form, "envelope": envelopes[case_id], "people": people}
    return render(request, "casework/case/replace_coordinator.html", context)
