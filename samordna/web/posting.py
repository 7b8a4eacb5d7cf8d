"""Addresses that a form is sent to, and that a browser may stand at after it: opened, they lead to the form's page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

View = Callable[..., HttpResponse]


def posted_from(page: str | Callable[..., str], *names: str, **fixed: str) -> Callable[[View], View]:
    """A view of what is posted from `page`. Asked for by GET (reload, change of language, login) it leads to that page.

    `page` is a route, with those values of the address that are in `names` and those that are `fixed`; or it gives the
    address. One that begins with a colon is in the namespace of the address that was asked.
    """

    def where(request: HttpRequest, values: dict[str, Any]) -> str:
        if callable(page):
            return page(request, **values)
        kwargs = {name: values[name] for name in names} | fixed
        if page.startswith(":") and request.resolver_match is not None:
            return reverse(request.resolver_match.namespace + page, kwargs=kwargs)
        return reverse(page, kwargs=kwargs)

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            if request.method in {"GET", "HEAD"}:
                return HttpResponseRedirect(where(request, values))
            if request.method != "POST":
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return view(request, *args, **values)

        return answer

    return decorate
