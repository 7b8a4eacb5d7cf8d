"""Users in and out as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.assignments import queries
from samordna.assignments.commands.users_file import export_users, import_users
from samordna.assignments.forms import FileForm
from samordna.assignments.users_csv import COLUMNS
from samordna.assignments.views.who import acting
from samordna.kernel.clock import now
from samordna.organisations.csv_file import MOST_BYTES
from samordna.web.posting import posted_from
from samordna.web.requests import PageRequest

MOST_PROBLEMS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def users_import(request: PageRequest) -> HttpResponse:
    """Import users. New users' passwords are shown once, in the answer itself; the same file again changes nothing."""
    actor, at = acting(request), now()
    queries.scope_of(actor, at)
    form = FileForm(request.POST or None, request.FILES or None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "assignments/users_import.html", {"form": form, "columns": COLUMNS})
    if form.cleaned_data["file"].size > MOST_BYTES:
        form.add_error("file", _("The file is too big. Split it into several."))
        return render(request, "assignments/users_import.html", {"form": form, "columns": COLUMNS})
    outcome = import_users(actor=actor, content=form.cleaned_data["file"].read(), at=at)
    if not outcome.problems:
        return render(request, "assignments/users_imported.html", {"outcome": outcome})
    context = {
        "form": FileForm(),
        "columns": COLUMNS,
        "problems": outcome.problems[:MOST_PROBLEMS],
        "problem_count": len(outcome.problems),
        "page_has_errors": True,
    }
    return render(request, "assignments/users_import.html", context)


@posted_from("assignments:users")
def users_export(request: PageRequest) -> HttpResponse:
    """All users of the scope as a file; a POST, since it takes personal data out and is logged."""
    content = export_users(actor=acting(request), at=now())
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="anvandare.csv"'},
    )
