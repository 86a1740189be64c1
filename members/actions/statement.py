"""The bank's own word: its file is kept, and its lines of money in are taken over once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import BankStatement, ColumnMapping, StatementLine, User
from members.statement_rows import BankLine, Columns, read_lines
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import content_name
from umkm_portal.lib.xlsx import MAX_BYTES, iter_rows

BATCH = 1_000


class RowsRefused(ActionRefused):
    """The file has rows that cannot be read; `rows` has a sentence for each."""

    def __init__(self, rows: Sequence[str]) -> None:
        super().__init__(_("Tidak ada yang disimpan. Perbaiki %d baris ini.") % len(rows))
        self.rows = rows


@transaction.atomic
def keep_statement(upload: File[Any], *, by: User, via: str) -> BankStatement:
    """Keep a file of the bank; the same file, under any name, is the one that is kept already.

    Raises SheetRefused when it is no XLSX or CSV of a sensible size.
    """
    name = (upload.name or "mutasi")[-200:]
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    kind = "xlsx" if data[:2] == b"PK" else "csv"
    upload.seek(0)
    for _row in iter_rows(upload, name=name):
        break
    statement, is_new = BankStatement.objects.get_or_create(
        digest=hashlib.sha256(data).hexdigest(),
        defaults={
            "name": name,
            # Two who send the same file at once write the same bytes to the same place.
            "file": ContentFile(data, name=f"mutasi/{content_name(data, kind)}"),
            "uploaded_by": by,
        },
    )
    if is_new:
        record("bank_statement.kept", statement, by=by, via=via, name=name, size=len(data))
    return statement


@transaction.atomic
def read_statement(  # noqa: PLR0913  the form of one bank
    statement: BankStatement,
    *,
    columns: Columns,
    header: Sequence[str],
    method: str,
    remember_as: str,
    by: User,
    via: str,
) -> BankStatement:
    """Take over every line of money in that no earlier file brought, all or none.

    The columns are remembered under the bank's name. Raises RowsRefused, SheetRefused.
    """
    statement = BankStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if statement.read_at:
        return statement
    with statement.file.open("rb") as file:
        rows = iter_rows(file, name=statement.name)
        found = read_lines(rows, columns, method=method, today=timezone.localdate())
    if found.bad:
        raise RowsRefused(found.bad)
    if not found.lines:
        raise ActionRefused(_("Tidak ada uang masuk yang terbaca. Periksa pilihan kolomnya."))
    statement.mapping = _remember(remember_as, columns, header, method=method, by=by)
    statement.method, statement.read_at = method, timezone.now()
    _add_lines(statement, found.lines, by=by)
    statement.added = statement.lines.count()
    statement.known = len(found.lines) - statement.added
    statement.outgoing, statement.others = found.outgoing, found.others
    counts = ["added", "known", "outgoing", "others"]
    statement.save(update_fields=["mapping", "method", "read_at", *counts])
    record(
        "bank_statement.read",
        statement,
        by=by,
        via=via,
        mapping=remember_as,
        **{name: getattr(statement, name) for name in counts},
    )
    return statement


def _remember(
    name: str, columns: Columns, header: Sequence[str], *, method: str, by: User
) -> ColumnMapping:
    mapping, _is_new = ColumnMapping.objects.update_or_create(
        name=name,
        defaults={
            "header": [cell[:200] for cell in header],
            "header_row": columns.header_row,
            "date_column": columns.date,
            "amount_column": columns.amount,
            "description_columns": list(columns.descriptions),
            "direction_column": columns.direction,
            "method": method,
            "changed_by": by,
        },
    )
    return mapping


def _add_lines(statement: BankStatement, lines: Iterable[BankLine], *, by: User) -> None:
    now = timezone.now()
    # In one order, so that two files with the same lines never wait for each other in a circle.
    StatementLine.objects.bulk_create(
        (
            StatementLine(
                statement=statement,
                row=line.row,
                on=line.on,
                amount=line.amount,
                description=line.description,
                occurrence=line.occurrence,
                digest=line.digest,
                ignored_because=_("Ada sen, jadi bukan iuran.") if line.has_cents else "",
                decided_at=now if line.has_cents else None,
                decided_by=by if line.has_cents else None,
            )
            for line in sorted(lines, key=lambda line: line.digest)
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
