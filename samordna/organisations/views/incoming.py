"""A file that comes in: chosen, shown with all that it would do, and only then imported."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.kernel.clock import now
from samordna.kernel.csv_cells import EMPTY_THIS
from samordna.organisations import commands
from samordna.organisations.address_csv import COLUMNS
from samordna.organisations.commands.incoming import Incoming
from samordna.organisations.file_changes import FileOutcome, Question, answers_given
from samordna.organisations.forms import ImportForm
from samordna.organisations.views.who import acting, demand_whole_county
from samordna.web.forms import refusals_in
from samordna.web.receipts import once
from samordna.web.requests import PageRequest

GET_OR_POST = ["GET", "HEAD", "POST"]
MOST_PROBLEMS = 200
# A form may hold about a thousand fields; the next questions come when these are answered.
MOST_QUESTIONS = 300
CHANGES_A_PAGE = 200
_ADDRESS_BOOK = "address_book"
Outcome = TypeVar("Outcome", bound=FileOutcome)


@dataclass(frozen=True, slots=True)
class Kind(Generic[Outcome]):
    """What files of one kind are called, where their pages are, and what they do.

    `take_in` does what takes time before anything is held, and gives the act.
    """

    name: str
    choose: str
    check: str
    template: str
    preview: Callable[[PageRequest, Incoming], Outcome]
    take_in: Callable[[PageRequest, Incoming, str], Callable[[], Outcome]]
    done: Callable[[PageRequest, Outcome], HttpResponse]


@require_http_methods(GET_OR_POST)
def import_file(request: PageRequest) -> HttpResponse:
    """Choose an address book to take in. What it does is shown on the next page."""
    demand_whole_county(request)
    return choose_file(request, "organisations/import.html", ADDRESSES, COLUMNS)


@require_http_methods(GET_OR_POST)
def import_check(request: PageRequest, file_id: UUID) -> HttpResponse:
    """What the file would do, cell by cell; imported from here when that is what was meant."""
    demand_whole_county(request)
    return check_file(request, file_id, ADDRESSES)


def choose_file(request: PageRequest, template: str, kind: Kind[Outcome], columns: object) -> HttpResponse:
    """The page on which a file is chosen; a file that came is kept, and shown by the next page."""
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        content = form.cleaned_data["file"].read()
        file_id = commands.keep_file(actor=acting(request), kind=kind.name, content=content, at=now())
        return redirect(kind.check, file_id)
    context = {"form": form, "columns": columns, "empty_this": EMPTY_THIS, "frame_tab": "administer"}
    return render(request, template, context)


def check_file(request: PageRequest, file_id: UUID, kind: Kind[Outcome]) -> HttpResponse:
    """The page that shows what a file does. Answers to its questions are kept with it; nothing else is written
    until *Importera*, and then just what was shown."""
    if request.method == "POST":
        return (
            _imported(request, file_id, kind)
            if "import" in request.POST
            else _answered(request, file_id, kind)
        )
    file = _file(request, file_id, kind)
    if file is None:
        return _gone(request, kind)
    outcome = kind.preview(request, file)
    return render(request, kind.template, _context(request, file_id, kind, outcome))


def _context(
    request: PageRequest, file_id: UUID, kind: Kind[Outcome], outcome: FileOutcome
) -> dict[str, Any]:
    page = Paginator(outcome.changes, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    return {
        "outcome": outcome,
        "problems": outcome.problems[:MOST_PROBLEMS],
        "questions": _questions(outcome)[:MOST_QUESTIONS],
        "questions_left": len(outcome.open_questions) - MOST_QUESTIONS,
        "page": page,
        "query": "",
        "file_id": file_id,
        "choose": kind.choose,
        "page_has_errors": bool(outcome.problems),
        "frame_tab": "administer",
    }


def _questions(outcome: FileOutcome) -> list[Question]:
    """All as they stand in the file; of too many for one form those without an answer first."""
    if len(outcome.questions) <= MOST_QUESTIONS:
        return outcome.questions
    return sorted(outcome.questions, key=lambda question: bool(question.answer))


def _answered(request: PageRequest, file_id: UUID, kind: Kind[Outcome]) -> HttpResponse:
    answers = answers_given(request.POST)
    commands.answer_questions(actor=acting(request), kind=kind.name, file_id=file_id, answers=answers)
    return redirect(kind.check, file_id)


def _imported(request: PageRequest, file_id: UUID, kind: Kind[Outcome]) -> HttpResponse:
    file = _file(request, file_id, kind)
    act = kind.take_in(request, file, request.POST.get("seen", "")) if file else None
    with refusals_in(request):
        return once(request, lambda: _take_in(request, file_id, kind, act))
    return redirect(kind.check, file_id)


def _take_in(
    request: PageRequest, file_id: UUID, kind: Kind[Outcome], act: Callable[[], Outcome] | None
) -> HttpResponse:
    # Another press may have taken the file in meanwhile.
    if act is None or _file(request, file_id, kind) is None:
        return _gone(request, kind)
    outcome = act()
    if not outcome.ready:
        return redirect(kind.check, file_id)
    commands.drop_file(actor=acting(request), kind=kind.name, file_id=file_id)
    return kind.done(request, outcome)


def _file(request: PageRequest, file_id: UUID, kind: Kind[Outcome]) -> Incoming | None:
    return commands.incoming_file(actor=acting(request), kind=kind.name, file_id=file_id, at=now())


def _gone(request: PageRequest, kind: Kind[Outcome]) -> HttpResponse:
    messages.warning(request, _("The file is not here any more. Choose it again."))
    return redirect(kind.choose)


def _preview(request: PageRequest, file: Incoming) -> FileOutcome:
    return commands.preview_address_book(
        actor=acting(request),
        content=file.content,
        answers=file.answers,
        count=request.hanging_on,
        at=now(),
    )


def _take_addresses_in(request: PageRequest, file: Incoming, seen: str) -> Callable[[], FileOutcome]:
    return lambda: commands.import_address_book(
        actor=acting(request),
        content=file.content,
        answers=file.answers,
        seen=seen,
        count=request.hanging_on,
        at=now(),
    )


def _addresses_done(request: PageRequest, outcome: FileOutcome) -> HttpResponse:
    counts = {"added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged}
    messages.success(
        request,
        _("The address book is imported: %(added)d new, %(changed)d changed, %(unchanged)d unchanged.")
        % counts,
    )
    return redirect("organisations:address_book")


ADDRESSES = Kind(
    name=_ADDRESS_BOOK,
    choose="organisations:import",
    check="organisations:import_check",
    template="organisations/import_check.html",
    preview=_preview,
    take_in=_take_addresses_in,
    done=_addresses_done,
)
