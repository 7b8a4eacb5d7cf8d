"""Users in and out as a file."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.assignments import queries
from samordna.assignments.commands.users_file import (
    UsersOutcome,
    export_users,
    import_users,
    passwords_for,
    preview_users,
)
from samordna.assignments.users_csv import COLUMNS
from samordna.assignments.views.who import acting
from samordna.kernel.clock import now
from samordna.organisations.commands.incoming import Incoming
from samordna.organisations.views.incoming import Kind, check_file, choose_file
from samordna.web.posting import posted_from
from samordna.web.requests import PageRequest

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def users_import(request: PageRequest) -> HttpResponse:
    """Choose a file of users. What it does is shown on the next page."""
    queries.scope_of(acting(request), now())
    return choose_file(request, "assignments/users_import.html", USERS, COLUMNS)


@require_http_methods(GET_OR_POST)
def users_import_check(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What the file would do, cell by cell; imported from here. New users' passwords stand on the page after it."""
    queries.scope_of(acting(request), now())
    return check_file(request, file_id, USERS)


@posted_from("assignments:users")
def users_export(request: PageRequest) -> HttpResponse:
    """All users of the scope as a file; a POST, since it takes personal data out and is logged."""
    content = export_users(actor=acting(request), at=now())
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="anvandare.csv"'},
    )


def _preview(request: PageRequest, file: Incoming) -> UsersOutcome:
    return preview_users(
        actor=acting(request),
        content=file.content,
        answers=file.answers,
        at=now(),
        hanging=request.hanging_on_assignments,
    )


def _take_in(request: PageRequest, file: Incoming, seen: str) -> Callable[[], UsersOutcome]:
    passwords = passwords_for(file.content)
    return lambda: import_users(
        actor=acting(request),
        content=file.content,
        answers=file.answers,
        seen=seen,
        passwords=passwords,
        at=now(),
        hanging=request.hanging_on_assignments,
    )


def _done(request: PageRequest, outcome: UsersOutcome) -> HttpResponse:
    messages.success(
        request,
        _(
            "The users are imported: %(new_users)d new users, %(changed_users)d changed; "
            "%(new_assignments)d new assignments, %(changed_assignments)d changed."
        )
        % outcome.counts,
    )
    if outcome.passwords_id is None:
        return redirect("assignments:users")
    return redirect("assignments:first_passwords", outcome.passwords_id)


USERS = Kind(
    name="users",
    choose="assignments:users_import",
    check="assignments:users_import_check",
    template="assignments/users_import_check.html",
    preview=_preview,
    take_in=_take_in,
    done=_done,
)
