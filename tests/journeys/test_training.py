"""A training from the door to the paper: on an officer's phone, on Siti's, and at the desk."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.actions.certificates import issue_due_certificates
from events.models import Attendance, Certificate, Feedback
from members.models import StageEvidence
from tests import make
from tests.journeys.conftest import PHONE, fits, shoot, sign_in
from tests.journeys.test_accessibility import findings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def training(db):
    """All of today; it is over once the clock is told so."""
    training = make.training(days=[timezone.localdate()], name="Foto produk pakai HP", capacity=30)
    training.days.update(opens_at=time(0), closes_at=time(23, 59))
    return training


def test_from_the_door_to_the_paper(
    phone_page, new_page, petugas, siti, batik, training, cache_table
) -> None:
    seat = make.registration(training, business=batik)
    for number, name in enumerate(["Ani Wijaya", "Doni Saputra", "Mira Lestari"]):
        make.registration(training, name=name, phone=f"+62812000000{number}")
    day, officer = training.days.get(), phone_page
    sign_in(officer, petugas)

    officer.goto(f"/petugas/hadir/{day.pk}/")
    expect(officer.get_by_text("dari 4 hadir")).to_be_visible()
    assert fits(officer)
    shoot(officer, "hadir-360")
    officer.get_by_label("Cari nama").fill("bat")
    officer.get_by_role("button", name="Cari", exact=True).click()
    expect(officer.get_by_text("Doni Saputra")).to_have_count(0)
    officer.get_by_role("button", name="Hadir Batik Siti").click()
    expect(officer.get_by_text("Batik Siti dicatat hadir.")).to_be_visible()
    officer.get_by_role("button", name="Hadir Ani Wijaya").click()
    expect(officer.get_by_text("Ani Wijaya dicatat hadir.")).to_be_visible()
    officer.get_by_role("button", name="Batalkan Ani Wijaya").click()
    expect(officer.get_by_text("Ani Wijaya tidak lagi tercatat hadir.")).to_be_visible()
    officer.get_by_role("link", name="Tamu yang belum mendaftar").click()
    officer.get_by_label("Nama lengkap").fill("Ina D'Arcy")
    officer.get_by_label("Nomor HP").fill("0813 0000 0001")
    assert fits(officer)
    shoot(officer, "hadir-tamu-360")
    officer.get_by_role("button", name="Catat hadir").click()
    expect(officer.get_by_text("Ina D'Arcy dicatat hadir.")).to_be_visible()
    shoot(officer, "hadir-sesudah-360")
    assert Attendance.objects.count() == 2
    assert StageEvidence.objects.standing().get().business == batik

    # The evening comes: yesterday it was.
    yesterday = timezone.localdate() - timedelta(days=1)
    training.days.update(date=yesterday)
    make.material(training, title="Rekaman pelatihan")
    assert issue_due_certificates(at=timezone.now(), by=None, via="jadwal") == 2

    phone = new_page(viewport=PHONE, javascript=False)
    sign_in(phone, siti)
    phone.goto("/saya/")
    phone.get_by_role("link", name="Pelatihan", exact=True).click()
    expect(phone.get_by_role("link", name="Rekaman pelatihan")).to_be_visible()
    assert fits(phone)
    shoot(phone, "saya-pelatihan-360")
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="Unduh sertifikat").click()
    certificate = Certificate.objects.get(registration=seat)
    assert saved.value.suggested_filename == f"sertifikat-{certificate.number}.pdf"

    phone.get_by_role("link", name="Beri masukan, 20 detik").click()
    assert fits(phone)
    shoot(phone, "masukan-360")
    phone.get_by_label("4, bagus").check()
    phone.get_by_label("Apa yang paling berguna?").fill("Cahaya dari jendela")
    phone.get_by_role("button", name="Kirim masukan").click()
    expect(phone.get_by_text("Masukan Anda terkirim tanpa nama.")).to_be_visible()
    shoot(phone, "peserta-sesudah-360")
    assert Feedback.objects.get().score == 4

    phone.goto("/saya/pelatihan/")
    phone.get_by_role("link", name="halaman untuk memeriksanya").click()
    expect(phone.get_by_text("Sertifikat ini asli.")).to_be_visible()
    expect(phone.get_by_text(certificate.number)).to_be_visible()
    assert fits(phone)
    shoot(phone, "sertifikat-360")


def test_the_code_on_her_phone_opens_the_button(new_page, petugas, batik, training) -> None:
    seat = make.registration(training, business=batik)
    hers, officer = new_page(viewport=PHONE), new_page(viewport=PHONE, javascript=False)
    hers.goto(seat.get_absolute_url())
    expect(hers.get_by_role("img", name="Kode QR tempat Anda")).to_be_visible()
    assert fits(hers)
    shoot(hers, "peserta-qr-360")

    sign_in(officer, petugas)
    assert findings(hers) == []
    officer.goto(seat.get_absolute_url())
    officer.get_by_role("button", name="Hadir").click()

    expect(officer.get_by_text("Batik Siti dicatat hadir.")).to_be_visible()
    assert Attendance.objects.get().registration == seat


def test_staff_write_the_training_hand_out_and_read_what_came_of_it(
    desk, petugas, batik, training
) -> None:
    training.training.delete()
    training.days.update(date=timezone.localdate() - timedelta(days=1))
    make.attendance(make.registration(training, business=batik))
    sign_in(desk, petugas)

    desk.goto(f"/admin/events/event/{training.pk}/change/")
    desk.locator("#id_training-0-topic").select_option("pemasaran")
    for field, words in (
        ("trainer", "Ibu Rahma"),
        ("hours", "6"),
        ("signer_name", "Dra. Contoh"),
        ("signer_office", "Kepala Sudin PPKUKM"),
    ):
        desk.locator(f"#id_training-0-{field}").fill(words)
    shoot(desk, "pelatihan-petugas-1280")
    desk.locator("input[name=_continue]").click()
    desk.get_by_role("link", name="Materi", exact=True).click()
    desk.get_by_label("Judul").fill("Lembar tayang")
    desk.locator("#id_file").set_input_files(
        {"name": "tayang.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 isi"}
    )
    desk.get_by_role("button", name="Tambah materi").click()
    expect(desk.get_by_text("PDF, 1 kB")).to_be_visible()
    shoot(desk, "materi-petugas-1280")

    desk.goto(f"/admin/events/event/{training.pk}/hasil/")
    desk.get_by_role("button", name="Terbitkan sertifikat").click()
    expect(desk.get_by_role("link", name=Certificate.objects.get().number)).to_be_visible()
    shoot(desk, "hasil-petugas-1280")
    desk.get_by_label("Alasan").fill("Orang lain yang datang.")
    desk.get_by_role("button", name="Cabut").click()
    expect(desk.get_by_text("Orang lain yang datang.")).to_be_visible()
    assert Certificate.objects.get().revoked_at


def test_the_desk_of_a_training_fits_an_officers_phone(
    phone_page, petugas, batik, training
) -> None:
    seat = make.registration(training, business=batik)
    make.attendance(seat)
    training.days.update(date=timezone.localdate() - timedelta(days=1))
    make.material(training, title="Rekaman pelatihan")
    issue_due_certificates(at=timezone.now(), by=None, via="jadwal")
    sign_in(phone_page, petugas)

    for word in ("hasil", "materi", "peserta", "syarat", "ulangi", "change"):
        phone_page.goto(f"/admin/events/event/{training.pk}/{word}/")
        assert fits(phone_page), word
        shoot(phone_page, f"meja-{word}-360")
