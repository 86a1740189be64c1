"""Many proofs accepted at once: asked once, answered one by one."""

from __future__ import annotations

import pytest
from django.utils import timezone

from members.actions.dues import submit_proof
from members.choices import InvoiceStatus, ProofStatus
from members.models import DuesInvoice, DuesPayment, DuesProof
from tests import make
from tests.members.money import member, pay, pdf

pytestmark = pytest.mark.django_db

LIST = "/admin/members/duesproof/"


@pytest.fixture
def proofs(siti, sekretariat) -> list[DuesProof]:
    made = []
    for name in ("Roti 1", "Roti 2", "Roti 3"):
        invoice = member(make.business(siti, name=name), by=sekretariat).invoices.get()
        made.append(submit_proof(invoice, pdf(), by=siti, via="web"))
    return made


def chosen(proofs: list[DuesProof], **typed: str) -> dict[str, object]:
    return {"action": "accept_many", "_selected_action": [p.pk for p in proofs], **typed}


def typed_for(proofs: list[DuesProof]) -> dict[str, str]:
    today = f"{timezone.localdate():%d/%m/%Y}"
    days = {f"hari_{proof.pk}": today for proof in proofs}
    references = {f"referensi_{proof.pk}": f"TRF {proof.pk}" for proof in proofs}
    return {"method": "transfer", "simpan": "1", **days, **references}


def test_it_asks_once_and_books_each(client, proofs, bendahara) -> None:
    client.force_login(bendahara)

    page = client.post(LIST, chosen(proofs)).content.decode()
    assert "Terima 3 bukti (total Rp360.000)" in page
    assert not DuesPayment.objects.exists()
    answer = client.post(LIST, chosen(proofs, **typed_for(proofs)), follow=True).content.decode()
    for payment in DuesPayment.objects.select_related("invoice"):
        said = f"{payment.invoice.number}: Rp120.000 tercatat, kuitansi {payment.receipt_number}."
        assert said in answer
    assert DuesPayment.objects.count() == 3
    assert set(DuesInvoice.objects.values_list("status", flat=True)) == {InvoiceStatus.PAID}
    again = client.post(LIST, chosen(proofs, **typed_for(proofs)), follow=True).content.decode()
    assert "Tidak ada bukti yang menunggu." in again
    assert DuesPayment.objects.count() == 3


def test_what_was_done_meanwhile_stops_no_other(client, proofs, bendahara, sekretariat) -> None:
    pay(proofs[0].invoice, by=sekretariat, amount=100_000)
    client.force_login(bendahara)
    client.post(LIST, chosen(proofs, **typed_for(proofs)))

    statuses = [DuesInvoice.objects.get(pk=proof.invoice_id).status for proof in proofs]
    assert statuses == [InvoiceStatus.UNDERPAID, InvoiceStatus.PAID, InvoiceStatus.PAID]


def test_a_refused_row_is_named(client, proofs, siti, bendahara) -> None:
    client.force_login(bendahara)
    typed = typed_for(proofs) | {f"hari_{proofs[1].pk}": "01/01/2020"}
    answer = client.post(LIST, chosen(proofs, **typed), follow=True).content.decode()

    assert f"{proofs[1].invoice.number}: Tagihan ini baru terbit" in answer
    assert DuesPayment.objects.count() == 2
    proofs[1].refresh_from_db()
    assert proofs[1].status == ProofStatus.WAITING


def test_a_wrong_day_asks_again(client, proofs, bendahara) -> None:
    client.force_login(bendahara)
    typed = typed_for(proofs) | {f"hari_{proofs[0].pk}": "31/02/2026"}

    assert "tidak ada di kalender" in client.post(LIST, chosen(proofs, **typed)).content.decode()
    assert not DuesPayment.objects.exists()


@pytest.mark.parametrize("who", ["sekretariat", "petugas", "siti"])
def test_nobody_else_accepts(client, request, proofs, who) -> None:
    client.force_login(request.getfixturevalue(who))
    client.post(LIST, chosen(proofs, **typed_for(proofs)))

    assert not DuesPayment.objects.exists()


@pytest.mark.parametrize("ticked", ["abc", "a\0b", "9" * 30, "9999-12-31"])
def test_what_is_no_row_is_refused(client, proofs, bendahara, ticked) -> None:
    client.force_login(bendahara)
    url = "/admin/members/duesproof/"

    answer = client.post(url, {"action": "accept_many", "_selected_action": ticked})

    assert answer.status_code in {302, 400}
