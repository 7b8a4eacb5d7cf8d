"""Where the pages of a process are put together: each is given what the process shows of itself."""

from collections.abc import Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from samordna.casework.pages import Pages
from samordna.web.posting import View


def mounted(pages: Pages[Any], patterns: Sequence[URLPattern]) -> list[URLPattern]:
    """The same addresses, whose views find the process's pages on the request (`pages_of`)."""
    return [
        URLPattern(one.pattern, _given(pages, one.callback), one.default_args, one.name) for one in patterns
    ]


def _given(pages: Pages[Any], view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        request.pages = pages  # type: ignore[attr-defined]
        return view(request, *args, **values)

    return answer
