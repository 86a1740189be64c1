"""`{% url "name" %}` and `{% url "name" thing.pk %}`: an address is looked up once.

A page's head and foot hold fifteen without arguments; of one with a key only the key differs.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.urls import get_script_prefix, get_urlconf, reverse

_KEY = 8_675_309


class URLNode(defaulttags.URLNode):
    kept = ""

    def render(self, context: Context) -> str:
        self.kept = self.kept or str(super().render(context))
        return self.kept


class KeyedURLNode(defaulttags.URLNode):
    """Any other argument than a key is left to Django."""

    def render(self, context: Context) -> str:
        key = self.args[0].resolve(context)
        if type(key) is int and key >= 0:
            return address_of(self.view_name.var, key)
        return str(super().render(context))


def address_of(name: str, key: int) -> str:
    """What `reverse` says of a page whose one argument is a key, in a thirtieth of the time."""
    before, after = _around(name, get_urlconf())
    return f"{before}{key}{after}"


@lru_cache(maxsize=200)
def _around(name: str, urlconf: str | None) -> tuple[str, str]:
    before, after = reverse(name, args=[_KEY], urlconf=urlconf).split(str(_KEY))
    return before, after


def url(parser: Parser, token: Token) -> defaulttags.URLNode:
    node = defaulttags.url(parser, token)
    name = node.view_name.var
    is_fixed = isinstance(name, str) and not (node.view_name.filters or node.kwargs or node.asvar)
    # The desk's addresses depend on which desk it is, and all on where the portal is mounted.
    if not is_fixed or name.startswith("admin:") or get_script_prefix() != "/":
        return node
    if settings.FORCE_SCRIPT_NAME:
        return node
    if len(node.args) > 1:
        return node
    return (KeyedURLNode if node.args else URLNode)(node.view_name, node.args, {}, None)
