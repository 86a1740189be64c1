"""The agenda as HTML. Written here and not as templates: a month holds 200 events, and the template
engine took many times as long for the same words as all the rest of the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape

from django import template
from django.utils.dateformat import format as say
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from events.choices import EventState
from events.reports.agenda import MonthDay
from events.reports.event_cards import EventCard, PlainCard
from umkm_portal.templatetags.portal import hari_pendek

register = template.Library()


@register.simple_tag
def event_cards(cards: Iterable[EventCard]) -> SafeString:
    """The list items of ul.event-list, one for each day of an event."""
    # Each value is escaped below; the rest is our own.
    return mark_safe("".join(_card(card) for card in cards))  # noqa: S308


@register.simple_tag
def month_days(days: Iterable[MonthDay], query: str) -> SafeString:
    """The list items of ol.cal, one for each day of the month's weeks; `query`: the filters."""
    return mark_safe("".join(_day(day, query) for day in days))  # noqa: S308


def _card(card: EventCard) -> str:
    place = f" · {escape(card.place)}" if card.place else ""
    note = f"<p>{escape(card.note)}</p>" if card.note else ""
    return (
        f'<li class="event-card"><time class="date-tile t-{escape(card.kind)}" '
        f"{_leaf(card.day, get_language())}</time>\n"
        f'<div><span class="event-card__kind t-{escape(card.kind)}">'
        f"{escape(card.kind_label)}</span>"
        f'<h3><a class="stretched-link" href="{escape(card.url)}">{escape(card.name)}</a></h3>'
        f"<p>{card.times}{place}</p>{note}</div></li>\n"
    )


def _day(day: MonthDay, query: str) -> str:
    marks = (
        (day.is_out, "cal__day--out"),
        (day.is_friday, "cal__day--jumat"),
        (day.is_past, "cal__day--past"),
        (day.is_today, "cal__day--today"),
        (day.cards, "has-event"),
    )
    classes = " ".join(["cal__day", *(name for holds, name in marks if holds)])
    events = "".join(_event(card) for card in day.cards)
    if day.more:
        events += _rest(day, query)
    listed = f'<ul class="cal__events">{events}</ul>' if events else ""
    return f'<li class="{classes}">{_head(day.date, get_language())}{listed}</li>\n'


def _event(card: PlainCard) -> str:
    more = _cancelled() if card.is_cancelled else f"{card.times}, {escape(card.place)}"
    return (
        f'<li><a class="cal__event t-{escape(card.kind)}" href="{escape(card.url)}">'
        f"{escape(card.name)} <small>{more}</small></a></li>"
    )


def _rest(day: MonthDay, query: str) -> str:
    url = f"/agenda/{day.date:%Y/%m/%d}/{query}"
    words = _more(day.more, get_language())
    return f'<li><a class="cal__more" href="{escape(url)}">{words}</a></li>'


def _cancelled() -> str:
    return escape(str(EventState.CANCELLED.label))


@lru_cache(maxsize=200)
def _more(count: int, _language: str | None) -> str:
    return f"+{escape(ngettext('%d acara lagi', '%d acara lagi', count) % count)}"


# The names of days and months are slow to come by, and always the same.
@lru_cache(maxsize=1000)
def _leaf(day: date, _language: str | None) -> str:
    """Of a calendar: "Jumat, 12, Jun"."""
    return f'datetime="{day:%Y-%m-%d}">{hari_pendek(day)}<b>{day.day}</b>{say(day, "M")}'


@lru_cache(maxsize=1000)
def _head(day: date, _language: str | None) -> str:
    """Of a cell: "Jumat 12 Jun"."""
    return (
        f'<time datetime="{day:%Y-%m-%d}"><span>{say(day, "l")} </span>'
        f"<b>{day.day}</b><span> {say(day, 'M')}</span></time>"
    )
