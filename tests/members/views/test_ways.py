"""The ways to pay that a bill shows, and the pictures a bank's app reads from them."""

from __future__ import annotations

import io
import json

import pytest
import zxingcpp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from members.actions.dues import submit_proof
from members.actions.dues_changes import waive_invoice
from members.models import BankAccount, DuesInvoice, DuesPayment, DuesRate, GatewayAttempt
from members.reports.ways import qris_way, ways_to_pay
from tests.members.money import STATIC_QRIS, member, pay, picture, qris_code
from tests.midtrans import MERCHANT, SERVER_KEY, FakeMidtrans, notification
from umkm_portal.lib.qris import with_amount

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(batik, sekretariat) -> DuesInvoice:
    return member(batik, by=sekretariat).invoices.get()


@pytest.fixture
def midtrans(settings):
    with FakeMidtrans() as fake:
        settings.MIDTRANS_SERVER_KEY, settings.MIDTRANS_MERCHANT_ID = SERVER_KEY, MERCHANT
        settings.MIDTRANS_SNAP_URL = settings.MIDTRANS_API_URL = fake.url
        yield fake


def page_of(client: Client, invoice: DuesInvoice) -> str:
    client.force_login(invoice.membership.business.owner)
    return client.get(invoice.get_absolute_url()).content.decode()


def read_picture(data: bytes) -> str:
    return zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))[0].text


def test_the_first_line_says_how_the_bill_stands(client, invoice) -> None:
    main = page_of(client, invoice).split("<main", 1)[1]

    assert main.index("Belum dibayar") < main.index("Rp120.000") < main.index("<h1")


def test_the_page_asks_for_exactly_the_bill(client, invoice) -> None:
    qris_code()
    page = page_of(client, invoice)

    assert "Periksa nama penerima sebelum membayar" in page
    assert "NMID ID0000000000001" in page
    assert "KADIN CONTOH" in page
    assert "tanpa biaya tambahan" in page
    assert page.count('<svg role="img"') == 2  # with the amount, and the fallback without
    bank = BankAccount.objects.in_force(at=timezone.now())
    assert f"<b>{bank.number}</b>" in page
    assert "kuitansi diberikan saat itu juga" in page
    assert "Midtrans" not in page
    assert page.index("Transfer bank") < page.index("Saya sudah bayar — unggah bukti")


def test_the_picture_to_keep_is_the_code_with_the_amount(client, siti, invoice) -> None:
    qris_code()
    client.force_login(siti)
    answer = client.get(f"/saya/iuran/{invoice.number}/qris.png")

    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert read_picture(answer.content) == with_amount(STATIC_QRIS, 120_000, invoice.number)


def test_without_a_code_or_with_a_damaged_one_that_way_is_not_shown(client, siti, invoice) -> None:
    assert "QRIS" not in page_of(client, invoice)
    assert client.get(f"/saya/iuran/{invoice.number}/qris.png").status_code == 404
    qris_code(STATIC_QRIS[:-4] + "0000")
    assert "Bayar dengan QRIS" not in page_of(client, invoice)


def test_switched_off_it_is_kadins_own_code_and_the_payer_types_the_amount(
    client, siti, invoice, settings
) -> None:
    settings.QRIS_DINAMIS = False
    qris_code()
    page = page_of(client, invoice)

    assert "ketik sendiri jumlahnya" in page
    assert page.count('<svg role="img"') == 1
    assert read_picture(client.get(f"/saya/iuran/{invoice.number}/qris.png").content) == STATIC_QRIS


def test_a_part_paid_leaves_the_rest_to_pay(client, invoice, bendahara) -> None:
    qris_code()
    pay(invoice, by=bendahara, amount=100_000)
    page = page_of(client, invoice)

    assert "Tercatat Rp100.000, kurang Rp20.000." in page
    assert "Transfer tepat <strong>Rp20.000</strong>" in page
    way = qris_way(DuesInvoice.objects.get(), at=timezone.now())
    assert way.exact == with_amount(STATIC_QRIS, 20_000, invoice.number)


def test_more_than_one_qris_payment_may_be_is_typed_by_hand(invoice) -> None:
    qris_code()
    DuesInvoice.objects.update(amount=10_000_001)
    assert qris_way(DuesInvoice.objects.get(), at=timezone.now()).exact == ""


def test_too_much_and_waived_and_checked_say_so_and_ask_for_nothing(
    client, siti, invoice, bendahara, sekretariat
) -> None:
    qris_code()
    submit_proof(invoice, picture(), by=siti, via="web")
    assert "sedang diperiksa" in page_of(client, invoice)
    assert "Bayar dengan QRIS" not in page_of(client, invoice)
    pay(invoice, by=bendahara, amount=150_000)
    page = page_of(client, invoice)
    assert "Anda membayar lebih Rp30.000." in page
    assert "Bayar dengan QRIS" not in page


def test_a_waived_bill_says_why(client, invoice, bendahara) -> None:
    waive_invoice(invoice, reason="Korban banjir.", by=bendahara, via="admin")
    page = page_of(client, invoice)
    assert "Dibebaskan" in page
    assert "Korban banjir." in page


def test_the_paper_has_period_and_joining_fee(client, batik, sekretariat) -> None:
    DuesRate.objects.update(joining_fee=20_000)
    invoice = member(batik, by=sekretariat).invoices.get()
    page = page_of(client, invoice)

    assert "Iuran tahunan Kadin" in page
    assert "Uang pangkal (sekali saja)" in page
    assert "Rp140.000" in page


# --- the gateway's page ---------------------------------------------------------------------------


def test_siti_gets_a_link_to_the_gateway_and_is_not_sent_there(
    client, siti, invoice, midtrans
) -> None:
    assert "Siapkan halaman Midtrans" in page_of(client, invoice)
    answer = client.post(f"/saya/iuran/{invoice.number}/daring/")
    assert answer.url == f"/saya/iuran/{invoice.number}/#daring"
    page = page_of(client, invoice)
    assert GatewayAttempt.objects.get().redirect_url in page
    assert "Bayar Rp120.000 di halaman Midtrans" in page
    assert "form-action 'self'" in client.get("/").headers["Content-Security-Policy"]


def test_what_the_gateway_paid_has_a_receipt_without_a_person(
    client, siti, invoice, midtrans, bendahara
) -> None:
    client.force_login(siti)
    client.post(f"/saya/iuran/{invoice.number}/daring/")
    said = json.dumps(notification(invoice.number))
    assert (
        client.post("/gateway/midtrans/", said, content_type="application/json").status_code == 200
    )

    assert "Lunas" in page_of(client, invoice)
    receipt = client.get(f"/saya/iuran/{invoice.number}/kuitansi/")
    assert receipt.status_code == 200
    assert "None" not in receipt.content.decode()
    payment = DuesPayment.objects.get()
    assert client.get(f"/kuitansi/{payment.receipt_code}/").status_code == 200
    assert client.get("/saya/").status_code == 200
    client.force_login(bendahara)
    assert client.get(f"/admin/members/duespayment/{payment.pk}/change/").status_code == 200
    assert client.get("/admin/members/duespayment/").status_code == 200


def test_a_gateway_that_is_down_is_a_sentence(client, siti, invoice, midtrans) -> None:
    midtrans.failures = [500, 500]
    client.force_login(siti)
    answer = client.post(f"/saya/iuran/{invoice.number}/daring/", follow=True)
    assert "Pembayaran daring sedang tidak bisa dibuka." in answer.content.decode()


def test_no_page_of_the_gateway_is_opened_for_somebody_else(
    client, budi, invoice, midtrans
) -> None:
    client.force_login(budi)
    assert client.post(f"/saya/iuran/{invoice.number}/daring/").status_code == 404
    assert client.get(f"/saya/iuran/{invoice.number}/qris.png").status_code == 404
    assert not midtrans.orders


def test_the_treasurer_reads_what_the_gateway_said(
    client, siti, invoice, bendahara, midtrans
) -> None:
    client.force_login(siti)
    client.post(f"/saya/iuran/{invoice.number}/daring/")
    odd = json.dumps(notification(invoice.number, gross_amount="1000.00"))
    assert client.post("/gateway/midtrans", odd, content_type="application/json").status_code == 400
    client.force_login(bendahara)
    assert "Pembayaran daring yang janggal" in client.get("/admin/").content.decode()
    desk = "/admin/members/gatewaynotification/"
    listed = client.get(f"{desk}?handled_at__isempty=1&verdict__in=mismatch,reversed")
    assert invoice.number in listed.content.decode()
    row = GatewayAttempt.objects.get().notifications.get()
    shown = client.get(f"{desk}{row.pk}/change/").content.decode()
    assert "1000.00" in shown
    assert SERVER_KEY not in shown
    assert "Sudah ditangani" in shown
    client.post(f"{desk}{row.pk}/tangani/", {"handling": "Ditanyakan ke Midtrans."})
    row.refresh_from_db()
    assert row.handled_by == bendahara
    attempt = f"/admin/members/gatewayattempt/{row.attempt_id}/change/"
    assert "settlement" in client.get(attempt).content.decode()


def test_the_desks_lists_cost_the_same_for_one_row_and_for_three(
    client, invoice, bendahara
) -> None:
    client.force_login(bendahara)
    costs = []
    for number in (1, 2, 3):
        attempt = GatewayAttempt.objects.create(
            invoice=invoice, number=number, order_id=f"{invoice.number}-{number}", amount=120_000
        )
        attempt.notifications.create(transaction_status="pending", last_at=timezone.now())
        if number != 2:
            costs.append([])
            for name in ("gatewayattempt", "gatewaynotification"):
                with CaptureQueriesContext(
                    connection,
                ) as asked:
                    client.get(f"/admin/members/{name}/")
                costs[-1].append(len(asked))
    assert costs[0] == costs[1]


def test_orders_without_a_page_offer_none(invoice, midtrans) -> None:
    for number in (1, 2, 3):
        GatewayAttempt.objects.create(
            invoice=invoice, number=number, order_id=f"{invoice.number}-{number}", amount=120_000
        )
    assert ways_to_pay(invoice, at=timezone.now()).attempt is None
