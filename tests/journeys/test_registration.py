"""Siti registers on her phone, the officer sends it back once, she repairs, she is in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from members.choices import ApplicationStatus
from members.models import Business
from tests import make
from tests.journeys.conftest import fits, shoot, sign_in
from tests.members import apply
from umkm_portal.notices.models import Notice


def send(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def fill_owner(page: Page) -> None:
    page.get_by_label("Nama sesuai KTP").fill("Siti Contoh")
    page.get_by_label("NIK").fill(make.NIK_SITI)
    page.get_by_label("Nomor HP").fill("0812 3456 7890")
    page.get_by_label("Alamat rumah").fill("Jl. Rumah No. 2, Depok")
    page.get_by_label("Bukan, KTP kota lain").check()


def fill_business(page: Page) -> None:
    page.get_by_label("Nama usaha").fill("Batik Siti")
    page.get_by_label("Fashion: pakaian").check()
    page.get_by_label("Penjualan setahun").fill("Rp120.000.000")
    page.get_by_label("WhatsApp untuk pembeli").fill("+62 812-3456-7890")


def fill_place(page: Page) -> None:
    page.get_by_label("Jalan dan nomor").fill("Jl. Contoh")
    page.get_by_label("Kelurahan").select_option(label="Cipedak")


def fill_papers(page: Page) -> None:
    page.get_by_label("Foto KTP").set_input_files(
        {"name": "ktp.jpg", "mimeType": "image/jpeg", "buffer": apply.picture()}
    )


STEPS = [
    ("Pemilik", fill_owner),
    ("Usaha", fill_business),
    ("Alamat", fill_place),
    ("Legalitas", fill_papers),
]


@pytest.mark.django_db(transaction=True)
def test_siti_registers_repairs_and_is_approved(
    phone_page: Page, desk: Page, petugas, fresh_limits
) -> None:
    phone = phone_page
    sign_up(phone)
    for number, (title, fill) in enumerate(STEPS, 1):
        expect(phone.get_by_text(f"Langkah {number} dari 5")).to_be_visible()
        expect(phone.get_by_role("heading", level=1)).to_have_text(title)
        assert fits(phone)
        if number == 2:
            send(phone, "Simpan dan lanjut")
            expect(phone.get_by_role("alert")).to_contain_text("Tulis nama usaha.")
            assert phone.title().startswith("Kesalahan:")
            shoot(phone, "error")
        fill(phone)
        shoot(phone, f"step-{number}")
        send(phone, "Simpan dan lanjut")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Periksa sebelum dikirim")
    assert fits(phone)
    phone.get_by_label("Keanggotaan dan pemeriksaan data").check()
    shoot(phone, "check")
    send(phone, "Kirim pendaftaran")
    business = Business.objects.get()
    expect(phone.get_by_text(business.number)).to_be_visible()
    assert fits(phone)
    shoot(phone, "done")

    decide_repair(desk, petugas)
    repair(phone)

    desk.goto("/admin/")
    desk.get_by_role("link", name="Pendaftaran usaha").click()
    desk.get_by_role("link", name=business.number).click()
    send(desk, "Setujui")
    expect(desk.get_by_text("Batik Siti: Disetujui.")).to_be_visible()
    shoot(desk, "desk-approved")
    phone.goto("/saya/pesan/")
    phone.get_by_role("link", name="Selamat, usaha Anda terdaftar").click()
    phone.get_by_role("link", name="Buka", exact=True).click()
    expect(phone.get_by_text("Disetujui")).to_be_visible()
    assert fits(phone)
    shoot(phone, "profile")
    business.refresh_from_db()
    assert (business.status, business.street) == (ApplicationStatus.APPROVED, "Jl. Contoh No. 7")
    assert business.jakpreneur
    assert business.owner.phone == "+6281234567890"


def sign_up(phone: Page) -> None:
    phone.goto("/daftar/")
    assert fits(phone)
    shoot(phone, "start")
    phone.get_by_role("link", name="Buat akun dan mulai").click()
    phone.get_by_label("Nomor HP atau e-mail").fill("0812 3456 7890")
    phone.locator("input[type=password]").fill(make.PASSWORD)
    shoot(phone, "sign-up")
    send(phone, "Buat akun")


def decide_repair(desk: Page, petugas) -> None:
    sign_in(desk, petugas)
    desk.goto("/admin/")
    shoot(desk, "desk-queue")
    desk.get_by_role("link", name="Pendaftaran usaha").click()
    shoot(desk, "desk-list")
    desk.get_by_role("link", name="JKP-").click()
    expect(desk.get_by_text("5 Juli 1985")).to_be_visible()
    shoot(desk, "desk-page")
    desk.get_by_role("link", name="Minta perbaikan").click()
    desk.get_by_label("Jalan dan nomor").check()
    desk.get_by_label("Catatan untuk pemilik").fill("Tulis nomor rumahnya.")
    shoot(desk, "desk-repair")
    send(desk, "Minta perbaikan")
    expect(desk.get_by_text("Batik Siti: Perlu dilengkapi.")).to_be_visible()


def repair(phone: Page) -> None:
    phone.goto("/saya/pesan/")
    assert fits(phone)
    shoot(phone, "inbox")
    phone.get_by_role("link", name="Perlu dilengkapi: 1 hal").click()
    expect(phone.get_by_text("Tulis nomor rumahnya.")).to_be_visible()
    assert fits(phone)
    shoot(phone, "message")
    phone.get_by_role("link", name="Buka", exact=True).click()
    assert phone.get_by_label("Kelurahan").count() == 0
    phone.get_by_label("Jalan dan nomor").fill("Jl. Contoh No. 7")
    shoot(phone, "repair")
    send(phone, "Simpan dan lanjut")
    send(phone, "Kirim perbaikan")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Pendaftaran terkirim")
    assert Notice.objects.filter(purpose="application_sent").count() == 2
