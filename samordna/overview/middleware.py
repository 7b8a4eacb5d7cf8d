"""What the overview tells pages of rooms below it, which do not know it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from samordna.overview.queries import hanging_on, hanging_on_assignments, to_do_at
from samordna.sip.commands.handing_over import hand_over


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
        request.hand_over = hand_over  # type: ignore[attr-defined]
        return self.get_response(request)
