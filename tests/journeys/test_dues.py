"""Siti joins Kadin: asks, is accepted, pays by transfer, and shows a card that anyone can check."""

from __future__ import annotations

import pytest
from django.utils import timezone

from members.models import DuesInvoice, DuesPayment, KadinMembership
from tests.journeys.conftest import fits, shoot, sign_in
from tests.members.money import picture

pytestmark = pytest.mark.django_db(transaction=True)


def test_siti_joins_kadin_pays_and_shows_her_card(
    phone_page, desk, new_page, siti, batik, sekretariat, bendahara, tmp_path
) -> None:
    phone = phone_page
    sign_in(phone, siti)
    phone.goto("/saya/iuran/")
    assert fits(phone)
    shoot(phone, "1-iuran-awal")
    phone.get_by_role("link", name="Ajukan pencatatan").click()
    shoot(phone, "2-ajukan")
    phone.get_by_role("button", name="Ajukan pencatatan").click()
    phone.get_by_text("Permohonan terkirim").wait_for()

    sign_in(desk, sekretariat)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Pencatatan Kadin").first.click()
    desk.get_by_role("link", name="Batik Siti").click()
    shoot(desk, "3-meja-pencatatan")
    desk.get_by_role("link", name="Terima pencatatan").click()
    desk.get_by_role("button", name="Terima pencatatan").click()
    desk.get_by_text("Usaha tercatat").wait_for()

    phone.goto("/saya/iuran/")
    phone.get_by_role("link", name="Buka tagihan").click()
    invoice = DuesInvoice.objects.get()
    assert invoice.number in phone.inner_text("main")
    assert fits(phone)
    shoot(phone, "4-tagihan")
    proof = tmp_path / "bukti.jpg"
    proof.write_bytes(picture().read())
    phone.get_by_label("Bukti transfer").set_input_files(proof)
    phone.get_by_role("button", name="Kirim bukti transfer").click()
    phone.get_by_text("Bukti transfer terkirim").wait_for()
    assert fits(phone)
    shoot(phone, "5-bukti-diperiksa")

    desk.context.clear_cookies()
    sign_in(desk, bendahara)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Bukti pembayaran").first.click()
    shoot(desk, "6-antrean-bukti")
    desk.get_by_role("link", name=invoice.number).click()
    shoot(desk, "7-bukti")
    desk.get_by_role("link", name="Uang sudah masuk").click()
    desk.get_by_label("Tanggal uang masuk").fill(f"{timezone.localdate():%d/%m/%Y}")
    desk.get_by_label("Referensi bank").fill("TRF 0042")
    desk.get_by_label("Kurang dari itu").check()
    desk.get_by_label("Jumlah yang masuk").fill("100.000")
    desk.get_by_role("button", name="Lihat hasilnya dulu").click()
    desk.get_by_text("Kurang bayar").wait_for()
    shoot(desk, "8-kurang")
    desk.get_by_role("button", name="Ubah isian").click()
    desk.get_by_label("Pas, Rp120.000").check()
    desk.get_by_label("Jumlah yang masuk").fill("")
    desk.get_by_role("button", name="Lihat hasilnya dulu").click()
    desk.get_by_role("button", name="Ya, simpan").click()
    desk.get_by_text("Uang tercatat.").wait_for()

    phone.goto(f"/saya/iuran/{invoice.number}/")
    phone.get_by_text("Tagihan ini sudah lunas.").wait_for()
    phone.get_by_role("link", name="Lihat kuitansi").click()
    receipt = phone.inner_text("main")
    assert DuesPayment.objects.get().receipt_number in receipt
    assert "seratus dua puluh ribu rupiah" in receipt
    assert fits(phone)
    shoot(phone, "9-kuitansi")
    phone.goto("/saya/kartu/")
    assert KadinMembership.objects.get().number in phone.inner_text(".member-card")
    assert fits(phone)
    shoot(phone, "10-kartu")
    phone.goto("/saya/iuran/")
    assert "Aktif" in phone.inner_text("main")
    shoot(phone, "11-iuran-lunas")

    stranger = new_page(viewport={"width": 360, "height": 740}, javascript=False)
    stranger.goto("/cek/")
    shoot(stranger, "12-cek")
    stranger.get_by_label("Kode kartu").fill(KadinMembership.objects.get().card_code.lower())
    stranger.get_by_role("button", name="Periksa kartu").click()
    assert "Kartu ini berlaku hari ini." in stranger.inner_text("main")
    assert "+62" not in stranger.content().replace("wa.me", "")
    assert fits(stranger)
    shoot(stranger, "13-cek-hasil")
