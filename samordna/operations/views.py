"""What a proxy or a watchdog asks. No login, and nothing but counts in the answer."""

from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from samordna.kernel import clock
from samordna.operations import queries


@cache_control(no_store=True)
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: a process is not restarted because that is away."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@cache_control(no_store=True)
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when pages can be served, else 503; what waits for the worker is told beside it."""
    state = queries.readiness(clock.now())
    waiting = {**asdict(state.backlog), "late": state.backlog.late} if state.backlog else {}
    answer = {"ready": state.ready, "database": state.database, "migrated": state.migrated, **waiting}
    status = HTTPStatus.OK if state.ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(answer, status=status)
