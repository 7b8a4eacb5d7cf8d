"""Pages under Administrera for what professions and people may do in SIP, and for system roles."""

from django.contrib import messages
from django.forms import Field
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.assignments import presenters, queries
from samordna.assignments.commands import rights as commands
from samordna.assignments.forms import RoleForm
from samordna.assignments.queries import RightLine
from samordna.assignments.rules import roles_to_give
from samordna.assignments.states import Profession, SystemRole
from samordna.assignments.views.who import acting
from samordna.kernel.clock import now, today
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible
from samordna.web.forms import refusals_in
from samordna.web.posting import posted_from
from samordna.web.receipts import once
from samordna.web.requests import PageRequest
from samordna.web.typed import named_by

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def departments(request: PageRequest) -> HttpResponse:
    """The departments whose rights one may decide; straight to the table when there is one."""
    found = queries.departments_within(queries.scope_of(acting(request), now()))
    if len(found) == 1:
        return redirect("assignments:rights_of", found[0].id)
    return render(request, "assignments/departments.html", {"departments": found})


@require_http_methods(GET_OR_POST)
def rights_of(request: PageRequest, department_id: int) -> HttpResponse:
    """What a department lets each profession do in SIP (K-04), as one table."""
    scope = queries.scope_of(acting(request), now())
    department = next(
        (place for place in queries.departments_within(scope) if place.id == department_id), None
    )
    if department is None:
        raise NotVisible
    if request.method == "POST":
        with refusals_in(request):
            return once(request, lambda: _save_rights(request, department_id))
    lines = queries.rights_of(department_id, Module.SIP)
    # After a conflict the ticks stay as they were posted, beside what is stored now.
    ticked = _posted_lines(request) if request.method == "POST" else lines
    context = {
        "department": department,
        "rows": presenters.right_rows(ticked, stored=lines),
        "seen": queries.rights_seen(lines),
    }
    return render(request, "assignments/rights.html", context)


@require_safe
def staff(request: PageRequest, unit_id: int | None = None) -> HttpResponse:
    """The people of a unit and who of them is appointed by name: for its headmaster, and for its administrator
    wherever that one stands. Without a unit it is the one stood at, if one appoints there."""
    actor, at = acting(request), now()
    units = queries.units_appointed_at(actor, at)
    here = {unit.id: unit for unit in units}
    if not here or (unit_id is not None and unit_id not in here):
        raise NotVisible
    shown = here.get(actor.unit_id if unit_id is None else unit_id) or (units[0] if len(units) == 1 else None)
    rows = presenters.staff_rows(queries.staff_of(shown.id, Module.SIP, at), Module.SIP) if shown else []
    others = [unit for unit in units if unit != shown]
    return render(request, "assignments/staff.html", {"rows": rows, "unit": shown, "others": others})


@posted_from("assignments:staff")
def appoint(request: PageRequest, assignment_id: int) -> HttpResponse:
    """Appoint somebody by name, or take it back."""
    with refusals_in(request):
        return once(request, lambda: _appoint(request, assignment_id))
    return _back_to_staff(request)


@require_safe
def roles(request: PageRequest) -> HttpResponse:
    """Who has which system role within the scope (K-05)."""
    at = now()
    grants = queries.roles_within(queries.scope_of(acting(request), at), at)
    return render(request, "assignments/roles.html", {"grants": presenters.grant_rows(grants)})


def _role_fields(request: PageRequest, **_of: object) -> dict[str, Field]:
    """With the places that may be chosen."""
    places = queries.all_within(queries.scope_of(acting(request), now()))
    return dict(RoleForm(places=places, roles=list(SystemRole)).fields)


@named_by(_role_fields)
@require_http_methods(GET_OR_POST)
def role_new(request: PageRequest, user_id: int) -> HttpResponse:
    """Give a user a system role."""
    actor, at = acting(request), now()
    scope = queries.scope_of(actor, at)
    page = queries.user_page(scope, user_id, at)
    form = RoleForm(
        request.POST or None,
        places=queries.all_within(scope),
        roles=roles_to_give(makes_managers=bool(actor.places_as(SystemRole.SYSTEM_MANAGER))),
        initial={"starts_on": today(at)},
    )
    if form.is_bound and form.is_valid():
        with refusals_in(request, form):
            return once(request, lambda: _grant(request, form, user_id))
    return render(request, "assignments/role_new.html", {"form": form, "person": page.user})


@posted_from("assignments:user", "user_id")
def role_end(request: PageRequest, user_id: int, grant_id: int) -> HttpResponse:
    """End a system role today."""
    with refusals_in(request):
        return once(request, lambda: _end_role(request, user_id, grant_id))
    return redirect("assignments:user", user_id)


def _appoint(request: PageRequest, assignment_id: int) -> HttpResponse:
    commands.appoint(
        actor=acting(request),
        assignment_id=assignment_id,
        module=Module.SIP,
        may_initiate="initiate" in request.POST,
        may_answer="answer" in request.POST,
        at=now(),
    )
    messages.success(request, _("The appointment is saved."))
    return _back_to_staff(request)


def _back_to_staff(request: PageRequest) -> HttpResponse:
    """To the user or the unit from whose page it was done, else to the list."""
    for name, route in (("user", "assignments:user"), ("unit", "assignments:staff_of")):
        back = request.POST.get(name, "")
        if back.isascii() and back.isdigit() and len(back) < 19:
            return redirect(route, int(back))
    return redirect("assignments:staff")


def _end_role(request: PageRequest, user_id: int, grant_id: int) -> HttpResponse:
    commands.end_role(actor=acting(request), grant_id=grant_id, at=now())
    messages.success(request, _("The role is ended."))
    return redirect("assignments:user", user_id)


def _save_rights(request: PageRequest, department_id: int) -> HttpResponse:
    changed = commands.change_rights(
        actor=acting(request),
        department_id=department_id,
        module=Module.SIP,
        wanted=_posted_lines(request),
        seen=request.POST.get("seen", ""),
        at=now(),
    )
    messages.success(request, _("The rights are saved.") if changed else _("Nothing was changed."))
    return redirect("assignments:rights_of", department_id)


def _posted_lines(request: PageRequest) -> tuple[RightLine, ...]:
    initiate, answer = request.POST.getlist("initiate"), request.POST.getlist("answer")
    return tuple(
        RightLine(profession, profession in initiate, profession in answer) for profession in Profession
    )


def _grant(request: PageRequest, form: RoleForm, user_id: int) -> HttpResponse:
    commands.grant_role(
        actor=acting(request),
        user_id=user_id,
        role=form.role_chosen(),
        organisation_id=int(form.cleaned_data["organisation"]),
        period=form.period(),
        at=now(),
    )
    messages.success(request, _("The role is given."))
    return redirect("assignments:user", user_id)
