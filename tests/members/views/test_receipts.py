"""Kuitansi and tagihan on paper, and the live answer behind a kuitansi's QR."""

from __future__ import annotations

import io

import pypdf
import pytest
import zxingcpp
from PIL import Image

from members.actions.payments import correct_payment, refund_payment
from members.models import Business, DuesInvoice, DuesPayment, Owner, User
from members.reports import receipts
from tests.members.money import member, pay
from umkm_portal.lib.pdf import render_png

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(batik: Business, sekretariat: User) -> DuesInvoice:
    Owner.objects.update(full_name='Siti "Kain" #Aminah')
    return member(batik, by=sekretariat).invoices.get()


@pytest.fixture
def payment(invoice: DuesInvoice, bendahara: User) -> DuesPayment:
    return pay(invoice, by=bendahara)


def words_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


def check(client, payment: DuesPayment) -> str:
    return client.get(f"/kuitansi/{payment.receipt_code}/").content.decode()


def test_the_kuitansi_says_all_it_must(client, siti, invoice, payment) -> None:
    client.force_login(siti)

    answer = client.get(f"/saya/iuran/{invoice.number}/kuitansi/{payment.receipt_number}.pdf")

    text = words_of(answer.content)
    for words in (
        payment.receipt_number,
        'Batik Siti (Siti "Kain" #Aminah)',
        "seratus dua puluh ribu rupiah",
        "Rp120.000",
        f"tagihan {invoice.number}",
        "Transfer bank, referensi TRF-001",
        "Bendahara Kadin",
        "Jakarta Selatan, ",
        "Sah tanpa tanda tangan basah; periksa di",
        "Bukan faktur pajak.",
    ):
        assert words in text, words
    assert len(answer.content) <= 60_000
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_code_on_the_kuitansi_leads_to_its_check(payment, settings, monkeypatch) -> None:
    monkeypatch.setattr(receipts, "render_pdf", lambda *a: render_png(*a, ppi=110))

    drawn = receipts.receipt_pdf(receipts.Receipt(payment))

    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn)))
    assert found.text == f"{settings.SITE_URL}/kuitansi/{payment.receipt_code}/"


def test_each_part_paid_has_its_own_kuitansi(client, siti, invoice, bendahara) -> None:
    first = pay(invoice, by=bendahara, amount=100_000, reference="A")
    second = pay(invoice, by=bendahara, amount=20_000, reference="B")
    client.force_login(siti)

    page = client.get(f"/saya/iuran/{invoice.number}/kuitansi/").content.decode()
    older = client.get(f"/saya/iuran/{invoice.number}/kuitansi/{first.receipt_number}/")

    assert second.receipt_number in page
    assert first.receipt_number in page
    assert "seratus ribu rupiah" in older.content.decode()
    assert client.get(f"/saya/iuran/{invoice.number}/kuitansi/KW-1/").status_code == 404


def test_the_bill_on_paper_says_what_is_to_pay(client, siti, invoice, bendahara) -> None:
    client.force_login(siti)
    address = f"/saya/iuran/{invoice.number}.pdf"

    text = words_of(client.get(address).content)
    for words in (
        invoice.number,
        "Belum dibayar",
        "Jatuh tempo",
        "Iuran tahunan Kadin",
        "Rp120.000",
    ):
        assert words in text, words
    pay(invoice, by=bendahara, amount=100_000)
    text = words_of(client.get(address).content)
    assert "Kurang bayar" in text
    assert "Masih kurang Rp20.000" in text


def test_a_refunded_kuitansi_says_so(client, siti, invoice, payment, bendahara) -> None:
    assert "Kuitansi ini asli." in check(client, payment)

    refund_payment(
        payment,
        reason="Salah kirim",
        by=bendahara,
        via="admin",
    )

    page = check(client, payment)
    assert "Uangnya sudah dikembalikan seluruhnya." in page
    assert "Salah kirim" not in page


def test_a_corrected_kuitansi_names_the_right_one(client, siti, payment, bendahara) -> None:
    right = correct_payment(
        payment,
        amount=120_000,
        received_on=payment.received_on,
        reference="TRF-002",
        method="transfer",
        reason="Salah ketik",
        by=bendahara,
        via="admin",
    )

    page = check(client, payment)
    assert "Kuitansi ini sudah dibatalkan." in page
    assert right.receipt_number in page
    assert 'class="verdict bad"' in page
    assert "Kuitansi ini asli." in check(client, right)
    client.force_login(siti)
    old = client.get(f"/saya/iuran/{payment.invoice.number}/kuitansi/{payment.receipt_number}.pdf")
    assert "DIBATALKAN" in words_of(old.content)


def test_the_check_tells_nothing_of_the_payer(client, siti, payment) -> None:
    page = check(client, payment)

    for secret in ("Aminah", payment.reference, "Bendahara", siti.email, "81234567890"):
        assert secret not in page
