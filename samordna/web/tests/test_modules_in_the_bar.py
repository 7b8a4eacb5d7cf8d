"""The tabs of the modules are shown, and lead where work begins, by the rights at the unit stood at (V-03, K-04)."""

from collections.abc import Callable
from itertools import combinations

import pytest
from django.http import HttpRequest
from django.urls import resolve

from samordna.kernel.module import Module, Right
from samordna.web.context import Frame, landing
from samordna.web.tests.conftest import an_actor

RIGHTS = [{(module, right)} for module in Module for right in Right]


@pytest.mark.parametrize("held", [set(), *RIGHTS, *(one | two for one, two in combinations(RIGHTS, 2))])
def test_a_module_is_in_the_bar_where_any_right_in_it_is_held(
    make_request: Callable[..., HttpRequest], held: set[tuple[Module, Right]]
) -> None:
    actor = an_actor(module_rights=frozenset(held))
    frame = Frame(make_request(actor=actor))
    modules = {module for module, _right in held}
    first = "/spu/" if Module.SPU in modules else "/sip/" if Module.SIP in modules else "/administer/"
    assert [tab.key for tab in frame.tabs] == [
        *(["spu"] if Module.SPU in modules else []),
        *(["sip"] if Module.SIP in modules else []),
        "administer",
    ]
    assert (landing(actor), frame.urls["start"]) == (first, first)
    found_by = {"/spu/": "/spu/search/", "/sip/": "/sip/search/", "/administer/": ""}
    assert frame.search == found_by[first]


def test_the_field_in_the_bar_looks_for_cases_of_the_tab_that_one_is_at(
    make_request: Callable[..., HttpRequest],
) -> None:
    both = frozenset({(Module.SPU, Right.ANSWER), (Module.SIP, Right.ANSWER)})
    asked = make_request(actor=an_actor(module_rights=both))
    for address, search in (("/sip/", "/sip/search/"), ("/spu/", "/spu/search/")):
        asked.resolver_match = resolve(address)
        frame = Frame(asked)
        assert [tab.url for tab in frame.tabs if tab.current] == [address]
        assert frame.search == search
