"""The pages of the overview: the lists, their refresh, the search, and the door to administration."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samordna.accounts.activity import passive
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.visits import answered_beside
from samordna.cases.queries import NAMES_COORDINATORS
from samordna.kernel.actor import Actor
from samordna.kernel.clock import now
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible
from samordna.organisations.queries import reach_of, settings_of
from samordna.organisations.rules import reach
from samordna.overview import commands, queries
from samordna.overview.forms import SearchForm, chosen_list, moment_asked
from samordna.overview.presenters import worklist as presenter
from samordna.overview.presenters.administer import entrances
from samordna.overview.processes import OVERVIEWS
from samordna.overview.states import Chosen, ListName
from samordna.web.requests import PageRequest

_MOST_NEW = 100


@require_safe
def worklist(request: PageRequest, module: Module) -> HttpResponse:
    """The unit's cases of the module (V-20). Who has no right in it is led to what there is for them."""
    actor = _acting(request)
    if _asked_elsewhere(request, actor):
        # The tab shows the list of another unit: it is loaded anew, whole, instead of getting rows of this one.
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
    if not actor.rights(module).has_any:
        return redirect("overview:administer")
    at, chosen = now(), _allowed(chosen_list(request.GET), actor)
    shown = commands.read_worklist(actor=actor, module=module, chosen=chosen, at=at)
    appended = "HX-Request" in request.headers
    context = presenter.worklist(OVERVIEWS[module], shown, actor, chosen, at, appended=appended)
    return render(request, "overview/worklist.html", context)


@passive
@require_safe
def changes(request: PageRequest, module: Module) -> HttpResponse:
    """How many cases have changed since the list was loaded. It shows no person, so nothing is logged."""
    actor = _acting(request)
    if _asked_elsewhere(request, actor):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if not actor.rights(module).has_any:
        raise NotVisible
    since = moment_asked(request.GET.get("since", ""))
    if since is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    chosen = chosen_list(request.GET)
    rows = answered_beside(request, actor, "changed")
    if rows is None:
        count = queries.changed_since(actor, module, since, mine=chosen.mine, most=_MOST_NEW)
    else:
        count = queries.counted(rows, most=_MOST_NEW)
    if count == 0:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(
        request, "overview/changes.html", presenter.changes(OVERVIEWS[module], count, _MOST_NEW, chosen)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: PageRequest, module: Module) -> HttpResponse:
    """Search among the unit's own cases (L-08). Posted, so that no name or number stands in an address."""
    actor = _using(request, module)
    form = SearchForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "search_href": reverse(OVERVIEWS[module].search)}
    if form.is_bound and form.is_valid():
        at = now()
        found = commands.search(actor=actor, module=module, sought=form.sought, at=at)
        context |= presenter.results(OVERVIEWS[module], found, actor, at)
    return render(request, "overview/search.html", context)


@require_safe
def administer(request: PageRequest) -> HttpResponse:
    """Administrera: the pages that the actor may use."""
    actor = _acting(request)
    administered = reach(actor.held, roles=(SystemRole.ADMINISTRATOR,))
    offered = entrances(
        administered=administered,
        kept=reach_of(actor),
        appoints=administered.any or actor.profession == Profession.HEADMASTER,
        names_coordinators=bool(actor.places_as(*NAMES_COORDINATORS)),
        lowers_protections=bool(actor.places_as(*settings_of(None).protection_lowered_by)),
    )
    return render(request, "overview/administer.html", {"entrances": offered, "frame_tab": "administer"})


def _acting(request: PageRequest) -> Actor:
    if request.actor is None:
        raise NotVisible
    return request.actor


def _asked_elsewhere(request: PageRequest, actor: Actor) -> bool:
    """Whether the page's script asks from a list of another unit than the user works at now, in another tab."""
    return request.headers.get("X-Assignment", str(actor.assignment_id)) != str(actor.assignment_id)


def _using(request: PageRequest, module: Module) -> Actor:
    actor = _acting(request)
    if not actor.rights(module).has_any:
        raise NotVisible
    return actor


def _allowed(chosen: Chosen, actor: Actor) -> Chosen:
    """The list of cases without handler is the superuser's."""
    if chosen.name == ListName.UNHANDLED and not presenter.is_superuser(actor):
        return Chosen(mine=chosen.mine)
    return chosen
