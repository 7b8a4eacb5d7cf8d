"""The request as views see it, once it has passed the middleware."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refusal

# It stands in a header of the answer, quoted once more inside another address; a proxy takes four thousand in all.
LONGEST_ADDRESS = 1_000
# What an answer that tells of a database that is away carries, on its way out.
AWAY = "database_is_away"


class PageRequest(HttpRequest):
    """For annotations only: what the middleware of this and other rooms has added.

    `actor` is None on pages without login and before a unit is chosen, `request_id` is told on error
    pages, `refused` is what the audit middleware writes down after the answer, `events` gives what units can be
    told of by mail, `to_do_at` counts units' tasks,
    `hanging_on` and `hanging_on_assignments` what hangs on a unit or on assignments, `modules_hanging_on` of
    which modules that is on one, and `hand_over` gives it to a colleague.
    """

    actor: Actor | None
    request_id: str
    refused: list[Refusal]
    events: Callable[[], Sequence[Any]]
    to_do_at: Callable[[Collection[tuple[int, Module]], datetime], dict[tuple[int, Module], int]]
    hanging_on: Callable[[int, datetime], Any]
    hanging_on_assignments: Callable[[Collection[int]], Mapping[int, Any]]
    modules_hanging_on: Callable[[int], frozenset[Module]]
    hand_over: Callable[..., int]


def actor_of(request: HttpRequest) -> Actor | None:
    """Who acts, or None before login and before a unit is chosen."""
    return getattr(request, "actor", None)


def error_id_of(request: HttpRequest) -> str:
    """What a user reads out to support; found in the log as the start of the request's id."""
    return str(getattr(request, "request_id", ""))[:8].upper()


def form_key_of(request: HttpRequest) -> UUID | None:
    """The key that `{% form_token %}` gave the posted form, or None if there is none."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


def own_page(request: HttpRequest, address: str) -> str:
    """The address as one may be led to it: of this site, and no longer than the header of an answer may be.

    A longer one is cut to the page without what stands after the question mark; any other becomes an empty text, and so
    does every address of a request that asks for another site than this one.
    """
    try:
        site = request.get_host()
    except DisallowedHost:
        return ""
    page = address.partition("?")[0]
    fits = next((one for one in (address, page) if len(iri_to_uri(one)) <= LONGEST_ADDRESS), "")
    own = url_has_allowed_host_and_scheme(fits, allowed_hosts={site}, require_https=request.is_secure())
    return fits if own and fits.startswith("/") else ""


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What the user typed in a posted form, for pages that hand it back. Never tokens or passwords."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_TYPED and "password" not in name.lower()
        for value in values
        if value.strip()
    ]


def again_of(request: HttpRequest) -> dict[str, object]:
    """A posted form as a page can carry it, to be sent again; nothing when it cannot be read.

    Passwords are asked for anew and never stand in a page; files cannot. The address is always one of this site.
    """
    again = escape_leading_slashes(request.get_full_path())
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = list(request.FILES)
    except Exception:  # the body itself is what could not be read
        return {}
    secret = [name for name, _value in fields if "password" in name.lower()]
    return {
        "again": again,
        "method": request.method,
        "fields": [(name, value) for name, value in fields if name not in secret],
        "texts": [value for _name, value in typed_fields(request) if " " in value.strip()],
        "asked_anew": secret,
        "files": files,
    }


_NOT_TYPED = frozenset(
    {
        "csrfmiddlewaretoken",
        "assignment",
        "assignment_unit",
        "form_key",
        "next",
        "language",
        "draft_form",
        "draft_base",
    }
)
