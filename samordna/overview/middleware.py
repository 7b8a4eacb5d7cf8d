"""What the overview tells pages of rooms below it, which do not know it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from samordna.casework.case.commands.handing_over import hand_over
from samordna.kernel.module import Module
from samordna.overview.forms import chosen_list, moment_asked
from samordna.overview.processes import PROCESSES
from samordna.overview.queries import asked_beside, hanging_on, hanging_on_assignments, to_do_at


def hand_over_all(**asked: Any) -> int:
    """As `hand_over`, of all processes. Gives how many cases there were."""
    return sum(hand_over(process=process, **asked) for process in PROCESSES.values())


class ChangesAskedAtOnce:
    """Who asks whether a list has changed, and whether it has, are asked of the database in one statement.

    Every open list asks it each half minute: it is most of all requests. Before `assignments.ActorMiddleware`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == reverse("overview:changes"):
            since, mine = moment_asked(request.GET.get("since", "")), chosen_list(request.GET).mine
            if since is not None:
                request.asks_beside = asked_beside(Module.SIP, since, mine=mine)  # type: ignore[attr-defined]
        return self.get_response(request)


class ToDoPerUnit:
    """Gives the request functions that a page asks: how many tasks some lists of units have (`to_do_at`), what hangs on
    a unit (`hanging_on`), and how many cases on assignments (`hanging_on_assignments`), which it can `hand_over`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.to_do_at = to_do_at  # type: ignore[attr-defined]
        request.hanging_on = hanging_on  # type: ignore[attr-defined]
        request.hanging_on_assignments = hanging_on_assignments  # type: ignore[attr-defined]
        request.hand_over = hand_over_all  # type: ignore[attr-defined]
        return self.get_response(request)
