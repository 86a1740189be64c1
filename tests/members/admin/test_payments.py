"""The treasurer's desk: pas, kurang, lebih; cash; waive, void, refund, correct; held money."""

from __future__ import annotations

import pytest
from django.utils import timezone

from members.actions.dues import submit_proof
from members.actions.dues_changes import void_invoice
from members.choices import EntryKind, HeldStatus, InvoiceStatus, PaymentMethod
from members.models import DuesInvoice, DuesPayment, MembershipTerm
from tests.members.admin.desk import DESK, words
from tests.members.money import bill, held, pay, picture
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


def line(**changes: str) -> dict[str, str]:
    return {
        "method": "qris",
        "received_on": f"{timezone.localdate():%d/%m/%Y}",
        "fit": "pas",
        "amount": "",
        "reference": "RRN 778",
        **changes,
    }


# --- pas, kurang, lebih --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ({"fit": "pas"}, ["Lunas", "Rp120.000", "Keanggotaan aktif sampai"]),
        ({"fit": "kurang", "amount": "100.000"}, ["Kurang bayar", "Rp20.000", "tidak mendapat"]),
        ({"fit": "lebih", "amount": "150.000"}, ["Lebih bayar", "Rp30.000", "aktif sampai"]),
    ],
)
def test_the_treasurer_sees_what_it_comes_to_before_saving(desk, invoice, typed, sentences) -> None:
    page = words(desk.post(f"{DESK}duesinvoice/{invoice.pk}/catat/", line(**typed)))

    assert all(sentence in page for sentence in sentences)
    assert "Ya, simpan" in page
    assert not DuesPayment.objects.exists()
    assert not Notice.objects.filter(purpose__startswith="dues_paid").exists()
    desk.post(f"{DESK}duesinvoice/{invoice.pk}/catat/", line(**typed, simpan="1"))
    payment = DuesPayment.objects.get()
    assert (payment.method, payment.receipt_number[-6:]) == (PaymentMethod.QRIS, "000001")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"fit": ""}, "Pilih pas, kurang, atau lebih."),
        ({"fit": "kurang"}, "Tulis jumlah yang masuk."),
        ({"fit": "kurang", "amount": "150.000"}, "Rp150.000 itu lebih, bukan kurang."),
        ({"fit": "lebih", "amount": "120.000"}, "Rp120.000 itu pas, bukan lebih."),
        ({"fit": "pas", "amount": "12.000"}, "Rp12.000 itu kurang, bukan pas."),
        ({"fit": "lebih", "amount": "900.000.000"}, "terlalu besar untuk iuran"),
        ({"method": "gateway"}, "gateway"),
    ],
)
def test_a_slip_of_the_finger_contradicts_itself(desk, invoice, typed, sentence) -> None:
    page = words(desk.post(f"{DESK}duesinvoice/{invoice.pk}/catat/", line(**typed, simpan="1")))

    assert sentence in page
    assert not DuesPayment.objects.exists()


def test_what_was_typed_can_be_changed_again(desk, invoice) -> None:
    address = f"{DESK}duesinvoice/{invoice.pk}/catat/"
    page = words(desk.post(address, line(ubah="1")))

    assert "Lihat hasilnya dulu" in page
    assert "RRN 778" in page
    assert not DuesPayment.objects.exists()


def test_a_part_for_a_proof_leaves_the_bill_underpaid(desk, siti, invoice) -> None:
    proof = submit_proof(invoice, picture(), by=siti, via="web")
    answer = desk.post(
        f"{DESK}duesproof/{proof.pk}/terima/",
        line(fit="kurang", amount="100.000", simpan="1"),
        follow=True,
    )

    invoice.refresh_from_db()
    assert "Uang tercatat." in words(answer)
    assert invoice.status == InvoiceStatus.UNDERPAID
    letter = Notice.objects.of(siti).get(purpose="dues_underpaid")
    assert letter.subject == "Iuran belum lunas, kurang Rp20.000"
    assert (
        "Tercatat Rp100.000, kurang Rp20.000. Bayar kekurangannya atau hubungi sekretariat."
        in letter.body
    )
    page = words(desk.get(f"{DESK}duesinvoice/{invoice.pk}/catat/"))
    assert "Pas, Rp20.000" in page


# --- at the counter ------------------------------------------------------------------------------


def test_cash_gives_a_receipt_at_once(desk, invoice) -> None:
    address = f"{DESK}duesinvoice/{invoice.pk}/tunai/"
    assert "aktif sampai" in words(desk.post(address, {"fit": "pas"}))
    answer = desk.post(address, {"fit": "pas", "simpan": "1"}, follow=True)

    payment = DuesPayment.objects.get()
    page = words(answer)
    assert payment.method == PaymentMethod.CASH
    assert payment.reference == f"TUNAI-{timezone.localdate():%Y%m%d}"
    assert payment.receipt_number in page
    assert "seratus dua puluh ribu rupiah" in page
    assert "Tunai di loket" in page
    paper = desk.get(f"{DESK}duespayment/{payment.pk}/kuitansi.pdf")
    assert b"".join(paper).startswith(b"%PDF-")


def test_a_receipt_of_a_part_says_so(desk, invoice, bendahara) -> None:
    part = pay(invoice, by=bendahara, amount=100_000)
    rest = pay(invoice, by=bendahara, amount=20_000, reference="TRF-002")

    page = words(desk.get(f"{DESK}duespayment/{part.pk}/kuitansi/"))
    assert "Pembayaran sebagian" in page
    assert "kurang Rp20.000" in page
    assert "Pelunasan" in words(desk.get(f"{DESK}duespayment/{rest.pk}/kuitansi/"))


# --- other ways a bill ends ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "status", "foretold"),
    [
        ("bebaskan", InvoiceStatus.WAIVED, "Dibebaskan"),
        ("batal", InvoiceStatus.VOID, "Batal"),
    ],
)
def test_a_bill_is_waived_or_voided_with_a_reason(desk, invoice, button, status, foretold) -> None:
    address = f"{DESK}duesinvoice/{invoice.pk}/{button}/"
    assert "Tulis alasannya." in words(desk.post(address, {"reason": " "}))
    assert foretold in words(desk.post(address, {"reason": "Kebakaran <b>"}))
    desk.post(address, {"reason": "Kebakaran <b>", "simpan": "1"})

    invoice.refresh_from_db()
    assert invoice.status == status
    page = words(desk.get(f"{DESK}duesinvoice/{invoice.pk}/change/"))
    assert "Kebakaran &lt;b&gt;" in page


def test_a_refund_shows_that_the_year_ends(desk, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    address = f"{DESK}duespayment/{payment.pk}/kembalikan/"
    assert 'value="120.000"' in words(desk.get(address))
    page = words(desk.post(address, {"amount": "120.000", "reason": "Bayar dua kali."}))
    assert "Dikembalikan" in page
    assert "tidak mendapat masa" in page
    assert MembershipTerm.objects.exists()
    desk.post(address, {"amount": "120.000", "reason": "Bayar dua kali.", "simpan": "1"})

    assert not MembershipTerm.objects.exists()
    row = DuesPayment.objects.get(kind=EntryKind.REFUND)
    page = words(desk.get(f"{DESK}duespayment/{row.pk}/change/"))
    assert f"mengembalikan {payment.receipt_number}" in page
    assert "sudah dikembalikan" in words(desk.get(f"{DESK}duespayment/{payment.pk}/kuitansi/"))


def test_a_wrong_line_is_corrected(desk, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    address = f"{DESK}duespayment/{payment.pk}/perbaiki/"
    assert "TRF-001" in words(desk.get(address))
    right = line(amount="100.000", reason="Salah ketik.")
    assert "Kurang bayar" in words(desk.post(address, right))
    desk.post(address, right | {"simpan": "1"})

    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.UNDERPAID
    page = words(desk.get(f"{DESK}duespayment/{payment.pk}/kuitansi/"))
    assert "tidak berlaku" in page


def test_credit_is_used_for_the_next_bill(desk, invoice, bendahara) -> None:
    pay(invoice, by=bendahara, amount=100_000)
    void_invoice(invoice, reason="Salah tarif.", by=bendahara, via="admin")
    following = bill(invoice.membership)

    page = words(desk.get(f"{DESK}duesinvoice/{following.pk}/change/"))
    assert "Pakai lebih bayar" in page
    desk.post(f"{DESK}duesinvoice/{following.pk}/pakai-lebih/", {"simpan": "1"})
    assert DuesInvoice.objects.get(pk=following.pk).missing == 20_000
    assert "Pakai lebih bayar" not in words(desk.get(f"{DESK}duesinvoice/{following.pk}/change/"))


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["petugas", "kurator", "siti", "sekretariat"])
def test_nobody_else_moves_money(client, request, invoice, bendahara, who) -> None:
    payment = pay(invoice, by=bendahara, amount=100_000)
    row = held(invoice, by=bendahara)
    client.force_login(request.getfixturevalue(who))
    reason = {"reason": "Untuk saya.", "amount": "1.000", "simpan": "1", "fit": "pas"}

    for address in (
        f"duesinvoice/{invoice.pk}/tunai",
        f"duesinvoice/{invoice.pk}/bebaskan",
        f"duesinvoice/{invoice.pk}/batal",
        f"duesinvoice/{invoice.pk}/pakai-lebih",
        f"duespayment/{payment.pk}/kembalikan",
        f"duespayment/{payment.pk}/perbaiki",
        f"heldpayment/{row.pk}/pakai",
        f"heldpayment/{row.pk}/kembalikan",
    ):
        assert client.post(f"{DESK}{address}/", reason).status_code in {302, 403, 404}, address
    receipt = client.get(f"{DESK}duespayment/{payment.pk}/kuitansi/")
    assert (receipt.status_code == 200) is (who == "sekretariat")
    paper = client.get(f"{DESK}duespayment/{payment.pk}/kuitansi.pdf")
    assert (paper.status_code == 200) is (who == "sekretariat")
    assert DuesPayment.objects.count() == 1
    row.refresh_from_db()
    invoice.refresh_from_db()
    assert (row.status, invoice.status) == (HeldStatus.WAITING, InvoiceStatus.UNDERPAID)
