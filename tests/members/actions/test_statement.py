"""The bank's file: kept privately, read once, its lines added once."""

from __future__ import annotations

import pytest

from members.actions.statement import RowsRefused, keep_statement
from members.actions.statement_lines import restore_line
from members.choices import LineState
from members.models import BankStatement, ColumnMapping, StatementLine
from tests.members import bank
from tests.members.money import picture
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.xlsx import SheetRefused

pytestmark = pytest.mark.django_db


def test_a_file_is_kept_privately_and_read_once(bendahara) -> None:
    statement = bank.kept([bank.row(bank.today(), "Siti")], by=bendahara)
    assert statement.file.storage.exists(statement.file.name)
    assert statement.read_at is None

    bank.told(statement, by=bendahara)
    again = bank.told(statement, by=bendahara, remember_as="lain")

    assert (again.added, again.known) == (1, 0)
    assert ColumnMapping.objects.get().columns == bank.COLUMNS
    assert AuditEntry.objects.filter(verb="bank_statement.read").count() == 1


def test_the_same_file_under_another_name_is_the_same(bendahara) -> None:
    rows = [bank.row(bank.today(), "Siti")]
    first = bank.read(rows, by=bendahara)
    second = bank.kept(rows, by=bendahara, name="lain.csv")
    assert first == second
    assert StatementLine.objects.count() == 1
    assert AuditEntry.objects.filter(verb="bank_statement.kept").count() == 1


def test_files_that_overlap_add_only_what_is_new_and_equal_transfers_both_count(bendahara) -> None:
    day = bank.today()
    morning = bank.read([bank.row(day, "QRIS")], by=bendahara)
    rows = [bank.row(day, "QRIS"), bank.row(day, "QRIS", saldo="9,00"), bank.row(day, "Budi")]
    evening = bank.read(rows, by=bendahara)
    week = bank.read([*rows, bank.row(bank.today(-3), "Ani")], by=bendahara)

    assert (morning.added, morning.known) == (1, 0)
    assert (evening.added, evening.known) == (2, 1)
    assert (week.added, week.known) == (1, 3)
    assert len({line.reference for line in StatementLine.objects.all()}) == 4


def test_xlsx_and_csv_of_the_same_days_are_the_same_lines(bendahara) -> None:
    rows = [bank.row(bank.today(), "Siti"), bank.row(bank.today(), "Budi")]
    bank.read(rows, by=bendahara)
    sheet = keep_statement(bank.xlsx_file(rows), by=bendahara, via="admin")
    assert bank.told(sheet, by=bendahara).known == 2


def test_a_file_with_bad_rows_adds_nothing_and_names_them_all(bendahara) -> None:
    rows = [
        bank.row(bank.today(), "Siti"),
        bank.row(bank.today(), "Budi", "12O.000"),
        bank.row(bank.today(), "Ani", "999.999.999.999"),
    ]
    statement = bank.kept(rows, by=bendahara)
    with pytest.raises(RowsRefused) as refusal:
        bank.told(statement, by=bendahara)
    assert [sentence[:8] for sentence in refusal.value.rows] == ["Baris 3:", "Baris 4:"]
    assert not StatementLine.objects.exists()
    assert not ColumnMapping.objects.exists()


def test_a_file_without_money_in_is_refused(bendahara) -> None:
    statement = bank.kept([bank.row(bank.today(), "Biaya", side="DB")], by=bendahara)
    with pytest.raises(ActionRefused, match="Periksa pilihan kolomnya"):
        bank.told(statement, by=bendahara)


def test_what_is_no_sheet_is_not_kept(bendahara) -> None:
    with pytest.raises(SheetRefused):
        keep_statement(picture("mutasi.csv"), by=bendahara, via="admin")
    assert not BankStatement.objects.exists()


def test_interest_with_cents_is_no_dues_unless_somebody_says_so(bendahara) -> None:
    line = bank.read([bank.row(bank.today(), "Bunga", "120.000,37")], by=bendahara).lines.get()
    assert line.state == LineState.IGNORED
    assert restore_line(line, by=bendahara, via="admin").state == LineState.WAITING
    restore_line(line, by=bendahara, via="admin")
    assert AuditEntry.objects.filter(verb="statement_line.restored").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_by_two_at_once_is_one(bendahara) -> None:
    files = [bank.csv_file([bank.row(bank.today(), "Siti")], name) for name in ("a.csv", "b.csv")]
    outcomes = all_at_once(lambda file: keep_statement(file, by=bendahara, via="admin"), files)
    assert outcomes == ["done", "done"]
    assert BankStatement.objects.count() == 1
    assert AuditEntry.objects.filter(verb="bank_statement.kept").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_statement_read_by_two_at_once_is_read_once(bendahara) -> None:
    statement = bank.kept([bank.row(bank.today(), "Siti")], by=bendahara)
    outcomes = all_at_once(lambda _n: bank.told(statement, by=bendahara), range(2))
    assert outcomes == ["done", "done"]
    assert AuditEntry.objects.filter(verb="bank_statement.read").count() == 1
    assert StatementLine.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_files_with_the_same_lines_read_at_once_add_each_line_once(bendahara) -> None:
    rows = [bank.row(bank.today(), f"Usaha {n}") for n in range(300)]
    kept = [bank.kept(order, by=bendahara) for order in (rows, rows[::-1])]
    outcomes = all_at_once(lambda statement: bank.told(statement, by=bendahara), kept)
    assert outcomes == ["done", "done"]
    assert StatementLine.objects.count() == 300
