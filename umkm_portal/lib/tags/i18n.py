"""`{% translate %}` and `{% blocktranslate %}` are translated when their template is read.

Translating the sixty sentences of a page again for every visitor took a fifth of its time. With
one language, a sentence is fixed text, and one with variables is text and variables in turn.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.base import (
    Node,
    NodeList,
    Parser,
    TextNode,
    Token,
    TokenType,
    Variable,
    VariableNode,
)
from django.templatetags import i18n
from django.utils import translation

_PLACE = re.compile(r"%\((\w+)\)s")


class Sentence(Node):
    """The pieces of a translated sentence; framing lays them into the page."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodelist = NodeList(nodes)

    def render(self, context: Context) -> str:
        return self.nodelist.render(context)


def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    expression = node.filter_expression
    literal = isinstance(expression.var, Variable) and expression.var.literal is not None
    is_fixed = literal and not (expression.filters or node.asvar or node.message_context)
    return _said(node) if is_fixed and _has_one_language() else node


def block_translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_block_translate(parser, token)
    if node.plural or node.message_context or node.asvar or not _has_one_language():
        return node
    if all(part.token_type == TokenType.TEXT for part in node.singular):
        return _said(node) if not node.extra_context else node
    return _pieces(parser, node, token)


def _has_one_language() -> bool:
    return len(settings.LANGUAGES) == 1


def _said(node: Node) -> Node:
    context = Context()
    # Asked for what stands in the place of a variable that is missing; here is none.
    about: Any = SimpleNamespace(engine=SimpleNamespace(string_if_invalid=""))
    context.template = about
    with translation.override(settings.LANGUAGE_CODE):
        return TextNode(node.render(context))


def _pieces(parser: Parser, node: i18n.BlockTranslateNode, token: Token) -> Node:
    """A translation that names a variable the sentence does not have is left to Django."""
    sentence, names = node.render_token_list(node.singular)
    with translation.override(settings.LANGUAGE_CODE):
        said = translation.gettext(sentence)
    # Text and names by turns, since the names are caught.
    texts, places = _PLACE.split(said)[::2], _PLACE.findall(said)
    if not set(places) <= set(names) or any("%" in text.replace("%%", "") for text in texts):
        return node
    pieces: list[Node] = []
    for text, name in zip(texts, [*places, None], strict=True):
        if text:
            pieces.append(TextNode(text.replace("%%", "%")))
        if name:
            value = node.extra_context.get(name) or parser.compile_filter(name)
            pieces.append(VariableNode(value))
    for piece in pieces:
        # As the parser does it for every node: errors name the place in the template.
        piece.token = token
        if parser.origin:
            piece.origin = parser.origin
    return Sentence(pieces)
