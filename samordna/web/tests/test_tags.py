"""The tags that every template uses."""

import re
from enum import Enum, StrEnum
from uuid import UUID

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.utils import translation

from samordna.web.symbols import SYMBOLS


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def shown(template, **context):
    return Template("{% load web %}" + template).render(Context(context))


class _Status(StrEnum):
    NOT_YET = "not_yet"


class _Numbered(Enum):
    TODO = 1


def test_a_symbol_always_has_a_word():
    assert '<span class="sr-only">Kan inte börja än</span>' in shown("{% symbol s %}", s=_Status.NOT_YET)
    assert '<span class="sr-only">Att göra</span>' in shown("{% symbol s %}", s=_Numbered.TODO)
    assert '<span class="sr-only">Initiativ: Klar</span>' in shown(
        '{% symbol "done" word="Initiativ: Klar" %}'
    )
    assert "<span>Låst</span>" in shown('{% symbol "LOCKED" show=True %}')
    assert "<span" not in shown('{% symbol "LOCKED" word="" %}')


def test_an_unknown_state_is_a_fault_and_not_an_empty_place():
    with pytest.raises(KeyError):
        shown('{% symbol "UNKNOWN" %}')


def test_words_are_escaped():
    assert "<script>" not in shown("{% symbol 'TODO' word=w %}{% tag 'TODO' word=w %}", w="<script>")
    assert (
        shown("{{ t|lines }}", t="<b>ett</b>\ntvå\n\ntre")
        == '<p dir="auto">&lt;b&gt;ett&lt;/b&gt;<br>två</p>\n\n<p dir="auto">tre</p>'
    )


def test_every_symbol_is_drawn():
    with open(finders.find("web/symbols.svg"), encoding="utf-8") as file:
        drawn = set(re.findall(r'<symbol id="([a-z-]+)"', file.read()))
    assert drawn == {symbol.shape for symbol in SYMBOLS.values()}


def test_personal_number():
    assert shown("{{ n|personal_number }}", n="194203109147") == "19420310-9147"
    assert shown("{{ n|personal_number }}", n="19420310-9147") == "19420310-9147"
    assert shown("{{ n|personal_number }}", n=None) == ""


def test_form_token_names_the_unit_and_has_a_new_key_each_time(make_request, actor):
    request = make_request(actor=actor)
    first, second = (shown("{% form_token %}", request=request) for _ in range(2))
    assert 'name="assignment" value="11"' in first
    assert 'name="assignment_unit" value="Hemtjänsten Norr"' in first
    assert 'name="csrfmiddlewaretoken"' in first
    keys = [re.search(r'name="form_key" value="([^"]+)"', text)[1] for text in (first, second)]
    assert UUID(keys[0]) != UUID(keys[1])


def test_form_token_before_a_unit_is_chosen(make_request):
    assert "assignment" not in shown("{% form_token %}", request=make_request(actor=None))
