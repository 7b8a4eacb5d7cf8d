"""Rooms' tests that go by pages run on SQLite; on PostgreSQL as many of them as it takes for each route to be asked.

What a page shows is alike on both databases; what commands, queries, races and migrations do there is proved by tests
that do not go by pages, and by those marked `both`. The long run runs all on both, the fast one that sample alone.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.support.left_out import on_postgresql
from tests.support.postgresql import find_programs
from tests.support.size import FAST, LONG

# What a test says by these, one database answers in its own way.
_BOTH = frozenset({"race", "postgresql", "both", "once"})
_OF_DATABASES = frozenset({"committed_db", "server_said", "in_threads"})


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    on_a_second_one = on_postgresql() and find_programs() is not None
    if LONG or not (FAST or on_a_second_one):
        return
    left = set(spared(items))
    if left:
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]


def spared(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """The tests that ask for no route but those which earlier ones ask for."""
    asked: set[str] = set()
    for item in items:
        if goes_by_pages(item):
            routes = set(routes_of(item))
            if routes <= asked:
                yield item
            asked |= routes


def goes_by_pages(item: pytest.Item) -> bool:
    """Whether it is a room's test that uses Django's test client, itself or by what it calls."""
    is_rooms = item.nodeid.startswith("samordna/")
    if not is_rooms or any(item.get_closest_marker(name) for name in _BOTH):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & _OF_DATABASES:
        return False
    return "client" in fixtures or any(found is Client for found in _reached(item))


def routes_of(item: pytest.Item) -> Iterator[str]:
    """The routes that it names, itself or by what it calls: whole ("sip:part"), or room ("sip:") and name apart."""
    words = {found for found in _reached(item) if isinstance(found, str)}
    rooms = {word for word in words if word.endswith(":")}
    yield from filter(None, map(_route_at, words))
    for route in _routes():
        room, _colon, name = route.rpartition(":")
        if route in words or (f"{room}:" in rooms and name in words):
            yield route


def _reached(item: pytest.Item) -> Iterator[object]:
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    functions = [item.function, *(one.func for found in fixtures for one in found)]
    for function in functions:
        yield from _from(function)
    for given in item.callspec.params.values() if hasattr(item, "callspec") else ():
        yield from _from(given) if callable(given) else [given]


@cache
def _from(start: Any) -> tuple[object, ...]:
    """Words, and what is called, in a test's own code and in the tests' code that it leads to."""
    seen: dict[int, object] = {}
    waiting = [start]
    while waiting:
        found = waiting.pop()
        if id(found) not in seen:
            seen[id(found)] = found
            waiting.extend(_next(found))
    return tuple(seen.values())


def _next(found: Any) -> Iterator[object]:
    if isinstance(found, type) and _of_tests(found):
        yield from (getattr(one, "fget", one) for one in vars(found).values())
    function = getattr(found, "__wrapped__", found)
    if isinstance(function, FunctionType) and _of_tests(function):
        yield from _in_code(function.__code__, function.__globals__)
        yield from (cell.cell_contents for cell in function.__closure__ or ())


def _in_code(code: CodeType, names: dict[str, Any]) -> Iterator[object]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _in_code(constant, names)
        elif isinstance(constant, str):
            yield constant
        elif isinstance(constant, tuple):
            yield from (one for one in constant if isinstance(one, str))
    for name in code.co_names:
        value = names.get(name)
        yield value
        if isinstance(value, ModuleType) and ".tests" in value.__name__:
            yield from (getattr(value, other) for other in code.co_names if hasattr(value, other))


@cache
def _route_at(word: str) -> str | None:
    try:
        return resolve(word).view_name if word.startswith("/") else None
    except Resolver404:
        return None


def _of_tests(one: Any) -> bool:
    return ".tests" in one.__module__ or one.__module__.startswith("tests")


@cache
def _routes() -> frozenset[str]:
    return frozenset(_named(get_resolver(), ""))


def _named(resolver: URLResolver, room: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{room}{pattern.name}"
        else:
            yield from _named(pattern, f"{room}{pattern.namespace}:" if pattern.namespace else room)
