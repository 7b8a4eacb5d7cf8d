"""Every page asks for a login, but for the few that settings name."""

import re
import uuid
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samordna.assignments.tests.factories import worker
from tests.authorisation.browsers import Browsers, undone
from tools.translations import catalogue, rooms

pytestmark = pytest.mark.once("sqlite")

EXAMPLES = {"uuid": uuid.UUID(int=7), "int": 7, "slug": "x", "string": "x", "path": "x"}


def routes(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


ROUTES = dict(routes(get_resolver()))
PROTECTED = {name: pattern for name, pattern in ROUTES.items() if name not in settings.LOGIN_EXEMPT_ROUTES}


def address(name: str, pattern: URLPattern) -> str:
    converters = pattern.pattern.converters
    values = {
        key: EXAMPLES.get(type(c).__name__.removesuffix("Converter").lower(), "x")
        for key, c in converters.items()
    }
    return reverse(name, kwargs=values)


@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_login(client: Client) -> None:
    led = {
        (name, method): getattr(client, method)(address(name, pattern))
        for name, pattern in PROTECTED.items()
        for method in ("get", "post")
    }
    # What a page asks by itself (the session's clock) is told, not led away.
    assert [asked for asked, answer in led.items() if not _is_sent_away(answer)] == []


def _is_sent_away(answer: HttpResponse) -> bool:
    if answer.status_code == HTTPStatus.FOUND:
        return answer.headers["Location"].startswith(reverse("accounts:login"))
    return answer.status_code == HTTPStatus.UNAUTHORIZED


# Asked by machines: what they answer is no page.
NO_PAGES = {"operations:live", "operations:ready"}


@pytest.fixture
def at_work(db: None) -> Browsers:
    return Browsers({"anna": worker()})


@pytest.mark.requirement("L-07")
def test_every_address_answers_get_and_no_error_is_an_empty_page(at_work: Browsers) -> None:
    """Reload, a change of language and the way back from login ask by GET for the address that a browser stands at."""
    wrong = []
    for name, pattern in ROUTES.items():
        for method in ("head", "get", "post", "put"):
            with undone():
                answer = getattr(at_work.of("anna"), method)(address(name, pattern))
                if not _is_a_page(name, method, answer):
                    wrong.append(f"{name} {method}: {answer.status_code}")
    assert wrong == []


def _is_a_page(name: str, method: str, answer: HttpResponse) -> bool:
    """What cannot be shown is told on a page that leads on."""
    if method in {"head", "get"} and answer.status_code in {405, 500}:
        return False
    if answer.status_code < 400 or method == "head" or name in NO_PAGES | {"drafts:save"}:
        return True
    page = answer.content.decode()
    return "<h1>" in page and 'href="/' in page


@pytest.mark.requirement("L-07")
def test_a_change_of_language_leads_to_a_page(at_work: Browsers) -> None:
    """From wherever one stands, also where a posted form was answered."""
    wrong = []
    for name in set(ROUTES) - NO_PAGES - {"accounts:logout"}:
        with undone():
            chosen = {"language": "sv", "next": address(name, ROUTES[name])}
            answer = at_work.of("anna").post(reverse("web:language"), chosen, follow=True)
            shown = answer.status_code in {200, 400, 404} and (answer.content or name == "accounts:session")
            wrong += [] if shown else [f"{name}: {answer.status_code}"]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.requirement("L-07")
@pytest.mark.parametrize("checks", [False, True], ids=["with a token", "without a token"])
def test_nobody_who_is_not_logged_in_fills_the_database(checks: bool) -> None:
    """No route keeps what a stranger posts, nor writes into the log that nothing may ever delete."""
    tables = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    before = {model: model._default_manager.count() for model in tables}
    stranger = Client(enforce_csrf_checks=checks)
    long = {"assignment": "1", "draft_form": "goal:1", "text": "x" * 300_000}
    for name, pattern in ROUTES.items():
        stranger.post(address(name, pattern), long)
    assert {model for model in tables if model._default_manager.count() != before[model]} == set()


def test_the_exempt_routes_exist() -> None:
    assert set(settings.LOGIN_EXEMPT_ROUTES) <= set(ROUTES)


def test_every_route_has_a_name_in_its_room() -> None:
    assert [name for name in ROUTES if ":" not in name or name.endswith(":None")] == []


# The county's places, users and settings count no patients: their numbers may be seen by those who work with them.
NUMBERED_ROOMS = {"organisations", "assignments", "accounts", "operations"}


def tells_nothing(name: str, key: str, kind: str) -> bool:
    numbered = name.split(":")[0] in NUMBERED_ROOMS or key == "unit_id"
    return kind in {"UUIDConverter", "SlugConverter"} or (numbered and kind == "IntConverter")


def test_addresses_carry_random_ids_only() -> None:
    """A number that counts would tell how many there are, and a text could be a name (L-11)."""
    found = {
        name: key
        for name, pattern in ROUTES.items()
        for key, converter in pattern.pattern.converters.items()
        if not tells_nothing(name, key, type(converter).__name__)
    }
    assert found == {}


# Known to load balancers by these names, and the root.
AS_OTHERS_KNOW_IT = {"operations:live", "operations:ready", "accounts:start"}
WORD, PARAMETER = re.compile(r"[a-zåäö]+"), re.compile(r"<[^>]*>")


def test_addresses_are_english_and_end_alike() -> None:
    """Pages follow the user's language, links may not: their words are those of message ids and of names of routes."""
    ids = (entry.msgid for room in rooms() for entry in catalogue(room) or ())
    english = {word for text in (*ids, *ROUTES) for word in WORD.findall(text.lower())}
    paths = {name: str(ROUTES[name].pattern) for name in set(ROUTES) - AS_OTHERS_KNOW_IT}
    words = {name: set(WORD.findall(PARAMETER.sub("", path))) - english for name, path in paths.items()}
    assert {name: unknown for name, unknown in words.items() if unknown} == {}
    assert [name for name, path in paths.items() if not path.endswith("/")] == []
