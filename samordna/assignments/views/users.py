"""Pages under Administrera for users and where they work. They exist for administrators, within their scope."""

from uuid import UUID

from django.contrib import messages
from django.forms import Field
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from samordna.assignments import presenters, queries
from samordna.assignments.commands import people, rights
from samordna.assignments.forms import EndForm, NewUserForm, SearchForm, UserForm, WorkForm
from samordna.assignments.views.who import acting
from samordna.kernel.clock import now, today
from samordna.kernel.refusal import NotVisible
from samordna.web.forms import refusals_in, show_beside
from samordna.web.posting import posted_from
from samordna.web.receipts import once
from samordna.web.requests import PageRequest
from samordna.web.typed import named_by

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def users(request: PageRequest) -> HttpResponse:
    """The users of the scope. Searched by POST: a name never stands in an address."""
    at = now()
    scope = queries.scope_of(acting(request), at)
    form = SearchForm(request.POST or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "searched": text}
    if text:
        context["users"] = queries.users_found(scope, text, at)
    else:
        context["page"] = page = queries.users_page(scope, request.GET.get("page", "1"), at)
        context["users"] = page.object_list
    return render(request, "assignments/users.html", context)


def _work_fields(request: PageRequest, **_of: object) -> dict[str, Field]:
    """With the units that may be chosen."""
    units = queries.units_within(queries.scope_of(acting(request), now()))
    return dict(NewUserForm(units=units).fields)


@named_by(_work_fields)
@sensitive_post_parameters("password")
@require_http_methods(GET_OR_POST)
def user_new(request: PageRequest) -> HttpResponse:
    """A new user. A password that the system makes is shown on the page after it."""
    actor, at = acting(request), now()
    units = queries.units_within(queries.scope_of(actor, at))
    form = NewUserForm(request.POST or None, units=units, initial={"starts_on": today(at)})
    if form.is_bound and form.is_valid():
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _create_user(request, form))
        form.ask(outcome.refusal)
    return render(request, "assignments/user_new.html", {"form": form})


@require_http_methods(GET_OR_POST)
def user(request: PageRequest, user_id: int) -> HttpResponse:
    """One user: details, where the user works, system roles."""
    actor, at = acting(request), now()
    page = queries.user_page(queries.scope_of(actor, at), user_id, at)
    form = UserForm(request.POST) if request.method == "POST" else UserForm.of(page.user, page.seen)
    if form.is_bound and form.is_valid():
        with refusals_in(request, form) as outcome:
            return once(request, lambda: _save_user(request, form, user_id))
        if outcome.stale:
            page = queries.user_page(queries.scope_of(actor, at), user_id, at)
            show_beside(form, UserForm.of(page.user, page.seen).initial, version="seen")
    acts = people.user_acts(actor, page, at)
    context = {
        "form": form,
        "person": page.user,
        "acts": acts,
        "work": presenters.work_lines(page, today(at), own=actor.assignment_id),
        "roles": presenters.role_lines(page, today(at), may_end_managers=acts.may_end_managers),
        "is_me": user_id == actor.user_id,
        "elsewhere": page.elsewhere_now,
        "last_day": page.last_day,
        "hanging": people.hanging_on_user(page, request.hanging_on_assignments, at),
    }
    return render(request, "assignments/user.html", context)


@posted_from("assignments:user", "user_id")
def user_password(request: PageRequest, user_id: int) -> HttpResponse:
    """A new initial password, shown on the page after it."""
    queries.user_page(queries.scope_of(acting(request), now()), user_id, now())
    with refusals_in(request):
        return once(request, lambda: _give_password(request, user_id))
    return redirect("assignments:user", user_id)


@require_safe
def first_passwords(request: PageRequest, passwords_id: UUID) -> HttpResponse:
    """The first passwords that one has just given. May be read again for ten minutes, and by nobody else."""
    actor, at = acting(request), now()
    queries.scope_of(actor, at)
    people = queries.first_passwords(actor=actor, passwords_id=passwords_id, at=at)
    return render(request, "assignments/first_passwords.html", {"people": people})


@posted_from("assignments:user", "user_id")
def user_active(request: PageRequest, user_id: int) -> HttpResponse:
    """Close or reopen a user."""
    act = _open if request.POST.get("active") == "1" else _close
    with refusals_in(request):
        return once(request, lambda: act(request, user_id))
    return redirect("assignments:user", user_id)


@named_by(_work_fields)
@require_http_methods(GET_OR_POST)
def assignment_new(request: PageRequest, user_id: int) -> HttpResponse:
    """One more place to work for a user."""
    actor, at = acting(request), now()
    scope = queries.scope_of(actor, at)
    page = queries.user_page(scope, user_id, at)
    form = WorkForm(request.POST or None, units=queries.units_within(scope), initial={"starts_on": today(at)})
    if form.is_bound and form.is_valid():
        with refusals_in(request, form):
            return once(request, lambda: _add_assignment(request, form, user_id))
    return render(request, "assignments/assignment_new.html", {"form": form, "person": page.user})


@require_http_methods(GET_OR_POST)
def assignment_end(request: PageRequest, user_id: int, assignment_id: int) -> HttpResponse:
    """The last day of an assignment."""
    actor, at = acting(request), now()
    page = queries.user_page(queries.scope_of(actor, at), user_id, at)
    work = [line for line in presenters.work_lines(page, today(at)) if line.line.id == assignment_id]
    if not work:
        raise NotVisible
    modules = request.modules_hanging_on(assignment_id)
    colleagues = queries.who_can_take_over(assignment_id, actor.user_id, modules, at) if modules else None
    form = EndForm(request.POST or None, colleagues=colleagues, initial={"ends_on": today(at)})
    if form.is_bound and form.is_valid():
        with refusals_in(request, form):
            return once(request, lambda: _end_assignment(request, form, user_id, assignment_id))
    managers_too = people.user_acts(actor, page, at).may_end_managers
    roles = presenters.role_lines(page, today(at), may_end_managers=managers_too)
    context = {
        "form": form,
        "person": page.user,
        "work": work,
        "roles": [] if user_id == actor.user_id else [role for role in roles if role.may_be_ended],
        "hanging": request.hanging_on_assignments([assignment_id])[assignment_id],
    }
    return render(request, "assignments/assignment_end.html", context)


def _open(request: PageRequest, user_id: int) -> HttpResponse:
    people.open_user(actor=acting(request), user_id=user_id, at=now())
    messages.success(request, _("The user is open again."))
    return redirect("assignments:user", user_id)


def _close(request: PageRequest, user_id: int) -> HttpResponse:
    people.close_user(
        actor=acting(request),
        user_id=user_id,
        hanging=request.hanging_on_assignments,
        left=request.POST.get("left", ""),
        at=now(),
    )
    messages.success(request, _("The user is closed."))
    return redirect("assignments:user", user_id)


def _save_user(request: PageRequest, form: UserForm, user_id: int) -> HttpResponse:
    people.change_user(
        actor=acting(request),
        user_id=user_id,
        details=form.details(),
        seen=form.cleaned_data["seen"],
        at=now(),
    )
    messages.success(request, _("The user's details are saved."))
    return redirect("assignments:user", user_id)


def _add_assignment(request: PageRequest, form: WorkForm, user_id: int) -> HttpResponse:
    people.add_assignment(actor=acting(request), user_id=user_id, work=form.work(), at=now())
    messages.success(request, _("The assignment is added."))
    return redirect("assignments:user", user_id)


def _end_assignment(request: PageRequest, form: EndForm, user_id: int, assignment_id: int) -> HttpResponse:
    people.end_assignment(
        actor=acting(request), assignment_id=assignment_id, ends_on=form.cleaned_data["ends_on"], at=now()
    )
    if form.cleaned_data["end_roles"]:
        rights.end_roles_with_work(
            actor=acting(request), user_id=user_id, ends_on=form.cleaned_data["ends_on"], at=now()
        )
    to = form.cleaned_data.get("to")
    if to is not None:
        count = request.hand_over(
            actor=acting(request), assignment_id=assignment_id, to_assignment_id=to, at=now()
        )
        said = ngettext("%(count)d case is handed over.", "%(count)d cases are handed over.", count)
        messages.success(request, said % {"count": count})
    messages.success(request, _("The last day is saved."))
    return redirect("assignments:user", user_id)


def _create_user(request: PageRequest, form: NewUserForm) -> HttpResponse:
    created = people.create_user(
        actor=acting(request),
        username=form.cleaned_data["username"],
        details=form.details(),
        password=form.cleaned_data["password"],
        work=form.work(),
        is_another=form.cleaned_data["is_another"],
        at=now(),
    )
    if created.passwords_id is None:
        messages.success(request, _("The user is added, with the password that you wrote."))
        return redirect("assignments:user", created.user_id)
    return redirect("assignments:first_passwords", created.passwords_id)


def _give_password(request: PageRequest, user_id: int) -> HttpResponse:
    passwords_id = people.give_password(actor=acting(request), user_id=user_id, at=now())
    return redirect("assignments:first_passwords", passwords_id)
