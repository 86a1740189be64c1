"""Templates with their unchanging parts rendered once.

Half of a page's time went into words that never change: `{% translate "…" %}`, `{% static "…" %}`
and `{% icon "…" %}` with fixed arguments, between pieces of plain text. A run of such nodes is one
string per language. Before that, frame and parts are laid in (framing), so that runs go on from one
file to the next. Pages in HTML only, and not while developing.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django.template import Template
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import AutoEscapeControlNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.template.loaders.base import Loader as BaseLoader
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from umkm_portal.lib.framing import lay_in, lists_inside
from umkm_portal.lib.tags.url import URLNode

APART = ("admin/", "django/")
"""Django's own, which extend each other by the same name."""
FIXED_TAGS = {"icon", "state_badge", "category_icon"}
"""Tags of `portal` whose words depend on nothing but their arguments."""


class FixedRun(Node):
    """Neighbours that say the same on every page of a language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.token = nodes[0].token
        self.origin = nodes[0].origin
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        text = self.said.get(language)
        if text is None:
            text = self.said[language] = "".join(str(node.render(context)) for node in self.nodes)
        return text


class Value(VariableNode):
    """`{{ … }}`, most often a text: only other things are asked for their local form."""

    def render(self, context: Context) -> str:
        said = self.filter_expression.resolve(context)
        if type(said) is SafeString:
            return said
        if type(said) is str and context.autoescape:
            return escape(said)
        return render_value_in_context(said, context)


class _FoldingBase(BaseLoader):
    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if template_name.endswith(".html") and not template.engine.debug:
            if not (skip or template_name.startswith(APART)):
                lay_in(template, super().get_template)
            _fold(template.nodelist)
        return template


class Loader(cached.Loader, _FoldingBase):
    """Django's cached loader; what it keeps has been folded before anybody renders it."""


def _fold(nodes: NodeList) -> None:
    folded: list[Node] = []
    run: list[Node] = []
    for node in nodes:
        if _is_fixed(node):
            run.append(node)
            continue
        _close(run, folded)
        folded.append(_value(node) if type(node) is VariableNode else node)
        if not isinstance(node, AutoEscapeControlNode):
            for inner in lists_inside(node):
                _fold(inner)
    _close(run, folded)
    nodes[:] = folded


def _value(node: VariableNode) -> Value:
    value = Value(node.filter_expression)
    value.token, value.origin = node.token, node.origin
    return value


def _close(run: list[Node], folded: list[Node]) -> None:
    is_worth_it = any(not isinstance(node, TextNode) for node in run)
    folded.extend([FixedRun(run[:])] if is_worth_it else run)
    run.clear()


def _is_fixed(node: Node) -> bool:
    if isinstance(node, TextNode | URLNode):
        return True
    if isinstance(node, TranslateNode):
        literal = getattr(node.filter_expression.var, "literal", None)
        is_plain = not (node.asvar or node.noop or node.message_context)
        return is_plain and literal is not None and not node.filter_expression.filters
    if isinstance(node, StaticNode):
        return node.varname is None and _is_constant(node.path)
    return type(node) is SimpleNode and _is_fixed_tag(node)


def _is_fixed_tag(node: SimpleNode) -> bool:
    is_ours = node.func.__module__ == "umkm_portal.templatetags.portal"
    plain = not (node.takes_context or node.kwargs or node.target_var)
    return (
        is_ours
        and node.func.__name__ in FIXED_TAGS
        and plain
        and all(_is_constant(each) for each in node.args)
    )


def _is_constant(expression: FilterExpression) -> bool:
    return not expression.is_var and not expression.filters
