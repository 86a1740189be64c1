from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions.statement_lines import book_line
from members.models import BankStatement, ColumnMapping, DuesPayment, StatementLine
from tests import make
from tests.members import bank
from tests.members.money import member, pay, picture

pytestmark = pytest.mark.django_db

LIST = "/admin/members/bankstatement/"
COLUMNS = {
    "header_row": "0",
    "date": "0",
    "amount": "3",
    "direction": "4",
    "description": "1",
    "description_more": "",
    "method": "transfer",
    "name": "BCA",
}


def pairs(statement: BankStatement) -> str:
    return reverse("admin:members_bankstatement_cocokkan", args=[statement.pk])


def columns(statement: BankStatement) -> str:
    return reverse("admin:members_bankstatement_kolom", args=[statement.pk])


def test_the_treasurer_uploads_says_the_columns_and_books(desk, invoice, bendahara) -> None:
    file = bank.xlsx_file([bank.row(bank.today(), f"TRF {invoice.number}")])
    answer = desk.post(f"{LIST}add/", {"mutasi": file}, follow=True)
    statement = BankStatement.objects.get()
    assert answer.redirect_chain[-1][0] == columns(statement)
    page = answer.content.decode()
    assert "D · Jumlah" in page
    assert f"TRF {invoice.number}" in page
    form = answer.context["form"]
    assert (form["date"].value(), form["amount"].value(), form["direction"].value()) == (0, 3, 4)

    answer = desk.post(columns(statement), COLUMNS, follow=True)
    assert "1 baris uang masuk ditambah" in answer.content.decode()
    assert "nomor INV-KJS" in answer.content.decode()
    line = StatementLine.objects.get()
    answer = desk.post(pairs(statement), {"pasang": f"{line.pk}:tagihan-{invoice.pk}"}, follow=True)
    assert "1 baris diputuskan." in answer.content.decode()
    assert "Semua baris mutasi ini sudah diputuskan." in answer.content.decode()
    assert DuesPayment.objects.get().confirmed_by == bendahara
    hasil = desk.get(f"/admin/members/statementline/?mutasi={statement.pk}").content.decode()
    assert DuesPayment.objects.get().receipt_number in hasil


def test_the_bank_is_known_again_by_its_head(desk, bendahara) -> None:
    bank.read([bank.row(bank.today(), "Siti")], by=bendahara)
    again = bank.kept([bank.row(bank.today(), "Budi")], by=bendahara)
    page = desk.get(columns(again)).content.decode()
    assert "Susunan “BCA” dikenali" in page
    assert 'value="BCA"' in page


def test_the_same_file_again_says_so(desk, bendahara) -> None:
    rows = [bank.row(bank.today(), "Siti")]
    bank.read(rows, by=bendahara)
    answer = desk.post(f"{LIST}add/", {"mutasi": bank.csv_file(rows, "lain.csv")}, follow=True)
    assert "sudah pernah dibaca" in answer.content.decode()
    assert StatementLine.objects.count() == 1


@pytest.mark.parametrize("file", [None, picture("mutasi.xlsx")], ids=["none", "a photo"])
def test_what_is_no_statement_is_answered_with_a_sentence(desk, file) -> None:
    answer = desk.post(f"{LIST}add/", {"mutasi": file} if file else {})
    assert answer.status_code == 200
    assert "Kesalahan:" in answer.content.decode()
    assert not BankStatement.objects.exists()


def test_bad_rows_are_named_and_what_was_chosen_stays(desk, bendahara) -> None:
    statement = bank.kept([bank.row(bank.today(), "Budi", "12O.000")], by=bendahara)
    page = desk.post(columns(statement), {**COLUMNS, "name": "Bank Baru"}).content.decode()
    assert "Baris 2: jumlah “12O.000” tidak terbaca." in page
    assert 'value="Bank Baru"' in page
    assert not ColumnMapping.objects.exists()


def test_one_column_is_not_chosen_twice(desk, bendahara) -> None:
    statement = bank.kept([bank.row(bank.today(), "Budi")], by=bendahara)
    page = desk.post(columns(statement), {**COLUMNS, "amount": "0"}).content.decode()
    assert "Satu kolom dipilih dua kali." in page


def test_the_rest_is_paired_held_or_put_aside_by_hand(desk, invoice, siti, bendahara, sekretariat):
    other = member(make.business(siti, name="Keripik"), by=sekretariat).invoices.get()
    rows = [bank.row(bank.today(), word) for word in ("satu", "dua", "tiga", "empat", "lima")]
    statement = bank.read(rows, by=bendahara)
    one, two, three, four, five = statement.lines.order_by("row")
    page = desk.get(pairs(statement)).content.decode()
    assert "Tidak ada nomor tagihan atau referensi yang dikenal." in page
    answer = desk.post(
        pairs(statement),
        {
            f"baris-{one.pk}": f"tagihan-{invoice.pk}",
            f"baris-{two.pk}": "",
            f"nomor-{two.pk}": other.number.lower(),
            f"baris-{three.pk}": "tahan",
            f"alasan-{three.pk}": "Tanya Bu Ani",
            f"baris-{four.pk}": "abaikan",
            f"baris-{five.pk}": "",
        },
        follow=True,
    )
    words = answer.content.decode()
    assert "3 baris diputuskan." in words
    assert "Baris 5, " in words
    assert "Tulis mengapa baris ini bukan iuran." in words
    states = {line.row: line.state for line in statement.lines.all()}
    assert states == {2: "booked", 3: "booked", 4: "held", 5: "waiting", 6: "waiting"}


def test_one_refusal_does_not_undo_the_others(desk, invoice, bendahara, sekretariat) -> None:
    own = member(make.business(bendahara, name="Warung"), by=sekretariat).invoices.get()
    rows = [bank.row(bank.today(), own.number), bank.row(bank.today(), invoice.number)]
    statement = bank.read(rows, by=bendahara)
    ticked = [
        f"{line.pk}:tagihan-{bill.pk}"
        for line, bill in zip(statement.lines.order_by("row"), [own, invoice], strict=True)
    ]
    answer = desk.post(pairs(statement), {"pasang": ticked}, follow=True)
    assert "petugas lain" in answer.content.decode()
    assert DuesPayment.objects.get().invoice == invoice


def test_money_booked_by_hand_is_only_tied(desk, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara, reference="TRF 778 SITI")
    statement = bank.read([bank.row(bank.today(), "FAST TRF 778 SITI")], by=bendahara)
    page = desk.get(pairs(statement)).content.decode()
    assert "Sudah dicatat; hanya ditautkan." in page
    line = statement.lines.get()
    desk.post(pairs(statement), {"pasang": f"{line.pk}:catatan-{payment.pk}"})
    line.refresh_from_db()
    assert line.payment == payment
    assert DuesPayment.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"pasang": ["", "x:y", "1:tagihan-", ":tagihan-1", "9" * 40 + ":tagihan-1", "1:tagihan-²"]},
        {"pasang": "999999:tagihan-1"},
        {"baris-": "tahan", "baris-x": "tahan", "baris-\x00": "tahan"},
        {"baris-999999": "abaikan", "alasan-999999": "x"},
    ],
)
def test_nonsense_does_nothing(desk, bendahara, sent) -> None:
    statement = bank.read([bank.row(bank.today(), "Siti")], by=bendahara)
    answer = desk.post(pairs(statement), sent, follow=True)
    assert answer.status_code == 200
    assert statement.lines.all().waiting().count() == 1


def test_a_line_of_another_statement_is_not_decided_from_this_page(desk, bendahara) -> None:
    here = bank.read([bank.row(bank.today(), "Siti")], by=bendahara)
    there = bank.read([bank.row(bank.today(), "Budi")], by=bendahara)
    desk.post(pairs(here), {f"baris-{there.lines.get().pk}": "tahan"})
    assert there.lines.all().waiting().count() == 1


@pytest.mark.parametrize(("decision", "state"), [("tahan", "held"), ("abaikan", "ignored")])
def test_a_single_line_is_decided_on_its_own_page_too(desk, bendahara, decision, state) -> None:
    line = bank.read([bank.row(bank.today(), "Siti")], by=bendahara).lines.get()
    address = f"/admin/members/statementline/{line.pk}/"
    assert "Bukan iuran" in desk.get(f"{address}change/").content.decode()
    assert "Tulis alasannya." in desk.post(f"{address}{decision}/", {}).content.decode()
    desk.post(f"{address}{decision}/", {"reason": "Sewa tenda"})
    line.refresh_from_db()
    assert line.state == state
    if state == "ignored":
        desk.post(f"{address}kembalikan/")
        line.refresh_from_db()
        assert line.state == "waiting"


@pytest.mark.parametrize("who", ["petugas", "kurator", "sekretariat", "admin"])
def test_only_the_treasurer_reconciles(client, request, bendahara, who) -> None:
    statement = bank.read([bank.row(bank.today(), "Siti")], by=bendahara)
    fresh = bank.kept([bank.row(bank.today(), "Budi")], by=bendahara)
    line = statement.lines.get()
    client.force_login(request.getfixturevalue(who))
    for address in (
        LIST,
        f"{LIST}add/",
        f"{LIST}{statement.pk}/change/",
        pairs(statement),
        columns(fresh),
        f"/admin/members/statementline/{line.pk}/change/",
        f"/admin/members/statementline/{line.pk}/tahan/",
    ):
        assert client.get(address).status_code in {403, 404}, address
        assert client.post(address, {"reason": "x"}).status_code in {403, 404}, address
    client.post(pairs(statement), {f"baris-{line.pk}": "tahan"})
    line.refresh_from_db()
    assert line.state == "waiting"


def test_the_lines_stand_in_the_treasurers_queue(desk, bendahara, petugas, client) -> None:
    bank.read([bank.row(bank.today(), "Siti")], by=bendahara)
    assert "Baris mutasi bank" in desk.get("/admin/").content.decode()
    client.force_login(petugas)
    assert "Baris mutasi bank" not in client.get("/admin/").content.decode()


def test_lists_and_the_screen_cost_the_same_for_one_and_three(
    desk, siti, sekretariat, bendahara
) -> None:

    costs = []
    for count in (1, 3):
        bills = bank.bills(count + 1, owner=make.user(f"pemilik{count}"), by=sekretariat)
        rows = [bank.row(bank.today(), bill.number) for bill in bills]
        rows += [bank.row(bank.today(), f"tanpa nomor {n} dari {count}") for n in range(count)]
        statement = bank.read(rows, by=bendahara)
        line = statement.lines.first()
        book_line(line, bills[0], by=bendahara, via="admin")
        cost = []
        for address in (pairs(statement), LIST, "/admin/members/statementline/"):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            cost.append(len(queries))
        costs.append(cost)
    assert costs[0] == costs[1]
