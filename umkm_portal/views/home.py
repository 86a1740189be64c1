from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.cards import Card
from catalog.choices import Category
from catalog.filters import Filters
from catalog.reports.facets import option_counts
from catalog.reports.listing import EVERY, Where, list_page
from catalog.reports.places import known_places
from events.reports.agenda import coming_events
from events.reports.editions import next_jbl_day, seller_count, tag_cards
from events.reports.event_cards import EventCard

PRODUCTS = 8
EVENTS = 3


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    newest = _all_lazy(list_page(Filters(), Where(EVERY, [])).cards)
    day = next_jbl_day(at=now)
    tag_cards(newest, day, at=now)
    context = {
        "jbl": day,
        "stalls": seller_count(day) if day else 0,
        "cards": sorted(newest, key=lambda card: not card.stall_tag)[:PRODUCTS],
        "categories": _categories(newest),
        "event_cards": _one_card_each(coming_events(at=now, limit=EVENTS * 5))[:EVENTS],
    }
    return render(request, "home.html", context)


def _all_lazy(cards: list[Card]) -> list[Card]:
    """They stand below the fold of any screen, and must not hold up the picture above it."""
    for card in cards:
        card.first = card.eager = False
    return cards


def _one_card_each(cards: list[EventCard]) -> list[EventCard]:
    """An event of several days stands once, on its next day."""
    return list({card.url: card for card in reversed(cards)}.values())[::-1]


def _categories(cards: list[Card]) -> list[dict[str, Any]]:
    counts = option_counts(Filters(), known_places())
    return [
        {
            "label": label,
            "count": counts.get(f"kategori:{value}", 0),
            "url": reverse("catalog:product_category", args=[value]),
            "card": next((card for card in cards if card.category == value), None),
            "modifier": {"fashion": " cat--fashion", "kerajinan": " cat--kriya"}.get(value, ""),
        }
        for value, label in Category.choices
    ]
