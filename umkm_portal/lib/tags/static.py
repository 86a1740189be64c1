"""`{% static %}`: the address of a file whose name stands in the template is asked for once.

Its hash changes only with a deployment, which starts the process anew.
"""

from __future__ import annotations

from django.conf import settings
from django.template import Context
from django.template.base import Parser, Token
from django.templatetags import static as django_static


class StaticNode(django_static.StaticNode):
    kept = ""

    def url(self, context: Context) -> str:
        is_fixed = isinstance(self.path.var, str) and not self.path.filters
        if not is_fixed or settings.DEBUG:
            return str(super().url(context))
        self.kept = self.kept or str(super().url(context))
        return self.kept


def static(parser: Parser, token: Token) -> django_static.StaticNode:
    return StaticNode.handle_token(parser, token)
