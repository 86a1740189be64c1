"""`{% url "name" %}`: the address of a page without arguments is looked up once.

A page's head and foot hold fifteen of them.
"""

from __future__ import annotations

from django.conf import settings
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.urls import get_script_prefix


class URLNode(defaulttags.URLNode):
    kept = ""

    def render(self, context: Context) -> str:
        self.kept = self.kept or str(super().render(context))
        return self.kept


def url(parser: Parser, token: Token) -> defaulttags.URLNode:
    node = defaulttags.url(parser, token)
    name = node.view_name.var
    is_fixed = isinstance(name, str) and not (node.view_name.filters or node.args or node.kwargs)
    # The desk's addresses depend on which desk it is, and all on where the portal is mounted.
    if not is_fixed or node.asvar or name.startswith("admin:") or get_script_prefix() != "/":
        return node
    if settings.FORCE_SCRIPT_NAME:
        return node
    return URLNode(node.view_name, [], {}, None)
