"""What the overview tells pages of rooms below it, which do not know it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from samordna.overview.queries import to_do_at


class ToDoPerUnit:
    """Gives the request `to_do_at`, a function that a page asks how many tasks each of some units has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.to_do_at = to_do_at  # type: ignore[attr-defined]
        return self.get_response(request)
