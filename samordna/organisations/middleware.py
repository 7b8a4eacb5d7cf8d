"""Whom to turn to, at the foot of every page, as the county has written it (K-24)."""

from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from samordna.organisations.queries import setting

# Every page shows it and it hardly ever changes: a minute's delay is worth a statement a page.
_KEPT_SECONDS = 60


class SupportChain:
    """Gives the request its `support_chain`, a list of lines, asked for when a page shows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.support_chain = SimpleLazyObject(support_lines)  # type: ignore[attr-defined]
        return self.get_response(request)


def support_lines() -> list[str]:
    """The county's text, line by line; empty when nothing is written."""
    # The built-in text follows the language of the page.
    key = f"organisations.support_chain.{get_language()}"
    text = cache.get_or_set(key, lambda: str(setting("support_chain")), _KEPT_SECONDS)
    return [line for line in str(text).splitlines() if line.strip()]
