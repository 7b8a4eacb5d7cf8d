"""Words of templates that are always the same are put into a language once."""

from unittest.mock import patch

import pytest
from django.template import Context, engines
from django.templatetags.i18n import TranslateNode
from django.utils import translation


def rendered(source: str, language: str, **values: object) -> str:
    with translation.override(language):
        return engines["django"].from_string("{% load i18n %}" + source).render(values)


@pytest.mark.parametrize(
    ("source", "swedish"),
    [
        ('{% translate "Save" %}', "Spara"),
        ('{% trans "Save" %}', "Spara"),
        ('{% translate "Save" as said %}{{ said }}', "Spara"),
        ('{% translate "Save"|upper %}', "SPARA"),
        ("{% translate word %}", "Spara"),
        ('{% translate "Save" noop %}', "Save"),
        ('{% translate "100% <b>" %}', "100% <b>"),
    ],
)
def test_a_text_is_said_in_the_readers_language(source: str, swedish: str) -> None:
    assert rendered(source, "sv", word="Save") == swedish


def test_the_same_place_of_a_template_is_said_in_each_language_by_turns() -> None:
    template = engines["django"].from_string('{% load i18n %}{% translate "Save" %}').template  # type: ignore[attr-defined]

    def said(language: str) -> str:
        with translation.override(language):
            return str(template.render(Context()))

    assert [said(language) for language in ("sv", "en", "sv", "en")] == ["Spara", "Save", "Spara", "Save"]
    with patch.object(TranslateNode, "render", side_effect=AssertionError):
        assert (said("sv"), said("en")) == ("Spara", "Save")
