"""Whom to turn to, at the foot of every page, as the department or the county has written it (K-24)."""

from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from samordna.kernel.actor import Actor
from samordna.organisations.queries import setting
from samordna.web.requests import actor_of

# Every page shows it and it hardly ever changes: a minute's delay is worth a statement a page.
_KEPT_SECONDS = 60


class SupportChain:
    """Gives the request its `support_chain`, a list of lines, asked for when a page shows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Who acts is known, when a page shows it.
        lines = SimpleLazyObject(lambda: support_lines(actor_of(request)))
        request.support_chain = lines  # type: ignore[attr-defined]
        return self.get_response(request)


def support_lines(actor: Actor | None) -> list[str]:
    """The text of the department where the actor works, else the county's, line by line; empty when nothing is
    written."""
    department_id = actor.department_id if actor is not None else None
    # The built-in text follows the language of the page.
    key = f"organisations.support_chain.{department_id}.{get_language()}"
    text = cache.get_or_set(key, lambda: str(setting("support_chain", department_id)), _KEPT_SECONDS)
    return [line for line in str(text).splitlines() if line.strip()]
