"""What a sheet of members asks, column by column: the one table behind template, import, export.

A blank cell means "leave as it is", so an export imports again without a change.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.member_cells import (
    read_day,
    read_dues,
    read_email,
    read_kadin_number,
    read_kelurahan,
    read_nik,
    read_sector,
    read_yes_no,
    short_line,
)
from umkm_portal.lib.phone import normalise_phone
from umkm_portal.lib.validators import clean_jakpreneur_id, clean_name, clean_nib

OURS = {"alasan", "baris"}
"""Headers of what the file of bad lines adds; mended and sent again, they are passed over."""
LINE = "#"
"""Header of the line number that travels with each row."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
_PHONE = re.compile(r"\+62[0-9 .()-]{6,20}")


@dataclass(slots=True)
class MemberRow:
    """One line of the sheet, cleaned; None is a cell that was left blank."""

    line: int = 0
    number: str | None = None
    full_name: str | None = None
    nik: str | None = field(default=None, repr=False)
    phone: str | None = None
    email: str | None = None
    name: str | None = None
    sector: str | None = None
    kelurahan: str | None = None
    street: str | None = None
    nib: str | None = None
    jakpreneur_id: str | None = None
    verified: bool | None = None
    jakpreneur_since: datetime.date | None = None
    kadin_number: str | None = None
    member_since: datetime.date | None = None
    paid_until: datetime.date | None = None
    last_dues: int | None = None
    found: Any = field(default=None, repr=False)
    changes: dict[str, Any] = field(default_factory=dict, repr=False)
    old: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def has_kadin(self) -> bool:
        return any(getattr(self, column.key) is not None for column in COLUMNS if column.is_kadin)


@dataclass(frozen=True)
class Column:
    """`group` names who may see it: "kadin" dues, "pemkot" the city's verification."""

    key: str
    header: Any
    read: Callable[[str], Any]
    help: Any
    example: str
    is_required: bool = False
    group: str = ""
    is_exported: bool = True

    @property
    def is_kadin(self) -> bool:
        return self.group == "kadin"

    def clean(self, text: str) -> Any:
        """Return the value of a cell, None for a blank one. Raises ValueError with a sentence."""
        text = text.strip()
        if text in {"", "-", "–"}:
            return None
        if _FORMULA.match(text) and not _PHONE.fullmatch(text):
            raise ValueError(_("Isian tidak boleh diawali tanda = + - atau @."))
        return self.read(text)


COLUMNS = (
    Column(
        "number",
        gettext_lazy("Nomor usaha"),
        lambda text: clean_name(text, 20).upper(),
        gettext_lazy("Nomor di portal. Kosongkan untuk usaha yang belum ada di portal."),
        "",
    ),
    Column(
        "full_name",
        gettext_lazy("Nama pemilik"),
        short_line(120),
        gettext_lazy("Nama sesuai KTP."),
        "Siti Contoh",
        is_required=True,
    ),
    Column(
        "nik",
        "NIK",
        read_nik,
        gettext_lazy("16 angka, format Teks. Disimpan terenkripsi dan tidak pernah diekspor."),
        "3174994507850001",
        is_exported=False,
    ),
    Column(
        "phone",
        gettext_lazy("Nomor HP"),
        normalise_phone,
        gettext_lazy("Diawali 08 atau +62, format Teks."),
        "081234567890",
    ),
    Column(
        "email",
        gettext_lazy("E-mail"),
        read_email,
        gettext_lazy("Satu alamat."),
        "siti@contoh.example",
    ),
    Column(
        "name",
        gettext_lazy("Nama usaha"),
        short_line(120),
        gettext_lazy("Seperti di papan nama atau kemasan."),
        "Batik Contoh",
        is_required=True,
    ),
    Column(
        "sector",
        gettext_lazy("Bidang"),
        read_sector,
        gettext_lazy("Kuliner, Fashion, Kerajinan, Jasa, atau Lainnya."),
        "Fashion",
        is_required=True,
    ),
    Column(
        "kelurahan",
        gettext_lazy("Kelurahan"),
        read_kelurahan,
        gettext_lazy("Kelurahan tempat usaha, di Jakarta Selatan."),
        "Cipedak",
        is_required=True,
    ),
    Column(
        "street",
        gettext_lazy("Jalan dan nomor"),
        short_line(200),
        gettext_lazy("Alamat usaha tanpa kelurahan."),
        "Jl. Contoh No. 1",
    ),
    Column("nib", "NIB", clean_nib, gettext_lazy("13 angka, format Teks."), "0220001234567"),
    Column(
        "jakpreneur_id",
        gettext_lazy("Nomor Jakpreneur"),
        clean_jakpreneur_id,
        gettext_lazy("Huruf, angka, titik, garis miring, atau tanda hubung."),
        "JP-000123",
    ),
    Column(
        "verified",
        gettext_lazy("Sudah diverifikasi Pemkot"),
        read_yes_no,
        gettext_lazy(
            "ya atau tidak. Hanya Admin yang boleh menulis ya. Kosong berarti tidak: pemilik "
            "melengkapi sendiri setelah klaim."
        ),
        "tidak",
        group="pemkot",
    ),
    Column(
        "jakpreneur_since",
        gettext_lazy("Jakpreneur sejak"),
        read_day,
        gettext_lazy("Tanggal, contoh 12/06/2026 atau 12 Juni 2026. Untuk yang terverifikasi."),
        "",
        group="pemkot",
    ),
    Column(
        "kadin_number",
        gettext_lazy("Nomor anggota Kadin"),
        read_kadin_number,
        gettext_lazy("Kosong: portal memberi nomor, bila kolom Kadin lain diisi."),
        "KDN-0042",
        group="kadin",
    ),
    Column(
        "member_since",
        gettext_lazy("Anggota Kadin sejak"),
        read_day,
        gettext_lazy("Tanggal pencatatan pertama."),
        "12 Juni 2023",
        group="kadin",
    ),
    Column(
        "paid_until",
        gettext_lazy("Iuran lunas sampai"),
        read_day,
        gettext_lazy("Hari terakhir masa yang sudah dibayar di luar portal."),
        "11 Juni 2026",
        group="kadin",
    ),
    Column(
        "last_dues",
        gettext_lazy("Iuran terakhir (Rp)"),
        read_dues,
        gettext_lazy("Jumlah yang dibayar untuk masa itu. Kosong: tarif yang berlaku waktu itu."),
        "120000",
        group="kadin",
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}
DATES = tuple(column.key for column in COLUMNS if column.read is read_day)


def columns_of(headers: list[str], columns: Sequence[Column] = COLUMNS) -> list[Column | None]:
    """Return the column each header names, None where it is empty.

    Raises ValueError with a sentence for one that is unknown, twice there, or missing.
    """
    by_key = {column.key: column for column in columns}
    known = {_plain(str(column.header)): column for column in columns}
    found = [known.get(_plain(header)) for header in headers]
    strange = [
        header
        for header, column in zip(headers, found, strict=True)
        if header and not column and _plain(header) not in OURS
    ]
    if strange:
        raise ValueError(
            _("Kolom tidak dikenal: %(names)s. Pakai judul kolom dari templat.")
            % {"names": ", ".join(strange[:5])}
        )
    keys = [column.key for column in found if column]
    twice = sorted({str(by_key[key].header) for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(_("Kolom %(names)s ada dua kali.") % {"names": ", ".join(twice)})
    missing = [str(c.header) for c in columns if c.is_required and c.key not in keys]
    if missing:
        raise ValueError(_("Kolom %(names)s tidak ada.") % {"names": ", ".join(missing)})
    return found


def _plain(header: str) -> str:
    return " ".join(header.replace("*", " ").casefold().split())
