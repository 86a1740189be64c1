"""A full training, from the queue to the paper: a guest without an account, on her own phone."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.actions.certificates import issue_due_certificates
from events.models import Certificate, Registration
from tests import make
from tests.journeys.conftest import PHONE, fits, shoot, sign_in
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


def sign_up(page, event, name: str, phone: str, email: str = "") -> None:
    page.goto(event.get_absolute_url())
    page.get_by_role("link", name=re.compile("Daftar ikut|Masuk daftar tunggu")).first.click()
    page.get_by_label("Nama lengkap").fill(name)
    page.get_by_label("Nomor HP").fill(phone)
    page.get_by_label("Kecamatan tempat tinggal").select_option(label="Tebet")
    page.get_by_label("E-mail (tidak wajib)").fill(email)
    assert fits(page)


def test_from_a_full_room_to_the_certificate(phone_page, new_page, petugas, cache_table) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    event = make.event(days=[tomorrow], name="Foto produk pakai HP", capacity=1)
    make.training_details(event)
    first, ani = new_page(viewport=PHONE, javascript=False), phone_page

    # One seat, and Doni has it.
    sign_up(first, event, "Doni Saputra", "0812 0000 0001")
    first.get_by_role("button", name="Daftar ikut").click()
    expect(first.get_by_role("heading", name="Anda terdaftar")).to_be_visible()

    # It is full: Ani waits, and reads as which number.
    sign_up(ani, event, "Ani Wijaya", "0812 0000 0002", "ani@contoh.example")
    expect(ani.get_by_text("Kuota penuh.")).to_be_visible()
    shoot(ani, "daftar-penuh-360")
    ani.get_by_role("button", name="Masuk daftar tunggu").click()
    expect(ani.get_by_role("heading", name="Anda di daftar tunggu nomor 1")).to_be_visible()
    assert fits(ani)
    shoot(ani, "menunggu-360")

    # Doni gives it back by his link; the letter to Ani carries hers.
    first.get_by_text("Tidak jadi datang?").click()
    first.get_by_role("button", name="Batalkan tempat saya").click()
    expect(first.get_by_role("heading", name="Tempat Anda sudah dibatalkan")).to_be_visible()
    letter = Notice.objects.get(purpose="event_offered")
    assert letter.address == "ani@contoh.example"
    ani.goto(letter.link)
    expect(ani.get_by_role("heading", name="Ada tempat untuk Anda")).to_be_visible()
    assert fits(ani)
    shoot(ani, "tawaran-360")
    ani.get_by_role("button", name="Terima tempat").click()
    expect(ani.get_by_role("heading", name="Anda terdaftar")).to_be_visible()
    shoot(ani, "diterima-360")
    seat = Registration.objects.get(name="Ani Wijaya")

    # The day itself: an officer finds her at the door.
    event.days.update(date=timezone.localdate(), opens_at=time(0), closes_at=time(23, 59))
    officer = new_page(viewport=PHONE)
    sign_in(officer, petugas)
    officer.goto(f"/petugas/hadir/{event.days.get().pk}/")
    officer.get_by_role("button", name="Hadir Ani Wijaya").click()
    expect(officer.get_by_text("Ani Wijaya dicatat hadir.")).to_be_visible()

    # And the paper, with an address anybody may ask whether it is good.
    event.days.update(date=timezone.localdate() - timedelta(days=1))
    assert issue_due_certificates(at=timezone.now(), by=None, via="jadwal") == 1
    certificate = Certificate.objects.get(registration=seat)
    ani.goto(seat.get_absolute_url())
    assert fits(ani)
    shoot(ani, "tamu-sesudah-360")
    with ani.expect_download() as saved:
        ani.get_by_role("link", name="Unduh sertifikat").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    ani.get_by_role("link", name="halaman untuk memeriksanya").click()
    expect(ani.get_by_text("Sertifikat ini asli.")).to_be_visible()
    expect(ani.get_by_text("Ani Wijaya")).to_be_visible()
    expect(ani.get_by_text(certificate.number)).to_be_visible()
