"""Siti registers, is accepted, pays by the QRIS on her page, sends the proof, and has her card."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from members.actions.membership import accept_membership
from members.actions.verification import verify_business
from members.models import Business, DuesInvoice, KadinMembership
from tests.journeys.conftest import fits, shoot, sign_in
from tests.journeys.test_registration import STEPS, send, sign_up
from tests.members.money import STATIC_QRIS, picture, qris_code
from umkm_portal.lib.qris import with_amount

pytestmark = pytest.mark.django_db(transaction=True)


def read_code(picture_of_it: bytes) -> str:
    return zxingcpp.read_barcodes(Image.open(io.BytesIO(picture_of_it)))[0].text


def register(phone: Page) -> None:
    sign_up(phone)
    for _title, fill in STEPS:
        fill(phone)
        send(phone, "Simpan dan lanjut")
    phone.get_by_label("Keanggotaan dan pemeriksaan data").check()
    send(phone, "Kirim pendaftaran")


def test_siti_registers_pays_by_qris_and_has_her_card(
    phone_page: Page, desk: Page, petugas, sekretariat, bendahara, tmp_path, fresh_limits
) -> None:
    phone = phone_page
    qris_code()
    register(phone)
    business = verify_business(Business.objects.get(), by=petugas, via="admin")
    phone.goto("/saya/iuran/")
    phone.get_by_role("link", name="Ajukan pencatatan").click()
    phone.get_by_role("button", name="Ajukan pencatatan").click()
    accept_membership(business.kadin, by=sekretariat, via="admin")

    phone.goto("/saya/iuran/")
    phone.get_by_role("link", name="Buka tagihan").click()
    invoice = DuesInvoice.objects.get()
    wanted = with_amount(STATIC_QRIS, 120_000, invoice.number)
    assert fits(phone)
    shoot(phone, "qris-1-tagihan")
    # What a bank's app sees on her screen, and in the picture she keeps.
    assert read_code(phone.locator(".qris").first.screenshot()) == wanted
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Simpan gambar QRIS").click()
    assert read_code(download.value.path().read_bytes()) == wanted
    phone.get_by_text("Aplikasi menolak kode ini?").click()
    assert read_code(phone.locator(".qris").nth(1).screenshot()) == STATIC_QRIS
    assert fits(phone)

    phone.get_by_role("link", name="Sudah bayar? Unggah bukti").click()
    proof = tmp_path / "bukti.jpg"
    proof.write_bytes(picture().read())
    phone.get_by_label("Bukti transfer").set_input_files(proof)
    send(phone, "Kirim bukti transfer")
    expect(phone.get_by_text("Bukti transfer terkirim")).to_be_visible()
    assert phone.locator(".qris").count() == 0

    sign_in(desk, bendahara)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Bukti pembayaran").first.click()
    desk.get_by_role("link", name=invoice.number).click()
    desk.get_by_role("link", name="Uang sudah masuk").click()
    desk.get_by_label("Tanggal uang masuk").fill(f"{timezone.localdate():%d/%m/%Y}")
    desk.get_by_label("Referensi bank").fill("QRIS 0042")
    desk.get_by_label("Pas, Rp120.000").check()
    send(desk, "Lihat hasilnya dulu")
    send(desk, "Ya, simpan")
    expect(desk.get_by_text("Uang tercatat.")).to_be_visible()

    phone.goto(invoice.get_absolute_url())
    expect(phone.get_by_text("Lunas", exact=True).first).to_be_visible()
    shoot(phone, "qris-2-lunas")
    phone.get_by_role("link", name="Lihat kartu anggota").click()
    expect(phone.locator(".member-card").first).to_contain_text(
        KadinMembership.objects.get().number
    )
    assert fits(phone)
    shoot(phone, "qris-3-kartu")
