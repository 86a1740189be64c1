"""How each kind of cell of a member sheet is read; a refusal is a ValueError with a sentence."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import Sector
from umkm_portal.lib.dates import parse_tanggal, tanggal_polos
from umkm_portal.lib.nik import parse_nik
from umkm_portal.lib.regions import all_regions
from umkm_portal.lib.rupiah import parse_rupiah
from umkm_portal.lib.validators import clean_name

MOST_DUES = 10_000_000
"""Rupiah; more than this for a year is a slip of the keyboard."""
_SERIAL = re.compile(r"[2-7][0-9]{4}")
_SHORT_DATE = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{2})")
_NUMBER_DATE = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
_YES = {"ya", "y", "iya", "sudah", "1", "true", "benar"}
_NO = {"tidak", "t", "belum", "0", "false", "salah"}
_KADIN_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{0,19}")


def short_line(most: int) -> Callable[[str], str]:
    return lambda text: clean_name(text, most)


def read_nik(text: str) -> str:
    return parse_nik(text, today=timezone.localdate()).digits


def read_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(_("Alamat e-mail itu tidak lengkap. Contoh: siti@contoh.id.")) from None
    return text.lower()


def read_sector(text: str) -> str:
    wanted = text.casefold()
    for value, label in Sector.choices:
        if wanted in {value, str(label).casefold()}:
            return str(value)
    names = ", ".join(str(label) for label in Sector.labels)
    raise ValueError(_("Bidang tidak dikenal. Pilih salah satu: %(names)s.") % {"names": names})


def read_kelurahan(text: str) -> str:
    code = _villages().get(text.casefold())
    if code is None:
        raise ValueError(_("Kelurahan tidak ada di Jakarta Selatan. Lihat lembar Penjelasan."))
    return code


@lru_cache(maxsize=1)
def _villages() -> Mapping[str, str]:
    rows = [row for row in all_regions() if row.parent]
    return {name: row.code for row in rows for name in (row.name.casefold(), row.code)}


def read_yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueError(_("Tulis ya atau tidak."))
    return word in _YES


def read_kadin_number(text: str) -> str:
    number = clean_name(text, 40).upper()
    if not _KADIN_NUMBER.fullmatch(number):
        raise ValueError(
            _("Nomor anggota paling banyak 20 huruf, angka, titik, garis miring, tanda hubung.")
        )
    return number


def read_dues(text: str) -> int:
    amount = parse_rupiah(text)
    if not 1 <= amount <= MOST_DUES:
        raise ValueError(_("Jumlah iuran antara Rp1 dan Rp10.000.000."))
    return amount


def read_day(text: str) -> datetime.date:
    """Read "12/06/2026", "12 Juni 2026", or the number Excel keeps for a day ("46185").

    Raises ValueError with a sentence; one that can be read in two ways names both.
    """
    if _SERIAL.fullmatch(text):
        return _EXCEL_DAY_ZERO + datetime.timedelta(days=int(text))
    if match := _SHORT_DATE.fullmatch(text):
        raise ValueError(_two_ways_of_short(text, *(int(part) for part in match.groups())))
    if (match := _NUMBER_DATE.fullmatch(text)) and int(match[2]) > 12 >= int(match[1]):
        day = f"{match[2]}/{match[1]}/{match[3]}"
        raise ValueError(
            _("Bulan %(month)s tidak ada. Hari ditulis dulu: %(day)s, atau bulannya dengan huruf.")
            % {"month": match[2], "day": day}
        )
    return parse_tanggal(text)


def is_month_first(text: str) -> bool:
    """Whether this cell makes sense only as month/day/year: its sheet writes months first."""
    match = _NUMBER_DATE.fullmatch(text.strip())
    return bool(match) and int(match[2]) > 12 >= int(match[1])  # type: ignore[index]


def two_readings(text: str) -> str:
    """Return a sentence with both days this cell can mean, "" when there is only one."""
    match = _NUMBER_DATE.fullmatch(text.strip())
    if not match:
        return ""
    first, second, year = (int(part) for part in match.groups())
    if first == second or not (1 <= first <= 12 and 1 <= second <= 12):
        return ""
    days = datetime.date(year, second, first), datetime.date(year, first, second)
    return _asked(text, *days)


def _two_ways_of_short(text: str, first: int, second: int, third: int) -> str:
    days = []
    for year, month, day in ((third, second, first), (first, second, third)):
        try:
            days.append(datetime.date(2000 + year, month, day))
        except ValueError:
            continue
    if len(set(days)) == 2:
        return _asked(text, *days)
    return _("Tulis tahunnya empat angka, contoh 12/06/2026.")


def _asked(text: str, one: datetime.date, other: datetime.date) -> str:
    return _(
        "%(text)s bisa berarti %(one)s atau %(other)s. Tulis bulannya dengan huruf dan "
        "tahunnya empat angka."
    ) % {"text": text, "one": tanggal_polos(one), "other": tanggal_polos(other)}
