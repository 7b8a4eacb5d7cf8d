"""Which requests count as something the user does, and so keep the session alive."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., object])

# For a page that fetches itself now and then: the same address is activity when a person opens it.
PASSIVE_HEADER = "X-Passive"
_SCRIPT_HEADERS = (PASSIVE_HEADER, "X-Autosave", "HX-Request")


def passive(view: View) -> View:
    """A view whose GET never counts as activity: clocks and refreshes that run without a person."""
    view.passive = True  # type: ignore[attr-defined]
    return view


def is_passive(request: HttpRequest, view: object) -> bool:
    """Whether the request was sent by the page itself and not by the person before it."""
    by_view = request.method in {"GET", "HEAD"} and bool(getattr(view, "passive", False))
    return by_view or PASSIVE_HEADER in request.headers


def from_script(request: HttpRequest) -> bool:
    """Whether a script of the page sent it, so that the page stands and its answer is no page."""
    return any(header in request.headers for header in _SCRIPT_HEADERS)
