"""Health addresses come before all else that a request passes through."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from samordna.operations import views

Respond = Callable[[HttpRequest], HttpResponse]


class HealthFirst:
    """Answers `/livez` and `/readyz` itself, whatever name they are asked by and whatever cookie comes with them.

    Whoever watches asks by the port's number, which is none of the site's names; and a session is in the database,
    which a process that lives need not reach.
    """

    ANSWERS = {"/livez": views.live, "/readyz": views.ready}

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.ANSWERS.get(request.path_info)
        return answer(request) if answer else self.get_response(request)
