"""Links to shops elsewhere: only to marketplaces people know, and only over https."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

# Host, and what a button calls it. A short link of the same house counts as the house.
MARKETPLACES = {
    "tokopedia.com": "Tokopedia",
    "tokopedia.link": "Tokopedia",
    "tk.tokopedia.com": "Tokopedia",
    "shopee.co.id": "Shopee",
    "id.shp.ee": "Shopee",
    "shp.ee": "Shopee",
    "lazada.co.id": "Lazada",
    "blibli.com": "Blibli",
    "bukalapak.com": "Bukalapak",
    "tiktok.com": "TikTok Shop",
    "padiumkm.id": "PaDi UMKM",
    "gofood.link": "GoFood",
    "gofood.co.id": "GoFood",
    "food.grab.com": "GrabFood",
    "r.grab.com": "GrabFood",
}
LONGEST_LINK = 300
_HANDLE = re.compile(r"[A-Za-z0-9._]{1,30}")
_AT_INSTAGRAM = re.compile(r"^(?:https?://)?(?:www\.)?instagram\.com/", re.IGNORECASE)


def parse_shop_link(text: str) -> str:
    """Return the https link as it is kept. Raises ValueError with a sentence."""
    typed = text.strip()
    link = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(link)
        is_plain = parts.port is None and parts.username is None
    except ValueError:
        raise ValueError(_not_a_shop()) from None
    if parts.scheme.lower() == "http":
        raise ValueError(_("Tautan harus diawali https://. Salin lagi dari aplikasinya."))
    is_clean = link.isascii() and not re.search(r"[\s<>\"'`\\^{|}\x00-\x1f\x7f]", link)
    if parts.scheme.lower() != "https" or not is_plain or not is_clean or not shop_name(link):
        raise ValueError(_not_a_shop())
    if len(link) > LONGEST_LINK:
        raise ValueError(_("Tautan terlalu panjang. Pakai tombol Bagikan di aplikasinya."))
    rest = link[link.index(parts.netloc) + len(parts.netloc) :]
    return f"https://{(parts.hostname or '').lower()}{rest}"


def shop_name(link: str) -> str:
    """Return "Tokopedia" for a link to it, "" for a link to anywhere else."""
    host = (urlsplit(link).hostname or "").lower()
    found = (name for end, name in MARKETPLACES.items() if host == end or host.endswith(f".{end}"))
    return next(found, "")


def parse_instagram(text: str) -> str:
    """Return the name behind "@", from the name or a link. Raises ValueError with a sentence."""
    name = _AT_INSTAGRAM.sub("", text.strip()).split("?")[0].strip("/").removeprefix("@")
    if not _HANDLE.fullmatch(name):
        raise ValueError(_("Nama Instagram berisi huruf, angka, titik, atau garis bawah."))
    return name


def _not_a_shop() -> str:
    names = list(dict.fromkeys(MARKETPLACES.values()))
    return _("Tautan ini bukan dari %(shops)s, atau %(last)s. Salin tautan dari aplikasinya.") % {
        "shops": ", ".join(names[:-1]),
        "last": names[-1],
    }
