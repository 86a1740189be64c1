"""The number on the identity card (NIK): PPRRSS DDMMYY NNNN, without a check digit.

Source: PP 40/2019 article 30; women have 40 added to the day. The region is where the number was
first issued and never changes, so another prefix than 31.74 is normal.
"""

import datetime
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from umkm_portal.lib.dates import add_years
from umkm_portal.lib.validators import ascii_digits

JAKSEL = "31.74"
"""Kota Administrasi Jakarta Selatan in the Ministry's codes (the statistics office uses 3171)."""
ADULT = 17
"""Years: the age at which one gets an identity card."""


@dataclass(frozen=True)
class Nik:
    """What a NIK says about its holder; `digits` stay out of any representation."""

    digits: str = field(repr=False)
    born_on: datetime.date
    sex: str
    region_code: str

    @property
    def is_jaksel(self) -> bool:
        return self.region_code.startswith(f"{JAKSEL}.")


def parse_nik(text: str, *, today: datetime.date) -> Nik:
    """Read a NIK; `today` decides the century of birth.

    Raises ValueError with a sentence when it has not 16 digits or cannot exist.
    """
    digits = re.sub(r"[\s.-]", "", ascii_digits(text[:100]))
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise ValueError(_("NIK terdiri dari 16 angka, lihat di KTP."))
    born_on, sex = _birth(digits[6:12], today)
    if digits[12:] == "0000":
        raise ValueError(_("Empat angka terakhir NIK tidak mungkin 0000. Lihat lagi di KTP."))
    if digits[:2] == "00" or digits[2:4] == "00" or digits[4:6] == "00":
        raise ValueError(_("Enam angka pertama NIK tidak mungkin. Lihat lagi di KTP."))
    return Nik(digits, born_on, sex, f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}")


def _birth(six: str, today: datetime.date) -> tuple[datetime.date, str]:
    day, month, year = int(six[:2]), int(six[2:4]), int(six[4:])
    sex = "P" if day > 40 else "L"
    day -= 40 if day > 40 else 0
    for century in (2000, 1900):
        try:
            born_on = datetime.date(century + year, month, day)
        except ValueError:
            # 29 February 1900 never was, 2000 had one: the other century may still have the day.
            continue
        if add_years(born_on, ADULT) <= today or century == 1900:
            return born_on, sex
    raise ValueError(
        _("Tanggal lahir di dalam NIK tidak mungkin. Periksa lagi angka ke-7 sampai 12.")
    )


def mask_nik(digits: str) -> str:
    """Return the NIK as everybody sees it: "3174••••••••0003"."""
    return f"{digits[:4]}{'•' * 8}{digits[-4:]}"
