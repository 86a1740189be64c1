"""Cards as HTML. Written here and not as a template: a page holds 24 of them, and the template
engine took five times as long for the same words as all the rest of the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.cards import Card
from catalog.forms.sheet import Group
from catalog.reports.directory import Entry
from members.models import Kecamatan
from umkm_portal.lib.rupiah import rupiah
from umkm_portal.templatetags.portal import icon, state_badge

register = template.Library()

_CURRENT = ' aria-current="true"'
SIZES = 'sizes="(min-width:1024px) 25vw, 50vw"'


class Words(NamedTuple):
    """What every card of a page says alike."""

    verified: str
    shield: str
    non_halal: str
    sold_out: str


@register.simple_tag
def product_cards(cards: Iterable[Card]) -> SafeString:
    """The list items of ul.product-grid."""
    words = Words(
        verified=f'&nbsp;{icon("patch-check-fill")}<span class="visually-hidden">'
        f"{escape(_('(usaha terverifikasi)'))}</span>",
        shield=icon("shield-check"),
        non_halal=state_badge(_("Non-halal")),
        sold_out=state_badge(_("Habis"), "bad"),
    )
    # Each value is escaped below; the rest is our own.
    return mark_safe("".join(_card(card, words) for card in cards))  # noqa: S308


@register.simple_tag
def product_card(card: Card) -> SafeString:
    return product_cards([card])


def _card(card: Card, words: Words) -> str:
    unit = f" <small>/ {escape(card.unit)}</small>" if card.unit else ""
    return (
        '<li class="product-card"><h3 class="product-card__name">'
        f'<a class="stretched-link" href="{escape(card.url)}">{escape(card.name)}</a></h3>'
        f'<p class="price">{rupiah(card.price)}{unit}</p>'
        f"{_facts(card, words)}"
        f'<div class="product-card__media">{_picture(card) if card.photo_url else ""}'
        f"{_stall(card.stall_tag) if card.stall_tag else ''}</div></li>\n"
    )


def _seller(card: Card, words: Words) -> str:
    """The mark of who was verified keeps to the last word: alone on a line it says nothing."""
    if not card.verified:
        return escape(card.seller)
    first, space, last = card.seller.rpartition(" ")
    return f'{escape(first)}{space}<span class="nobr">{escape(last)}{words.verified}</span>'


def _facts(card: Card, words: Words) -> str:
    found = ""
    if card.seller:
        found += f'<p class="product-card__seller">{_seller(card, words)}</p>'
    lines = (
        escape(card.kecamatan),
        f"{words.shield} {escape(card.licences)}" if card.licences else "",
        words.non_halal if card.is_non_halal else "",
        words.sold_out if card.sold_out else "",
    )
    return found + "".join(f'<p class="product-card__place">{line}</p>' for line in lines if line)


def _picture(card: Card) -> str:
    colour = f'<svg color="{escape(card.colour)}"></svg>' if card.colour else ""
    srcset = f' srcset="{escape(card.srcset)}" {SIZES}' if card.srcset else ""
    haste = ' fetchpriority="high"' if card.first else "" if card.eager else ' loading="lazy"'
    image = (
        f'<img src="{escape(card.photo_url)}"{srcset} width="{card.width}" '
        f'height="{card.height}" alt=""{haste}>'
    )
    if not card.avif:
        return f"{colour}{image}"
    lighter = f'<source type="image/avif" srcset="{escape(card.avif)}" {SIZES}>'
    return f"{colour}<picture>{lighter}{image}</picture>"


def _stall(tag: str) -> str:
    return f'<span class="stall-tag">{escape(tag)}</span>'


@register.simple_tag
def filter_options(group: Group) -> SafeString:
    """A check box for each option of a group of filters, with its count where it is known."""
    name = escape(group.name)
    boxes = (
        f'<div class="form-check"><input class="form-check-input" type="checkbox" '
        f'id="f-{name}-{number}" name="{name}" value="{escape(option.value)}"'
        f"{' checked' if option.checked else ''}>"
        f'<label class="form-check-label" for="f-{name}-{number}">{escape(str(option.label))}'
        f"{f' <span>{option.count}</span>' if option.count is not None else ''}</label></div>\n"
        for number, option in enumerate(group.options, 1)
    )
    return mark_safe("".join(boxes))  # noqa: S308  each value is escaped above


@register.simple_tag
def business_cards(entries: Iterable[Entry]) -> SafeString:
    """The cells of a row of the directory."""
    member = f'<span class="badge-member">{icon("patch-check-fill")} {escape(_("Anggota Kadin"))}'
    star = f'<span class="badge-member badge-member--jakpreneur">{icon("stars")} Jakpreneur</span>'
    return mark_safe("".join(_business(one, f"{member}</span>", star) for one in entries))  # noqa: S308


def _business(one: Entry, member: str, star: str) -> str:
    badges = f"{member if one.is_kadin else ''}{star if one.is_jakpreneur else ''}"
    row = f'<div class="badge-row">{badges}</div>' if badges else ""
    return (
        '<div class="col-12 col-md-6 col-lg-4"><article class="panel seller">'
        f'<span class="logo c-{escape(one.tone)}" aria-hidden="true">{escape(one.letter)}</span>'
        f'<div><h3><a href="{escape(one.url)}">{escape(one.name)}</a></h3>'
        f"<p>{escape(one.about)}</p></div>{row}</article></div>"
    )


@register.simple_tag
def letter_chips(letters: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """How names begin, each with its address."""
    chips = (
        f'<a class="chip" href="{escape(url)}"{_CURRENT if letter == chosen else ""}>'
        f"{'0–9' if letter == '0' else escape(letter.upper())}</a>"
        for letter, url in letters
    )
    return mark_safe("".join(chips))  # noqa: S308  each value is escaped above


@register.simple_tag
def place_options(places: Iterable[Kecamatan], chosen: str) -> SafeString:
    options = (
        f'<option value="{escape(place.slug)}"{" selected" if place.slug == chosen else ""}>'
        f"{escape(place.name)}</option>"
        for place in places
    )
    return mark_safe("".join(options))  # noqa: S308  each value is escaped above
