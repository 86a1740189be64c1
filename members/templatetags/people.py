"""Whose pages these are: the chosen business, and what of them this person may open."""

from __future__ import annotations

from django import template

from members.views import working

register = template.Library()


@register.simple_tag(takes_context=True)
def desk(context: template.Context) -> working.Desk:
    """The desk of the request: its places, the chosen first."""
    return working.desk(context["request"])
