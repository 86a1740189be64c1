"""`{% translate %}`: a sentence without variables is translated when its template is read.

Translating the sixty sentences of a page again for every visitor took a fifth of its time.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.base import Node, Parser, TextNode, Token, TokenType, Variable
from django.templatetags import i18n
from django.utils import translation


def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    expression = node.filter_expression
    literal = isinstance(expression.var, Variable) and expression.var.literal is not None
    is_fixed = literal and not (expression.filters or node.asvar or node.message_context)
    return _said(node) if is_fixed else node


def block_translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_block_translate(parser, token)
    is_text = all(part.token_type == TokenType.TEXT for part in node.singular)
    varies = node.plural or node.extra_context or node.message_context or node.asvar
    return _said(node) if is_text and not varies else node


def _said(node: Node) -> Node:
    if len(settings.LANGUAGES) > 1:
        return node
    context = Context()
    # Asked for what stands in the place of a variable that is missing; here is none.
    about: Any = SimpleNamespace(engine=SimpleNamespace(string_if_invalid=""))
    context.template = about
    with translation.override(settings.LANGUAGE_CODE):
        return TextNode(node.render(context))
