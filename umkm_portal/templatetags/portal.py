"""What templates may say: money, dates, phones, icons and links, each thin over a door in lib."""

from __future__ import annotations

import datetime
import json
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from umkm_portal.lib import dates, phone, rupiah

register = template.Library()

STATE_ICONS = {"ok": "check-lg", "wait": "hourglass-split", "bad": "x-lg"}
NOTICE_KINDS = {"success": "ok", "warning": "wait", "error": "bad"}
NOTICE_ICONS = {
    "ok": "check-circle-fill",
    "wait": "hourglass-split",
    "bad": "exclamation-circle-fill",
}
CATEGORY_ICONS = {"kuliner": "cup-hot", "fashion": "handbag", "kriya": "basket"}
WEEKDAYS = ("Sen", "Sel", "Rab", "Kam", "Jumat", "Sab", "Min")


def _or_empty(function: Any) -> Any:
    """An absent value prints as nothing, as everywhere else in templates."""

    def filtered(value: Any) -> str:
        return "" if value in (None, "") else str(function(value))

    filtered.__name__ = function.__name__
    return filtered


register.filter("rupiah", _or_empty(rupiah.rupiah))
register.filter("terbilang", _or_empty(rupiah.terbilang))
register.filter("tanggal", _or_empty(dates.tanggal))
register.filter("tanggal_polos", _or_empty(dates.tanggal_polos))
register.filter("tanggal_pendek", _or_empty(dates.tanggal_pendek))
register.filter("jam", _or_empty(dates.jam))
register.filter("pukul", _or_empty(dates.pukul))
register.filter("hp", _or_empty(phone.show_phone))


@register.filter
def ribuan(number: int | None) -> str:
    """1204 becomes "1.204"."""
    return "" if number is None else f"{number:,}".replace(",", ".")


@register.filter
def wa_link(number: str, text: str = "") -> str:
    """A stored phone number becomes a WhatsApp link, with `text` already typed in."""
    return phone.whatsapp_link(number, str(text)) if number else ""


@register.filter
def webcal(site: str) -> str:
    """The site's address as phones open a calendar to subscribe to: "webcal://…"."""
    return site.replace("https://", "webcal://").replace("http://", "webcal://")


@register.filter
def hari_pendek(day: datetime.date) -> str:
    """The weekday on a date tile: "Sel"; Friday is written out."""
    return WEEKDAYS[day.weekday()]


@register.filter
def error_links(form: BaseForm) -> list[tuple[str, str]]:
    """Every error of a form as (id of its field or "", sentence), in the order of the fields."""
    links = [("", str(error)) for error in form.non_field_errors()]
    for field in form:
        # A group of radio buttons has no id of its own; its first button has.
        target = field.id_for_label or f"{field.auto_id}_0"
        links += [(target, str(error)) for error in field.errors]
    return links


@register.filter
def notice_kind(message: Any) -> str:
    """The level of a Django message as the word our notices use."""
    return NOTICE_KINDS.get(message.level_tag, "")


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """One symbol of the sprite; it is decoration, so the words beside it carry the meaning."""
    return _symbol(name, extra)


# A page has fifty of them; the address of the sprite changes with a new start only.
@lru_cache(maxsize=500)
def _symbol(name: str, extra: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f"i {extra}".strip(),
        static("vendor/sprite.svg"),
        name,
    )


# What could end the block, or begin another, written as JSON also allows.
_IN_A_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(*data: Any) -> SafeString:
    """What search engines read; a block of data, which no browser runs."""
    text = json.dumps(list(data) if len(data) > 1 else data[0], ensure_ascii=False)
    return SafeString(f'<script type="application/ld+json">{text.translate(_IN_A_SCRIPT)}</script>')


@register.simple_tag
def state_badge(word: Any, kind: str = "") -> SafeString:
    """A status word; `kind` is ok, wait, bad or empty and brings its icon and colour."""
    mark = format_html("{} ", icon(STATE_ICONS[kind])) if kind in STATE_ICONS else ""
    modifier = f" state--{kind}" if kind in STATE_ICONS else ""
    return format_html('<span class="state{}">{}{}</span>', modifier, mark, word)


@register.simple_tag
def notice_icon(kind: str = "") -> SafeString:
    return icon(NOTICE_ICONS.get(kind, "info-circle-fill"))


@register.simple_tag
def category_icon(slug: str, extra: str = "") -> SafeString:
    return icon(CATEGORY_ICONS.get(slug, "shop"), extra)


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The page's own address with some GET values changed; None or "" takes one out."""
    request = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def current(context: template.Context, path: str) -> str:
    """aria-current for a menu link: "page" on the page itself, "true" on the pages beneath it."""
    request = context.get("request")
    if request is None or (path == "/" and request.path != "/"):
        return ""
    if request.path == path:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"') if request.path.startswith(path) else ""


@register.inclusion_tag("components/friday_week.html")
def friday_week(
    day: datetime.date | None,
    opens: datetime.time | None = None,
    closes: datetime.time | None = None,
    today: datetime.date | None = None,
) -> dict[str, Any]:
    """How long until the next JBL day, and its week from Monday to Sunday."""
    today = today or timezone.localdate()
    shown = day or today
    monday = shown - datetime.timedelta(days=shown.weekday())
    week = [monday + datetime.timedelta(days=n) for n in range(7)]
    lead, rest = _countdown(day, opens, closes, today)
    return {
        "lead": lead,
        "rest": rest,
        "label": _("Pekan ini") if today in week else _("Pekan Jumat Beli Lokal"),
        "days": [
            {
                "name": hari_pendek(each),
                "number": each.day,
                "is_past": each < today,
                "is_today": each == today,
                "is_jbl": each == day,
            }
            for each in week
        ],
    }


def _countdown(
    day: datetime.date | None,
    opens: datetime.time | None,
    closes: datetime.time | None,
    today: datetime.date,
) -> tuple[str, str]:
    if day and opens and closes and closes < opens and day == today - datetime.timedelta(days=1):
        return _("Malam ini"), _("buka sampai %s") % dates.jam(closes)
    if day is None or day < today:
        return _("Libur"), _("Belum ada jadwal berikutnya")
    if day == today:
        return _("Hari ini"), _("buka sampai %s") % dates.jam(closes) if closes else ""
    if day == today + datetime.timedelta(days=1):
        return _("Besok"), _("pukul %s") % dates.jam(opens) if opens else ""
    return str((day - today).days), _("hari lagi")
