"""What the page frame needs on every page: tabs, unit and name, language, session, support."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.web.requests import actor_of, error_id_of, own_page


@dataclass(frozen=True, slots=True)
class TabRule:
    """A tab is shown where one of its routes exists and the actor may use it.

    It is the current one on these routes and in its rooms. `search` is where its cases are looked for by the bar.
    """

    key: str
    label: str | Promise
    routes: tuple[str, ...]
    rooms: tuple[str, ...]
    allowed: Callable[[Actor], bool]
    search: str = ""


def _with_rights_in(module: Module) -> Callable[[Actor], bool]:
    return lambda actor: actor.rights(module).has_any


def _everyone(_actor: Actor) -> bool:
    return True


TAB_RULES = (
    TabRule(
        "spu",
        _("SPU"),
        ("overview:discharge",),
        ("discharge",),
        _with_rights_in(Module.SPU),
        search="overview:discharge_search",
    ),
    TabRule(
        "sip",
        _("SIP"),
        ("overview:sip",),
        ("sip", "cases", "people"),
        _with_rights_in(Module.SIP),
        search="overview:search",
    ),
    TabRule(
        "administer",
        _("Administer"),
        ("overview:administer", "accounts:me"),
        ("assignments", "organisations", "accounts", "oversight", "notifications", "operations"),
        _everyone,
    ),
    TabRule("manual", _("Manual"), ("help:manual",), (), _everyone),
    TabRule("help", _("Help"), ("help:index",), ("help",), _everyone),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as the template shows it."""

    key: str
    label: str | Promise
    url: str
    current: bool


class Frame:
    """Read by `web/base.html` as `frame`. Each part is worked out only if the page asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.actor = actor_of(request)
        self.error_id = error_id_of(request)
        self.exercise = bool(getattr(settings, "IS_EXERCISE", False))

    @cached_property
    def tabs(self) -> list[Tab]:
        """The tabs whose page exists and that the actor may use."""
        actor = self.actor
        if actor is None:
            return []
        found = [(rule, first_address(rule.routes)) for rule in TAB_RULES if rule.allowed(actor)]
        return [Tab(rule.key, rule.label, url, self._is_at(rule)) for rule, url in found if url]

    @cached_property
    def urls(self) -> dict[str, str]:
        """Addresses of the menu's pages; empty where the page does not exist."""
        found = {name: first_address(routes) for name, routes in _MENU.items()}
        return found if self.actor is None else found | {"start": landing(self.actor)}

    @property
    def search(self) -> str:
        """Where the field in the bar looks for cases: those of the tab, else of the first that the actor may use.

        Empty for who may use none.
        """
        actor = self.actor
        allowed = [rule for rule in TAB_RULES if rule.search and actor is not None and rule.allowed(actor)]
        allowed.sort(key=lambda rule: not self._is_at(rule))
        return first_address(tuple(rule.search for rule in allowed))

    @property
    def next(self) -> str:
        """Where a change of language leads back to: this page, which is opened as well when it was posted."""
        return own_page(self._request, self._request.get_full_path()) or "/"

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages that are not the present one, each by its own name."""
        return [
            (code, _OWN_NAMES.get(code, code)) for code, _name in settings.LANGUAGES if code != get_language()
        ]

    @property
    def signed_in(self) -> bool:
        """Whether someone is logged in, with or without a unit."""
        known = getattr(self._request, "user", None)
        return self.actor is not None or bool(getattr(known, "is_authenticated", False))

    @property
    def seconds_left(self) -> int:
        """How long the session lasts if nothing more is done."""
        left = getattr(self._request, "session_seconds_left", None)
        return int(left if left is not None else getattr(settings, "SESSION_IDLE_SECONDS", 1800))

    @property
    def support(self) -> list[str]:
        """Whom to turn to, nearest first (K-24): what a room above has put on the request, or the setting."""
        chain = (
            getattr(self._request, "support_chain", None)
            or getattr(settings, "SUPPORT_CHAIN", None)
            or _("First ask the superuser of your unit, then your local administrator.")
        )
        return [str(chain)] if isinstance(chain, str | Promise) else [str(line) for line in chain]

    def _is_at(self, rule: TabRule) -> bool:
        match = self._request.resolver_match
        return match is not None and (
            match.namespace in rule.rooms or match.view_name in (*rule.routes, rule.search)
        )


_OWN_NAMES = {"sv": "Svenska", "en": "English"}
_MENU = {
    "start": ("accounts:start",),
    "choose": ("assignments:choose_unit",),
    "profile": ("accounts:me",),
    "logout": ("accounts:logout",),
    "login": ("accounts:login",),
    "session": ("accounts:session",),
    "language": ("web:language",),
    "help": ("help:index",),
}


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame`."""
    return {"frame": Frame(request)}


def landing(actor: Actor) -> str:
    """Where the work begins: the first tab that the actor may use, SPU before SIP (V-03)."""
    return next(filter(None, (first_address(rule.routes) for rule in TAB_RULES if rule.allowed(actor))), "")


def first_address(routes: tuple[str, ...]) -> str:
    """The address of the first route that exists, or an empty text."""
    return next(filter(None, (_address(route, get_urlconf()) for route in routes)), "")


@lru_cache(maxsize=256)
def _address(route: str, _urlconf: str | None) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
