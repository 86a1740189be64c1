"""Indonesian mobile numbers: one stored form (E.164), whatever way they were typed."""

import re
from urllib.parse import quote

import phonenumbers
from django.utils.translation import gettext as _

from umkm_portal.lib.validators import ascii_digits

# National number after +62: mobile prefixes 81-83 and 85-89, 9 to 12 digits in all.
_MOBILE = re.compile(r"8[1-35-9]\d{7,10}", re.ASCII)
_BETWEEN = re.compile(r"[\s()./\u2010-\u2015\u2212\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069-]+")


def normalise_phone(text: str) -> str:
    """Return "+6281234567890" from 0812…, 812…, 62812…, +62 812… or 0062812….

    Raises ValueError with a sentence when it is no Indonesian mobile number.
    """
    compact = _BETWEEN.sub("", ascii_digits(text[:100])).replace("\uff0b", "+")
    national = re.sub(r"^(?:(?:\+|00)?62)?0?", "", compact)
    if len(compact) > 20 or not _MOBILE.fullmatch(national):
        raise ValueError(_("Nomor HP harus diawali 08 atau +62, contoh 0812 3456 7890."))
    number = phonenumbers.parse(f"+62{national}")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(phone: str) -> str:
    """Return a stored number as people read it: "0812-3456-7890"."""
    national = "0" + phone.removeprefix("+62")
    return "-".join(part for part in (national[:4], national[4:8], national[8:]) if part)


def whatsapp_link(phone: str, text: str = "") -> str:
    """Return the link that opens a chat with this number, with `text` already typed."""
    link = f"https://wa.me/{phone.removeprefix('+')}"
    return f"{link}?text={quote(text, safe='')}" if text else link
