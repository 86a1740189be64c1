"""Money: whole rupiah, written the Indonesian way (EYD: "Rp120.000", no space)."""

import re

from django.utils.translation import gettext as _
from lokal import terbilang as _spell

from umkm_portal.lib.validators import ascii_digits

MOST_RUPIAH = 1_000_000_000_000_000
"""A thousand trillion: far above any turnover here, far below what a bigint holds."""

_GROUPED = re.compile(r"\d{1,3}(?:([.,\u0020])\d{3}(?:\1\d{3})*)?|\d+")
_CENTS_OF_ZERO = re.compile(r",(?:0{1,2}|-)$")
_SHORT = re.compile(r"(\d{1,6})(?:[,.](\d{1,3}))? ?(rb|ribu|k|jt|juta)")
_UNITS = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}


def rupiah(amount: int) -> str:
    """Return the amount as people read it: 120000 is "Rp120.000"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def parse_rupiah(text: str) -> int:
    """Read whole rupiah from "120.000", "120000", "Rp120.000,00", "120 rb" or "1,5 juta".

    Raises ValueError with a sentence for the user. Cents other than zero are refused, because no
    amount here has any, and a minus sign is refused because no form asks for a debt.
    """
    cleaned = ascii_digits(text).replace("\u00a0", " ").strip().lower()
    cleaned = re.sub(r"^(rp|idr)\.? ?", "", cleaned)
    short = _SHORT.fullmatch(cleaned)
    if short:
        amount = _from_short(*short.groups())
    else:
        cleaned = _CENTS_OF_ZERO.sub("", cleaned)
        if not _GROUPED.fullmatch(cleaned) or len(cleaned) > 30:
            raise ValueError(_("Tulis jumlah dalam rupiah dengan angka saja, contoh 120.000."))
        amount = int(re.sub(r"\D", "", cleaned))
    if amount > MOST_RUPIAH:
        raise ValueError(_("Jumlah itu terlalu besar. Periksa jumlah nol."))
    return amount


def _from_short(whole: str, part: str | None, unit: str) -> int:
    part = part or ""
    return int(whole + part) * _UNITS[unit] // int(10 ** len(part))


def terbilang(amount: int) -> str:
    """Spell the amount for a receipt: 120000 is "seratus dua puluh ribu rupiah"."""
    return str(_spell(amount, currency=True))
