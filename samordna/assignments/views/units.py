"""Pages for choosing and changing unit."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samordna.accounts.kept_text import kept_apart
from samordna.accounts.session_store import CHOSEN
from samordna.accounts.sessions import renew_key
from samordna.assignments import presenters, queries
from samordna.assignments.commands.units import choose_unit as choose
from samordna.assignments.rules import rises
from samordna.assignments.visits import actor_at
from samordna.kernel.clock import now
from samordna.kernel.refusal import NotVisible
from samordna.web.context import landing
from samordna.web.posting import posted_from
from samordna.web.requests import PageRequest, form_key_of, own_page


@require_safe
def choose_unit(request: PageRequest) -> HttpResponse:
    """Välj enhet: the user's units and what there is to do, the one used last first. Skipped by who has only one."""
    after, at = own_page(request, request.GET.get("next", "")), now()
    units = queries.own_units(int(request.user.pk or 0), at)
    if not units:
        return render(request, "assignments/no_unit.html")
    if len(units) == 1 and request.actor is None:
        return _work_at(request, units[0].assignment_id, after)
    to_do = request.to_do_at({(unit.unit_id, module) for unit in units for module in unit.modules}, at)
    context = {"units": presenters.unit_lines(units, to_do), "next": after, "present": request.actor}
    return render(request, "assignments/choose_unit.html", context)


@posted_from("assignments:choose_unit")
def change_unit(request: PageRequest) -> HttpResponse:
    """The unit chosen, at login or later in the menu. Somebody else's assignment does not exist."""
    chosen = request.POST.get("chosen", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        raise NotVisible
    return _work_at(request, int(chosen), own_page(request, request.POST.get("next", "")))


def _work_at(request: PageRequest, assignment_id: int, after: str) -> HttpResponse:
    at = now()
    actor = actor_at(request, assignment_id, at)
    if actor is None:
        raise NotVisible
    choose(actor=actor, at=at)
    request.session[CHOSEN] = assignment_id
    if request.actor is not None and rises(request.actor, actor):
        renew_key(request.session, form_key_of(request))
        # Also where another choice on the same page was faster, and this request goes on by its key.
        request.session[CHOSEN] = assignment_id
    after = after or landing(actor)
    if kept_apart(actor):
        return HttpResponseRedirect(f"{reverse('accounts:kept')}?{urlencode({'next': after})}")
    return HttpResponseRedirect(after)


__all__ = ["change_unit", "choose_unit"]
