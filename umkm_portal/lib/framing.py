"""Templates with their frame and their parts laid in when they are read.

`{% extends "base.html" %}` and `{% include "x.html" %}` with fixed names look up templates, blocks
and scopes again for every visitor; a page has thirty of them, and what stands between is mostly
fixed. Here the page becomes one list of nodes, as if it had been written in one file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.template import Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode
from django.template.context import Context
from django.template.defaulttags import (
    CommentNode,
    CsrfTokenNode,
    CycleNode,
    ForNode,
    IfChangedNode,
    IfNode,
    LoadNode,
    ResetCycleNode,
    URLNode,
    WithNode,
)
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode

from umkm_portal.lib.tags.i18n import Sentence

Fresh = Callable[[str], Template]
"""Reads the template of that name once more: its nodes will be another page's own."""
DEEPEST = 8
# Nodes that leave no variable behind, or keep those they set to themselves.
TIDY = (
    *(TextNode, VariableNode, IfNode, ForNode, IncludeNode, WithNode),
    *(CommentNode, CsrfTokenNode, LoadNode),
)
# These too, unless told to keep what they say.
KEEPING = {
    SimpleNode: "target_var",
    URLNode: "asvar",
    TranslateNode: "asvar",
    BlockTranslateNode: "asvar",
    StaticNode: "varname",
}
# Those remember something between two turns, in a place that belongs to their own template.
REMEMBERING = (BlockNode, ExtendsNode, CycleNode, ResetCycleNode, IfChangedNode)


class Scope(Node):
    """What was a block or an include: variables set inside are gone behind it."""

    def __init__(
        self, nodes: list[Node], values: Mapping[str, FilterExpression], like: Node
    ) -> None:
        self.nodelist = NodeList(nodes)
        self.values = values
        self.token, self.origin = like.token, like.origin

    def render(self, context: Context) -> str:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        with context.push(**values):
            return self.nodelist.render(context)


class _Page:
    """`blocks`: of each name those of the page, of its frame, of its frame's frame."""

    def __init__(self, fresh: Fresh) -> None:
        self.fresh = fresh
        self.blocks: dict[str, list[NodeList]] = defaultdict(list)

    def laid(self, nodes: NodeList, *, inside: tuple[str, int] = ("", 0), depth: int = 0) -> None:
        found: list[Node] = []
        for node in nodes:
            if isinstance(node, BlockNode):
                found += self._block(node, (node.name, 0), depth)
            elif isinstance(node, Sentence):
                found += node.nodelist
            elif _is_super(node):
                found += self._block(node, (inside[0], inside[1] + 1), depth)
            elif isinstance(node, IncludeNode) and (part := self._part(node, depth)) is not None:
                found += part
            else:
                for inner in lists_inside(node):
                    self.laid(inner, inside=inside, depth=depth)
                found.append(node)
        nodes[:] = found

    def _block(self, node: Node, place: tuple[str, int], depth: int) -> list[Node]:
        name, level = place
        if level >= len(self.blocks[name]):
            return []
        nodes = NodeList(self.blocks[name][level])
        self.laid(nodes, inside=place, depth=depth)
        return _scoped(nodes, {}, node)

    def _part(self, node: IncludeNode, depth: int) -> list[Node] | None:
        """None for what must be looked up when it is asked for."""
        name = _constant(node.template)
        if name is None or node.isolated_context or depth == DEEPEST:
            return None
        nodes = self.fresh(name).nodelist
        if any(_nodes(nodes, kind) for kind in REMEMBERING):
            return None
        self.laid(nodes, depth=depth + 1)
        return _scoped(nodes, node.extra_context, node)


def lay_in(template: Template, fresh: Fresh) -> None:
    """Give the template the nodes of its whole page; leave one alone that cannot be told before."""
    page = _Page(fresh)
    frame = template
    names = {template.name}
    while (parent := next(iter(_nodes(frame.nodelist, ExtendsNode)), None)) is not None:
        name = _constant(parent.parent_name)
        if name is None or name in names:
            return
        for block in _nodes(parent.nodelist, BlockNode):
            page.blocks[block.name].append(NodeList(block.nodelist))
        names.add(name)
        frame = fresh(name)
    for block in _nodes(frame.nodelist, BlockNode):
        page.blocks[block.name].append(NodeList(block.nodelist))
    page.laid(frame.nodelist)
    template.nodelist = frame.nodelist


def _nodes(nodes: NodeList, kind: type[Node]) -> list[Any]:
    return nodes.get_nodes_by_type(kind)


def lists_inside(node: Node) -> list[NodeList]:
    """The lists themselves, to be changed; `if` makes up another one when asked for its nodes."""
    if isinstance(node, IfNode):
        return [branch for _condition, branch in node.conditions_nodelists]
    found = [getattr(node, name, None) for name in node.child_nodelists]
    return [each for each in found if isinstance(each, NodeList)]


def _scoped(nodes: list[Node], values: Mapping[str, FilterExpression], like: Node) -> list[Node]:
    if not values and all(map(_is_tidy, nodes)):
        return nodes
    return [Scope(nodes, values, like)]


def _is_tidy(node: Node) -> bool:
    if isinstance(node, (*TIDY, Scope)):
        return all(map(_is_tidy, node.nodelist)) if isinstance(node, IfNode) else True
    name = next((keeps for kind, keeps in KEEPING.items() if isinstance(node, kind)), "")
    return bool(name) and getattr(node, name) is None


def _is_super(node: Node) -> bool:
    return isinstance(node, VariableNode) and node.filter_expression.token == "block.super"  # noqa: S105


def _constant(expression: FilterExpression) -> str | None:
    """The name that stands there in quotes, and not beside this template."""
    name = None if expression.filters else expression.var
    return name if isinstance(name, str) and not name.startswith(".") else None
