"""Numbers on licences of a business; every refusal is a ValueError with a sentence."""

import re

from django.utils.translation import gettext as _

from umkm_portal.lib.validators import ascii_digits


def _signs(text: str) -> str:
    """Letters and digits in capitals; people add spaces, dots and dashes as they please."""
    return re.sub(r"[\s./:-]", "", ascii_digits(text)).upper()


def clean_pirt(text: str) -> str:
    """Return "2063171010123-29": 13 digits and the year it ends in (Per-BPOM 4/2024)."""
    digits = re.sub(r"^(SPP)?P?IRT(NO)?", "", _signs(text))
    if not re.fullmatch(r"[0-9]{15}", digits):
        raise ValueError(_("Nomor P-IRT terdiri dari 15 angka, contoh 2063171010123-29."))
    return f"{digits[:13]}-{digits[13:]}"


def pirt_year(number: str) -> int:
    """Return the year a P-IRT number of `clean_pirt` ends in."""
    return 2000 + int(number[-2:])


def clean_halal(text: str) -> str:
    """Return "ID" and 17 digits; the KH number of a decree is another thing."""
    signs = _signs(text)
    if signs.startswith("KH"):
        raise ValueError(
            _(
                "Itu nomor ketetapan (KH). Tulis nomor sertifikat yang diawali ID. "
                'Belum ada? Pilih "Sedang diproses".'
            )
        )
    if not re.fullmatch(r"ID[0-9]{17}", signs):
        raise ValueError(_("Nomor sertifikat halal diawali ID, lalu 17 angka."))
    return signs


def clean_bpom(text: str) -> str:
    """Return "MD" or "ML" and 12 to 15 digits."""
    signs = re.sub(r"^BPOM(RI)?", "", _signs(text))
    if not re.fullmatch(r"M[DL][0-9]{12,15}", signs):
        raise ValueError(_("Nomor BPOM diawali MD atau ML, lalu 12 sampai 15 angka."))
    return signs


def clean_merek(text: str) -> str:
    """Return the number of a registered mark (IDM…) or of an application (DID…, JID…, D00…)."""
    signs = _signs(text)
    if signs.startswith("IDM"):
        known = re.fullmatch(r"IDM[0-9]{9}", signs)
    else:
        known = re.fullmatch(r"(DID|JID|D00|J00)[A-Z0-9]{4,17}", signs)
    if not known:
        raise ValueError(
            _("Nomor merek diawali IDM dan 9 angka, atau nomor permohonan seperti DID2024012345.")
        )
    return signs
