"""The treasurer reconciles a bank's statement of a hundred rows, at a desk and on a phone."""

from __future__ import annotations

import pytest

from members.choices import LineState
from members.models import DuesPayment, StatementLine
from tests.journeys.conftest import DESK, PHONE, fits, shoot, sign_in
from tests.members import bank
from tests.members.money import member, pay, picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("viewport", "javascript"),
    [(DESK, True), (PHONE, False)],
    ids=["a desk", "a phone without JavaScript"],
)
def test_the_treasurer_reconciles_a_statement_of_a_hundred_rows(
    new_page, siti, sekretariat, bendahara, tmp_path, viewport, javascript
) -> None:
    bills = bank.bills(98, owner=siti, by=sekretariat)
    by_hand = pay(bills[0], by=bendahara, reference="TRF 778 SITI")
    rows = [bank.row(bank.today(), "BI-FAST TRF 778 SITI")]
    rows += [
        bank.row(bank.today(), f"CR {b.number.replace('-', ' ').lower()}") for b in bills[1:95]
    ]
    rows += [bank.row(bank.today(), f"SETORAN {word}") for word in ("SATU", "DUA")]
    rows += [
        bank.row(bank.today(), f"KURANG {bills[97].number}", "100.000,00"),
        bank.row(bank.today(), "SEWA TENDA", "750.000,00"),
        bank.row(bank.today(), "BIAYA ADM", "15.000,00", "DB"),
    ]
    file = tmp_path / "mutasi.xlsx"
    file.write_bytes(bank.xlsx_file(rows).read())
    assert len(rows) == 100

    page = new_page(viewport=viewport, javascript=javascript)
    name = "ponsel" if viewport == PHONE else "meja"
    sign_in(page, bendahara)
    page.goto("/admin/members/bankstatement/add/")
    page.get_by_label("Berkas mutasi").set_input_files(file)
    page.get_by_role("button", name="Unggah").click()
    page.get_by_text("Baris pertama berkas ini").wait_for()
    assert fits(page)
    shoot(page, f"mutasi-1-kolom-{name}")
    page.get_by_label("Ingat susunan ini sebagai").fill("BCA")
    page.get_by_role("button", name="Baca mutasi").click()

    page.get_by_text("99 baris uang masuk ditambah").wait_for()
    assert page.get_by_role("checkbox").count() == 95
    assert page.locator("input[name=pasang]:checked").count() == 95
    assert fits(page)
    shoot(page, f"mutasi-2-cocokkan-{name}")
    one, two, less, rent = StatementLine.objects.order_by("row")[95:99]
    page.select_option(f"#baris-{one.pk}", f"tagihan-{bills[95].pk}")
    page.fill(f"#nomor-{two.pk}", bills[96].number)
    page.select_option(f"#baris-{less.pk}", f"tagihan-{bills[97].pk}")
    page.select_option(f"#baris-{rent.pk}", "abaikan")
    page.fill(f"#alasan-{rent.pk}", "Sewa tenda")
    page.get_by_role("button", name="Catat yang dicentang dan dipilih").click()

    page.get_by_text("99 baris diputuskan.").wait_for(timeout=60_000)
    page.get_by_text("Semua baris mutasi ini sudah diputuskan.").wait_for()
    shoot(page, f"mutasi-3-selesai-{name}")
    assert DuesPayment.objects.total() == 97 * 120_000 + 100_000
    states = [line.state for line in StatementLine.objects.all()]
    assert states.count(LineState.BOOKED) == 98
    assert by_hand.statement_line.description == "BI-FAST TRF 778 SITI"

    page.get_by_role("link", name="Hasil per baris").click()
    assert by_hand.receipt_number in page.inner_text("#content")
    page.goto("/admin/members/bankstatement/add/")
    page.get_by_label("Berkas mutasi").set_input_files(file)
    page.get_by_role("button", name="Unggah").click()
    page.get_by_text("Tidak ada yang ditambah.").wait_for()
    page.goto("/admin/members/duespayment/kas/")
    assert f"Rp{97 * 120 + 100:,}.000".replace(",", ".") in page.inner_text("#content")
    assert fits(page)
    shoot(page, f"mutasi-4-kas-{name}")


def test_the_owner_may_type_the_end_of_the_reference(
    phone_page, siti, batik, sekretariat, tmp_path
):
    invoice = member(batik, by=sekretariat).invoices.get()
    proof = tmp_path / "bukti.jpg"
    proof.write_bytes(picture().read())
    sign_in(phone_page, siti)
    phone_page.goto(f"/saya/iuran/{invoice.number}/")
    phone_page.get_by_label("Bukti transfer").set_input_files(proof)
    phone_page.get_by_label("6 angka terakhir nomor referensi").fill("6163 1290 4512")
    phone_page.get_by_role("button", name="Kirim bukti transfer").click()
    phone_page.get_by_text("Bukti transfer terkirim").wait_for()
    assert fits(phone_page)
    assert invoice.proofs.get().reference_end == "904512"
