"""Sheets of members for tests: rows by column, uploaded and worked on as the worker does."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.core.files.base import ContentFile

from members.actions.import_batch import confirm_import, upload_members
from members.member_import import work_on
from members.member_sheet import COLUMNS
from members.models import ImportBatch, User
from umkm_portal.lib.xlsx import read_rows, write_csv, write_rows

HEADERS = [str(column.header) for column in COLUMNS]
KEYS = [column.key for column in COLUMNS]
ANI = {
    "full_name": "Ani Contoh",
    "nik": "3174995203800009",
    "phone": "081211112222",
    "email": "ani@contoh.example",
    "name": "Kue Ani",
    "sector": "Kuliner",
    "kelurahan": "Cipedak",
    "street": "Jl. Contoh No. 7",
    "nib": "0220001234567",
    "jakpreneur_id": "JP-000123",
    "verified": "ya",
    "kadin_number": "KDN-0042",
    "member_since": "12 Juni 2023",
    "paid_until": "11 Juni 2027",
    "last_dues": "120.000",
}
MINE = {**ANI, "verified": "", "nik": ""}


def cells(rows: Iterable[dict[str, str]]) -> list[list[str]]:
    return [[row.get(key, "") for key in KEYS] for row in rows]


def xlsx(*rows: dict[str, str]) -> bytes:
    return write_rows(HEADERS, cells(rows))


def csv(*rows: dict[str, str]) -> bytes:
    return write_csv(HEADERS, cells(rows))


def rows_in(content: bytes) -> list[list[str]]:
    return read_rows(ContentFile(content), name="berkas.xlsx")


def check(content: bytes, by: User, name: str = "anggota.xlsx") -> ImportBatch:
    """Upload and check; the batch as it stands then."""
    batch = upload_members(content, name=name, by=by, via="admin")
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def bring_in(content: bytes, by: User, *, tell_owners: bool = False) -> ImportBatch:
    """Upload, check, confirm and write."""
    batch = check(content, by)
    confirm_import(batch, tell_owners=tell_owners, by=by, via="admin")
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return (batch.created, batch.updated, batch.unchanged, batch.refused)


def stream(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)
