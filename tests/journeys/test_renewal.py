"""Siti renews from the letter, on her phone, without signing in; staff send it by WhatsApp."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from members.actions.reminders import remind_due
from members.choices import InvoiceStatus
from tests.journeys.conftest import fits, shoot, sign_in
from tests.members import money
from tests.members.money import picture
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letter(batik, siti, sekretariat, bendahara) -> Notice:
    """Paid 336 days ago: the letter H-30 goes out today, two days late."""
    with time_machine.travel(timezone.now() - timedelta(days=336)):
        money.pay(money.member(batik, by=sekretariat).invoices.get(), by=bendahara)
    remind_due(on=timezone.localdate(), by=None, via="jadwal")
    return Notice.objects.of(siti).get(purpose="dues_reminder")


def test_siti_renews_from_the_letter(
    phone_page, letter, batik, bendahara, tmp_path, fresh_limits
) -> None:
    phone = phone_page
    phone.goto(letter.link)
    assert "Batik Siti" in phone.inner_text("main")
    assert fits(phone)
    shoot(phone, "perpanjang-1-tanya")
    phone.get_by_role("button", name="Ya, lanjut bayar").click()

    phone.get_by_role("heading", name="Iuran keanggotaan").wait_for()
    bill = batik.kadin.invoices.open().get()
    assert bill.number in phone.inner_text("main")
    assert fits(phone)
    shoot(phone, "perpanjang-2-tagihan")
    proof = tmp_path / "bukti.jpg"
    proof.write_bytes(picture().read())
    phone.get_by_label("Bukti transfer").set_input_files(proof)
    phone.get_by_role("button", name="Kirim bukti transfer").click()
    phone.get_by_role("heading", name="Bukti sedang diperiksa").wait_for()
    assert fits(phone)
    shoot(phone, "perpanjang-3-diperiksa")

    money.pay(bill, by=bendahara)
    phone.goto(letter.link)
    phone.get_by_role("heading", name="Tagihan ini sudah lunas.").wait_for()
    bill.refresh_from_db()
    assert bill.status == InvoiceStatus.PAID
    assert batik.kadin.terms.count() == 2


def test_the_secretariat_sends_it_by_whatsapp(desk, letter, sekretariat) -> None:
    sign_in(desk, sekretariat)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Pesan WhatsApp belum terkirim").click()
    desk.get_by_role("button", name="Ambil sampai 40 pesan").click()
    row = desk.get_by_role("row").filter(has_text="Keanggotaan berakhir")
    assert (
        row.get_by_role("link", name="Buka WhatsApp")
        .get_attribute("href")
        .startswith("https://wa.me/62")
    )
    shoot(desk, "kirim-whatsapp")
    row.get_by_role("button", name="Tandai terkirim").click()
    desk.get_by_text("Ditandai terkirim: Siti.").wait_for()
    letter.refresh_from_db()
    assert letter.wa_sent_by == sekretariat
