"""Days and times the Indonesian way, in the zone of the settings (Asia/Jakarta)."""

import calendar
import datetime
import re

from django.utils import timezone
from django.utils.translation import gettext as _
from lokal import HOLIDAY_YEARS, holidays_on, is_working_day

from umkm_portal.lib.validators import ascii_digits

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_SHORT_MONTHS = tuple("Agu" if m == "Agustus" else m[:3] for m in MONTHS)
# People also write the names they know from English and from old spelling.
_MONTH_NUMBERS = (
    {name.lower(): n for n, name in enumerate(MONTHS, 1)}
    | {name.lower(): n for n, name in enumerate(_SHORT_MONTHS, 1)}
    | {"agt": 8, "agust": 8, "ags": 8, "sept": 9, "nop": 11, "nopember": 11, "pebruari": 2}
    | {"may": 5, "aug": 8, "oct": 10, "dec": 12}
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[/. -]+(\d{1,2})[/. -]+(\d{4})")
_WORDS = re.compile(r"(?:[a-z']+,? +)?(\d{1,2})[ .-]+([a-z]{3,9})\.?[ .-]+(\d{4})")


def _local(moment: datetime.date) -> datetime.date:
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def tanggal(day: datetime.date) -> str:
    """Return "Jumat, 12 Juni 2026"; a moment counts as its day in Jakarta."""
    day = _local(day)
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def tanggal_polos(day: datetime.date) -> str:
    """Return "12 Juni 2026", without the weekday, as on bills and receipts."""
    day = _local(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def tanggal_pendek(day: datetime.date) -> str:
    """Return "12 Jun 2026"."""
    day = _local(day)
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"


def jam(moment: datetime.time | datetime.datetime) -> str:
    """Return the time with a dot: "09.00"."""
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment.hour:02}.{moment.minute:02}"


def pukul(moment: datetime.time | datetime.datetime) -> str:
    """Return "pukul 09.00 WIB"."""
    return f"pukul {jam(moment)} WIB"


def parse_tanggal(text: str) -> datetime.date:
    """Read a day from "12/06/2026", "12-6-2026", "12 Juni 2026" or "2026-06-12".

    Raises ValueError with a sentence for the user.
    """
    cleaned = ascii_digits(text).replace("\u00a0", " ").strip().lower()
    if match := _ISO.fullmatch(cleaned):
        year, month, day = (int(part) for part in match.groups())
    elif match := _NUMBERS.fullmatch(cleaned):
        day, month, year = (int(part) for part in match.groups())
    elif match := _WORDS.fullmatch(cleaned):
        day, year = int(match[1]), int(match[3])
        month = _MONTH_NUMBERS.get(match[2], 0)
    else:
        raise ValueError(_("Tulis tanggal seperti 12/06/2026 atau 12 Juni 2026."))
    if not 1900 <= year <= 2200:
        raise ValueError(_("Periksa tahunnya. Tulis empat angka, contoh 12/06/2026."))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        message = _("Tanggal itu tidak ada di kalender. Tulis seperti 12/06/2026.")
        raise ValueError(message) from None


def add_years(day: datetime.date, years: int) -> datetime.date:
    """Return the same day `years` later; 29 February becomes 28 February in a common year."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def add_working_days(day: datetime.date, count: int) -> datetime.date:
    """Return the day `count` working days after `day`, without weekends, holidays, cuti bersama.

    For years whose decree is not published yet only weekends are known.
    """
    step = datetime.timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_workday(day)
    return day


def is_workday(day: datetime.date) -> bool:
    """Neither weekend, holiday nor cuti bersama; before a year's decree only weekends are known."""
    if day.year in HOLIDAY_YEARS:
        return bool(is_working_day(day))
    return day.weekday() < 5


def holiday_name(day: datetime.date) -> str:
    """ "Idulfitri 1447 H (cuti bersama)"; empty on other days, and before a year's decree."""
    if day.year not in HOLIDAY_YEARS:
        return ""
    found = [
        _("%s (cuti bersama)") % holiday.name if "cuti" in holiday.type else str(holiday.name)
        for holiday in holidays_on(day)
    ]
    return ", ".join(found)


def knows_holidays(year: int) -> bool:
    """Whether the decree on holidays of the year is known here."""
    return year in HOLIDAY_YEARS
