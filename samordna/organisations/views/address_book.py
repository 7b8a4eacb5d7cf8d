"""The address book: reading it, finding recipients in it, taking it out and in as a file."""

import re
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.kernel.clock import now
from samordna.kernel.refusal import NotVisible
from samordna.notifications.presenters import SENTENCES
from samordna.notifications.queries import events_wanted
from samordna.notifications.states import Event
from samordna.organisations import commands, queries
from samordna.organisations.address_csv import COLUMNS
from samordna.organisations.csv_file import Problem
from samordna.organisations.forms import FindForm, ImportForm
from samordna.organisations.views.who import acting
from samordna.web.forms import refusals_in
from samordna.web.receipts import once
from samordna.web.requests import PageRequest

_BUTTON_NAME = re.compile(r"[a-z_]{1,30}")
_MOST_FOUND = 20
_MOST_PROBLEMS = 200


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
        "notices": [SENTENCES[event] for event in Event if event in events_wanted(unit_id)] if ours else [],
        "keeps": queries.reach_of(actor).holds(queries.organisation_ids_above(unit_id)),
        "frame_tab": "administer",
    }
    return render(request, "organisations/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: PageRequest) -> HttpResponse:
    """Take an address book in. Faulty rows are told with their lines, and then nothing is taken in."""
    _whole_county(request)
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        with refusals_in(request, form):
            return once(request, lambda: _imported(request, form))
    return _import_page(request, form)


@require_safe
def export_file(request: PageRequest) -> HttpResponse:
    """The whole address book as a file."""
    _whole_county(request)
    content = commands.export_address_book(actor=acting(request), at=now())
    headers = {"Content-Disposition": 'attachment; filename="adressbok.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _whole_county(request: PageRequest) -> None:
    """The file holds every unit, so it exists for those who keep the whole county alone."""
    if not queries.reach_of(acting(request)).whole_county:
        raise NotVisible


def _imported(request: PageRequest, form: ImportForm) -> HttpResponse:
    content = form.cleaned_data["file"].read()
    outcome = commands.import_address_book(actor=acting(request), content=content, at=now())
    if outcome.problems:
        return _import_page(request, form, outcome.problems)
    counts = {"added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged}
    messages.success(
        request,
        _("The address book is imported: %(added)d new, %(changed)d changed, %(unchanged)d unchanged.")
        % counts,
    )
    return redirect("organisations:address_book")


def _import_page(request: PageRequest, form: ImportForm, problems: Sequence[Problem] = ()) -> HttpResponse:
    context = {
        "form": form,
        "problems": problems[:_MOST_PROBLEMS],
        "problem_count": len(problems),
        "columns": COLUMNS,
        "page_has_errors": bool(problems),
        "frame_tab": "administer",
    }
    return render(request, "organisations/import.html", context)
