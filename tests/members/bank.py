"""A bank's file for the tests: rows as BCA writes them, and bills that wait for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from members.actions.statement import keep_statement, read_statement
from members.actions.statement_lines import book_line
from members.models import BankStatement, DuesInvoice, StatementLine, User
from members.statement_rows import Columns
from tests import make
from tests.members.money import member
from umkm_portal.lib.xlsx import write_csv, write_rows

HEADER = ["Tanggal", "Keterangan", "Cabang", "Jumlah", "DB/CR", "Saldo"]
COLUMNS = Columns(header_row=0, date=0, amount=3, descriptions=(1,), direction=4)
Row = Sequence[Any]


def row(
    on: date, description: str, amount: str = "120.000,00", side: str = "CR", saldo: str = "0,00"
) -> Row:
    return [f"{on:%d/%m/%Y}", description, "0000", amount, side, saldo]


def csv_file(rows: Iterable[Row], name: str = "mutasi.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, write_csv(HEADER, rows))


def xlsx_file(rows: Iterable[Row], name: str = "mutasi.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, write_rows(HEADER, rows))


def kept(rows: Iterable[Row], *, by: User, name: str = "mutasi.csv") -> BankStatement:
    return keep_statement(csv_file(rows, name), by=by, via="admin")


def read(rows: Iterable[Row], *, by: User, name: str = "mutasi.csv") -> BankStatement:
    """A statement whose lines were taken over."""
    return told(kept(rows, by=by, name=name), by=by)


def told(statement: BankStatement, *, by: User, **values: Any) -> BankStatement:
    return read_statement(
        statement,
        **{
            "columns": COLUMNS,
            "header": HEADER,
            "method": "transfer",
            "remember_as": "BCA",
            "by": by,
            "via": "admin",
            **values,
        },
    )


def book(line: StatementLine, invoice: DuesInvoice, by: User) -> StatementLine:
    return book_line(line, invoice, by=by, via="admin")


def bills(count: int, *, owner: User, by: User) -> list[DuesInvoice]:
    """Open bills of as many businesses."""
    return [
        member(make.business(owner, name=f"Usaha {number:03}"), by=by).invoices.get()
        for number in range(count)
    ]


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)
