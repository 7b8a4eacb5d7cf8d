"""Addresses as they will be when there is a list of discharges."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


LISTS = [
    path(f"{name}/", nothing, name=name)
    for name in ("discharge", "discharge_search", "sip", "search", "administer")
]
urlpatterns = [path("", include((LISTS, "overview"), namespace="overview"))]
