"""What the overview tells pages of rooms below it, which do not know it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from samordna.casework.case.commands.handing_over import hand_over
from samordna.overview.forms import chosen_list, moment_asked
from samordna.overview.processes import OVERVIEWS, PROCESSES
from samordna.overview.queries import (
    asked_beside,
    events,
    hanging_on,
    hanging_on_assignments,
    modules_hanging_on,
    to_do_at,
)


def hand_over_all(*, assignment_id: int, **asked: Any) -> int:
    """As `hand_over`, of every process in which something hangs on the assignment. Gives how many cases there were.

    Of the others no right is asked: a colleague without SIP takes over who has discharges alone.
    """
    hanging = modules_hanging_on(assignment_id)
    return sum(
        hand_over(process=process, assignment_id=assignment_id, **asked)
        for module, process in PROCESSES.items()
        if module in hanging
    )


class ChangesAskedAtOnce:
    """Who asks whether a list has changed, and whether it has, are asked of the database in one statement.

    Every open list asks it each half minute: it is most of all requests. Before `assignments.ActorMiddleware`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for module, overview in OVERVIEWS.items():
            if request.path_info == reverse(overview.changes):
                since, mine = moment_asked(request.GET.get("since", "")), chosen_list(request.GET).mine
                if since is not None:
                    request.asks_beside = asked_beside(module, since, mine=mine)  # type: ignore[attr-defined]
        return self.get_response(request)


class ToDoPerUnit:
    """Gives the request functions that a page asks: of which `events` units can be told, how many tasks some lists of
    units have (`to_do_at`), what hangs on a unit (`hanging_on`), how many cases on assignments
    (`hanging_on_assignments`) and of which modules on one (`modules_hanging_on`), which it can `hand_over`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.events = events  # type: ignore[attr-defined]
        request.to_do_at = to_do_at  # type: ignore[attr-defined]
        request.hanging_on = hanging_on  # type: ignore[attr-defined]
        request.hanging_on_assignments = hanging_on_assignments  # type: ignore[attr-defined]
        request.modules_hanging_on = modules_hanging_on  # type: ignore[attr-defined]
        request.hand_over = hand_over_all  # type: ignore[attr-defined]
        return self.get_response(request)
