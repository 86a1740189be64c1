"""Paper for a market, from what its pages show: a poster, and a sign for each table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Edition, Event, EventDay
from events.reports.editions import Seller, seller_count, sellers_on
from umkm_portal.lib.dates import jam, tanggal, tanggal_polos
from umkm_portal.lib.pdf import render_pdf
from umkm_portal.lib.qr import qr_drawing

FRIDAY = 4
MOST_DAYS = 4
"""As many as the poster has room for, one below the other."""


def poster(event: Event) -> bytes:
    """A PDF of A4; the event must come with its days. Its code leads to the edition's page."""
    edition = Edition.objects.filter(event=event).first()
    address = settings.SITE_URL + event.get_absolute_url()
    days = list(event.days.all())
    return render_pdf(
        "poster",
        {
            "title": event.name,
            "kicker": event.organiser or "UMKM Jaksel",
            "name": event.name,
            "invite": event.summary or _("Belanja langsung dari pembuatnya."),
            "days": _days(days),
            "venue": event.venue,
            "address": event.address,
            "sellers": _sellers(days),
            "online": _online(edition),
            "qr": qr_drawing(address),
            "scan": _("Pindai: penjual, barang, dan denah"),
            "link": _short(address),
            "portal": "UMKM Jaksel",
        },
    )


def table_signs(day: EventDay) -> bytes:
    """A PDF of A6, a page for each booth of that day, in the order of their numbers."""
    when = tanggal(day.date)
    return render_pdf(
        "market_signs",
        {
            "title": _("Papan lapak %s") % when,
            "signs": [_sign(seller, when) for seller in sellers_on(day)],
        },
    )


def _days(days: list[EventDay]) -> list[dict[str, str]]:
    """Each day, or of a long edition its first and last, so that none is left out."""
    if len(days) <= MOST_DAYS:
        return [_day(day) for day in days]
    first, last = days[0], days[-1]
    hours = {(day.opens_at, day.closes_at) for day in days}
    said = _day(first)["hours"] if len(hours) == 1 else _("Jam tiap hari ada di halamannya")
    count = _("%d hari") % len(days)
    return [
        {
            "date": _("%(first)s sampai %(last)s")
            % {"first": tanggal_polos(first.date), "last": tanggal_polos(last.date)},
            "hours": f"{count}. {said}",
            "pause": "",
        }
    ]


def _day(day: EventDay) -> dict[str, str]:
    pause = _("Istirahat salat Jumat") if day.date.weekday() == FRIDAY else _("Istirahat")
    return {
        "date": tanggal(day.date),
        "hours": _("Pukul %(opens)s–%(closes)s WIB")
        % {"opens": jam(day.opens_at), "closes": jam(day.closes_at)},
        "pause": f"{pause} {jam(day.break_from)}–{jam(day.break_to)}"
        if day.break_from and day.break_to
        else "",
    }


def _sellers(days: list[EventDay]) -> str:
    """Of the fullest day; nothing before the list is there."""
    most = max((seller_count(day) for day in days), default=0)
    return ngettext("%d penjual", "%d penjual", most) % most if most else ""


def _online(edition: Edition | None) -> str:
    if edition is None or not edition.online_url:
        return ""
    return _("Juga di %(name)s: %(link)s") % {
        "name": edition.online_label or _("toko daring"),
        "link": _short(edition.online_url),
    }


def _sign(seller: Seller, when: str) -> dict[str, Any]:
    address = settings.SITE_URL + seller.url
    about = [seller.sector_label, seller.kecamatan]
    return {
        "name": seller.name,
        "about": ", ".join(word for word in about if word),
        "pickup": _("Lapak %(number)s · %(day)s") % {"number": seller.number, "day": when},
        "qr": qr_drawing(address),
        "scan": _("Pindai, lihat semua produk kami"),
        "address": _short(address),
        "portal": "UMKM Jaksel",
    }


def _short(address: str) -> str:
    """As people would type it."""
    return address.partition("://")[2].rstrip("/")
