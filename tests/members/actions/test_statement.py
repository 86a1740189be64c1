from __future__ import annotations

import pytest

from members.actions.dues import submit_proof
from members.actions.statement import RowsRefused, keep_statement
from members.actions.statement_lines import (
    book_line,
    hold_line,
    ignore_line,
    link_line,
    restore_line,
)
from members.choices import InvoiceStatus, LineState, ProofStatus, Role
from members.models import (
    BankStatement,
    ColumnMapping,
    DuesInvoice,
    DuesPayment,
    HeldPayment,
    StatementLine,
    User,
)
from members.reports.statement import proposals_of
from tests import make
from tests.members import bank
from tests.members.money import member, pay, picture
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.xlsx import SheetRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(batik, sekretariat) -> DuesInvoice:
    return member(batik, by=sekretariat).invoices.get()


@pytest.fixture
def line(invoice, bendahara) -> StatementLine:
    """Siti's transfer of today, with her bill's number."""
    return bank.read([bank.row(bank.today(), f"TRF {invoice.number}")], by=bendahara).lines.get()


def book(line: StatementLine, invoice: DuesInvoice, by: User) -> StatementLine:
    return book_line(line, invoice, by=by, via="admin")


# --- the file -------------------------------------------------------------------------------


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


# --- lines and bills ------------------------------------------------------------------------


def test_a_line_pays_its_bill_on_the_banks_day(line, invoice, siti, bendahara) -> None:
    proof = submit_proof(invoice, picture(), reference_end="004512", by=siti, via="web")
    booked = book(line, invoice, bendahara)

    invoice.refresh_from_db()
    proof.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID
    assert proof.status == ProofStatus.ACCEPTED
    payment = DuesPayment.objects.get()
    assert booked.payment == payment
    assert (payment.received_on, payment.reference) == (line.on, line.reference)
    assert line.description not in payment.reference, "the ledger can never forget a payer's name"
    assert AuditEntry.objects.filter(verb="statement_line.booked").count() == 1


def test_twice_is_once(line, invoice, bendahara) -> None:
    book(line, invoice, bendahara)
    book(line, invoice, bendahara)
    assert DuesPayment.objects.count() == 1
    assert AuditEntry.objects.filter(verb="statement_line.booked").count() == 1


def test_two_equal_transfers_for_one_bill_are_two_payments(invoice, bendahara) -> None:
    half = [bank.row(bank.today(), "Siti cicil", "60.000,00")] * 2
    lines = bank.read(half, by=bendahara).lines.all()
    for line in lines:
        book(line, invoice, bendahara)
    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID
    assert DuesPayment.objects.count() == 2


def test_a_line_pays_one_bill_only(line, invoice, budi, sekretariat, bendahara) -> None:
    other = member(make.business(budi, name="Keripik Budi"), by=sekretariat).invoices.get()
    book(line, invoice, bendahara)
    with pytest.raises(ActionRefused, match=invoice.number):
        book(line, other, bendahara)
    with pytest.raises(ActionRefused, match=invoice.number):
        hold_line(line, reason="x", by=bendahara, via="admin")
    with pytest.raises(ActionRefused, match="sudah dicatat"):
        restore_line(line, by=bendahara, via="admin")


def test_part_of_the_money_and_more_than_asked_have_their_states(invoice, bendahara) -> None:
    rows = [
        bank.row(bank.today(-1), "Siti 1", "100.000"),
        bank.row(bank.today(), "Siti 2", "50.000"),
    ]
    for line, status in zip(
        bank.read(rows, by=bendahara).lines.order_by("on"),
        [InvoiceStatus.UNDERPAID, InvoiceStatus.OVERPAID],
        strict=True,
    ):
        book(line, invoice, bendahara)
        invoice.refresh_from_db()
        assert invoice.status == status


def test_money_for_a_closed_bill_is_held(line, invoice, bendahara) -> None:
    pay(invoice, by=bendahara, on=bank.today(-10))
    held = book(line, invoice, bendahara)
    assert held.state == LineState.HELD
    assert HeldPayment.objects.get().about == invoice
    assert DuesPayment.objects.count() == 1


def test_money_booked_by_hand_is_not_booked_again(line, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    assert book(line, invoice, bendahara).payment == payment
    assert not HeldPayment.objects.exists()
    assert DuesPayment.objects.count() == 1
    link_line(line, payment, by=bendahara, via="admin")
    assert AuditEntry.objects.filter(verb="statement_line.linked").count() == 1


def test_a_payment_has_one_line(line, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    link_line(line, payment, by=bendahara, via="admin")
    other = bank.read([bank.row(bank.today(), "lain")], by=bendahara).lines.get()
    with pytest.raises(ActionRefused, match="sudah punya baris"):
        link_line(other, payment, by=bendahara, via="admin")


def test_money_of_nobody_knows_whom_is_held_and_of_the_rent_is_ignored(bendahara) -> None:
    rows = [bank.row(bank.today(), "Tak dikenal"), bank.row(bank.today(), "Sewa tenda")]
    first, second = bank.read(rows, by=bendahara).lines.order_by("row")
    for _twice in range(2):
        hold_line(first, reason="", by=bendahara, via="admin")
        ignore_line(second, reason="Sewa tenda", by=bendahara, via="admin")
    assert HeldPayment.objects.get().reason == "Belum diketahui untuk tagihan mana."
    second.refresh_from_db()
    assert second.state == LineState.IGNORED
    assert AuditEntry.objects.filter(verb="statement_line.ignored").count() == 1


def test_ignoring_needs_a_reason(line, bendahara) -> None:
    with pytest.raises(ActionRefused, match="Tulis mengapa"):
        ignore_line(line, reason=" ", by=bendahara, via="admin")
    ignore_line(line, reason="Sewa", by=bendahara, via="admin")
    with pytest.raises(ActionRefused, match="Bukan iuran"):
        hold_line(line, reason="x", by=bendahara, via="admin")


def test_nobody_pairs_their_own_bill(bendahara, sekretariat) -> None:
    own = member(make.business(bendahara, name="Warung Bendahara"), by=sekretariat)
    line = bank.read([bank.row(bank.today(), "saya")], by=bendahara).lines.get()
    with pytest.raises(ActionRefused, match="petugas lain"):
        book(line, own.invoices.get(), bendahara)
    line.refresh_from_db()
    assert line.state == LineState.WAITING


# --- proposals ------------------------------------------------------------------------------


def test_of_100_bills_and_97_lines_94_are_proposed_none_wrong_and_again_nothing(
    siti, sekretariat, bendahara
) -> None:
    bills = bank.bills(100, owner=siti, by=sekretariat)
    rows = [
        bank.row(bank.today(), f"BI-FAST CR {bill.number.replace('-', ' ')} {n}")
        for n, bill in enumerate(bills[:94])
    ]
    rows += [bank.row(bank.today(), f"SETORAN {n}") for n in range(3)]
    statement = bank.read(rows, by=bendahara)

    matches, hints = proposals_of(statement)
    assert (len(matches), len(hints)) == (94, 3)
    for match in matches:
        words = match.bill.number.replace("-", " ")
        assert words in match.line.description
        book(StatementLine.objects.get(pk=match.line.key), _bill(match.bill.key), bendahara)
    assert DuesPayment.objects.total() == 94 * 120_000

    again = bank.kept(rows, by=bendahara, name="sekali-lagi.csv")
    bank.told(again, by=bendahara)
    longer = bank.read([*rows, bank.row(bank.today(), "SETORAN baru")], by=bendahara)
    assert StatementLine.objects.count() == 98
    assert (longer.added, longer.known) == (1, 97)
    assert proposals_of(longer)[0] == []
    assert DuesPayment.objects.count() == 94


def _bill(key: str) -> DuesInvoice:
    return DuesInvoice.objects.get(pk=key.removeprefix("tagihan-"))


def test_a_proof_with_its_reference_finds_its_line(invoice, siti, bendahara) -> None:
    submit_proof(invoice, picture(), reference_end="904512", by=siti, via="web")
    rows = [
        bank.row(bank.today(-1), "QRIS 616312904512"),
        bank.row(bank.today(-1), "QRIS 616312904513"),
    ]
    matches, _hints = proposals_of(bank.read(rows, by=bendahara))
    assert [match.line.description for match in matches] == ["QRIS 616312904512"]


def test_money_booked_by_hand_is_proposed_to_be_tied(invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara, reference="TRF 778 SITI")
    statement = bank.read([bank.row(bank.today(), "BI-FAST TRF 778 SITI")], by=bendahara)
    matches, _hints = proposals_of(statement)
    assert [match.bill.key for match in matches] == [f"catatan-{payment.pk}"]


@pytest.mark.parametrize("count", [1, 3])
def test_proposals_cost_the_same_for_one_and_three(
    count, siti, sekretariat, bendahara, django_assert_num_queries
) -> None:
    bills = bank.bills(count, owner=siti, by=sekretariat)
    rows = [bank.row(bank.today(), bill.number) for bill in bills]
    statement = bank.read(rows, by=bendahara)
    with django_assert_num_queries(4):
        assert len(proposals_of(statement)[0]) == count


# --- two at once ----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_confirm_the_same_line_at_once(line, invoice, bendahara) -> None:
    other = make.staff("wakil", Role.BENDAHARA)
    outcomes = all_at_once(lambda by: book(line, invoice, by), [bendahara, other])
    assert outcomes == ["done", "done"]
    assert DuesPayment.objects.count() == 1
    assert not HeldPayment.objects.exists()
    assert AuditEntry.objects.filter(verb="statement_line.booked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_pair_the_same_line_with_different_bills_at_once(
    line, invoice, budi, sekretariat, bendahara
) -> None:
    other = member(make.business(budi, name="Keripik Budi"), by=sekretariat).invoices.get()
    outcomes = all_at_once(lambda bill: book(line, bill, bendahara), [invoice, other])
    assert outcomes == ["done", "refused"]
    assert DuesPayment.objects.count() == 1


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
