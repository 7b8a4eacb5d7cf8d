"""Django's tags of translation, with the words of `translate` kept where they are always the same.

A page has some hundred of them. Loaded as `i18n` (TEMPLATES in the settings).
"""

from typing import Any

from django.template import Library
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class KeptWords(Node):
    """The words of a text without variables, put into each language once, escaped as they are asked for."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self._node = node
        self._kept: dict[tuple[str | None, bool], Any] = {}

    def render(self, context: Context) -> Any:
        key = get_language(), context.autoescape
        if key not in self._kept:
            self._kept[key] = self._node.render(context)
        return self._kept[key]


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """As Django's own."""
    node: Any = i18n.do_translate(parser, token)
    expression = node.filter_expression
    varies = node.asvar or node.message_context or expression.filters or expression.var.literal is None
    return node if varies else KeptWords(node)
