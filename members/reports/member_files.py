"""The template to fill, and the members as a file of the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from members.member_sheet import COLUMNS, Column, MemberRow
from members.models import Business, Kelurahan, User
from members.reports.member_rows import (
    CHUNK,
    as_row,
    businesses_for,
    export_columns,
    with_everything,
)
from umkm_portal.lib.batches import batched
from umkm_portal.lib.xlsx import csv_parts, write_rows, write_sheets


def template() -> bytes:
    """Return an empty XLSX with the importer's own columns, and a sheet that explains each."""
    headers = [_header(column) for column in COLUMNS]
    explained = [
        (
            str(column.header),
            _("wajib untuk usaha baru") if column.is_required else _("boleh kosong"),
            str(column.help),
            column.example,
        )
        for column in COLUMNS
    ]
    villages = Kelurahan.objects.select_related("kecamatan").order_by("kecamatan__name", "name")
    return write_sheets(
        {
            _("Anggota"): (headers, []),
            _("Penjelasan"): (
                [_("Kolom"), _("Wajib?"), _("Cara mengisi"), _("Contoh")],
                [*explained, *_rules()],
            ),
            _("Kelurahan"): (
                [_("Kelurahan"), _("Kecamatan"), _("Kode")],
                ((row.name, row.kecamatan.name, row.code) for row in villages),
            ),
        }
    )


def _header(column: Column) -> str:
    return f"{column.header} *" if column.is_required else str(column.header)


def _rules() -> list[tuple[str]]:
    return [
        ("",),
        (_("Satu baris satu usaha. Isian kosong berarti tidak diubah."),),
        (_("Semua baris masuk, atau tidak satu pun. Baris yang salah disebut satu per satu."),),
        (_("Berkas yang sama dua kali tidak menambah apa pun."),),
        (_("Pemilik usaha baru belum bisa masuk. Serahkan kode klaim kepadanya."),),
    ]


def export_xlsx(user: User) -> bytes:
    """Return what this member of staff may take out, as text cells."""
    columns = export_columns(user)
    return write_rows([str(c.header) for c in columns], _lines(user, columns), sheet=_("Anggota"))


def export_csv(user: User) -> Iterator[bytes]:
    """Yield the same as CSV, part by part."""
    columns = export_columns(user)
    return csv_parts([str(c.header) for c in columns], _lines(user, columns))


def _lines(user: User, columns: Sequence[Column]) -> Iterator[list[Any]]:
    """First who, then what is held of CHUNK at a time: no statement is longer than a page's may be,
    and nobody comes twice or is left out when somebody joins meanwhile."""
    villages = dict(Kelurahan.objects.values_list("code", "name"))
    wanted = businesses_for(user).values_list("pk", flat=True)
    for chunk in batched(list(wanted), CHUNK):
        for business in with_everything(Business.objects.filter(pk__in=chunk)).order_by("pk"):
            row = as_row(business)
            yield [_cell(row, column, villages) for column in columns]


def _cell(row: MemberRow, column: Column, villages: dict[str, str]) -> Any:
    value = getattr(row, column.key)
    if column.key == "kelurahan":
        return villages.get(value, "")
    if column.key == "phone" and value:
        return f"0{value.removeprefix('+62')}"
    if column.key == "sector" and row.found:
        return row.found.get_sector_display()
    return value
