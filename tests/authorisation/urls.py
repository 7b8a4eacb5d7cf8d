"""The project's addresses with an error page of one word, where only the status is asked about.

What the page itself says to those who may not see stands in test_leaks.py.
"""

from django.http import HttpRequest, HttpResponse

from samordna.config.urls import handler400, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def nothing_here(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse("404", status=404)


handler403 = handler404 = nothing_here
