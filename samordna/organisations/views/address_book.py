"""The address book: reading it, finding recipients in it, taking it out and in as a file."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from samordna.kernel.clock import now
from samordna.notifications.queries import events_wanted
from samordna.organisations import commands, queries
from samordna.organisations.forms import FindForm
from samordna.organisations.views.who import acting, demand_whole_county
from samordna.web.requests import PageRequest

_BUTTON_NAME = re.compile(r"[a-z_]{1,30}")
_MOST_FOUND = 20


@require_safe
def address_book(request: PageRequest) -> HttpResponse:
    """All open units in Swedish alphabetical order, filtered by name, municipality and kind of care (V-02)."""
    form = FindForm(request.GET, municipalities=queries.municipalities())
    chosen = {name: form.chosen(name) for name in form.fields}
    page = queries.address_book_page(
        chosen["q"], chosen["municipality"], chosen["care_kind"], request.GET.get("page")
    )
    kept = {name: value for name, value in chosen.items() if value}
    query = f"{urlencode(kept)}&" if kept else ""
    template = "organisations/address_book.html"
    if request.htmx:  # type: ignore[attr-defined]
        template = f"{template}#results"
    return render(
        request, template, {"find_form": form, "page": page, "query": query, "frame_tab": "administer"}
    )


@require_safe
def search(request: PageRequest) -> HttpResponse:
    """Units that fit what is being typed. htmx gets the results alone, other browsers a whole page.

    `add` names the submit button of each result in the form that the results are put into,
    `exclude` what has been chosen already.
    """
    form = FindForm(request.GET, municipalities=queries.municipalities())
    add = request.GET.get("add", "")
    exclude = [
        int(text) for text in request.GET.getlist("exclude")[:200] if re.fullmatch(r"[0-9]{1,12}", text)
    ]
    units = queries.find_units(
        form.chosen("q"),
        form.chosen("municipality"),
        form.chosen("care_kind"),
        limit=_MOST_FOUND,
        exclude=exclude,
    )
    context = {
        "find_form": form,
        "units": units,
        "asked": True,
        "more": len(units) == _MOST_FOUND,
        "add": add if _BUTTON_NAME.fullmatch(add) else "",
    }
    alone = bool(request.htmx)  # type: ignore[attr-defined]
    return render(
        request, "organisations/unit_results.html" if alone else "organisations/search.html", context
    )


@require_safe
def unit(request: PageRequest, unit_id: int) -> HttpResponse:
    """One unit with what is needed to reach it."""
    card, actor = queries.unit(unit_id), acting(request)
    # What a unit is told, and where, is shown to those who work there.
    ours = actor.unit_id == unit_id
    context = {
        "unit": card,
        "ours": ours,
        "notices": [event.sentence for event in events_wanted(unit_id, request.events())] if ours else [],
        "keeps": queries.reach_of(actor).holds(queries.organisation_ids_above(unit_id)),
        "frame_tab": "administer",
    }
    return render(request, "organisations/unit.html", context)


@require_safe
def export_file(request: PageRequest) -> HttpResponse:
    """The whole address book as a file."""
    demand_whole_county(request)
    content = commands.export_address_book(actor=acting(request), at=now())
    headers = {"Content-Disposition": 'attachment; filename="adressbok.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
