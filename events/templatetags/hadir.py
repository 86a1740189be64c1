"""A card at an officer's phone: the door's own buttons on the page that checks it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from events.reports.doors import arrivals_of

register = template.Library()


@register.inclusion_tag("events/card_arrivals.html", takes_context=True)
def card_arrivals(context: Any, code: str) -> dict[str, Any]:
    """Nothing, and no query, but for who is signed in and keeps the lists at the door."""
    user = context["user"]
    if not user.has_perm("events.add_attendance"):
        return {"arrivals": []}
    found = arrivals_of(code, at=timezone.now())
    return {"arrivals": found, "code": code, "csrf_token": context.get("csrf_token")}
