"""A shopper finds Friday's page and signs up; staff make an edition and a seller sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.models import Event, Registration
from tests import make
from tests.journeys.conftest import fits, shoot, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_shopper_opens_friday_the_agenda_and_signs_up_until_it_is_full(
    phone_page, batik, cache_table
) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    make.product(batik, name="Kain batik tulis", photo=False)
    training = make.event(name="Foto produk pakai HP", capacity=1)
    page = phone_page

    page.goto("/jumat/")
    expect(page.get_by_text("Istirahat").first).to_be_visible()
    expect(page.get_by_role("link", name="Batik Siti").first).to_be_visible()
    assert fits(page)
    shoot(page, "jumat-360")
    page.get_by_role("link", name="Kain batik tulis").click()
    assert "Kain batik tulis" in page.inner_text("h1")

    page.goto("/jumat/")
    page.get_by_role("link", name="Denah lapak").click()
    page.get_by_role("link", name="A07").first.click()
    assert fits(page)

    page.get_by_role("navigation", name="Menu bawah").get_by_role("link", name="Agenda").click()
    page.get_by_role("link", name=training.name).click()
    expect(page.get_by_text("Tersisa 1 dari 1 tempat")).to_be_visible()
    page.get_by_role("link", name="Daftar ikut").first.click()
    page.get_by_role("button", name="Daftar ikut").click()
    expect(page.get_by_role("alert").get_by_text("Tulis nama Anda.")).to_be_visible()
    assert page.title().startswith("Kesalahan:")
    page.get_by_label("Nama lengkap").fill("Ani D'Arcy")
    page.get_by_label("Nomor HP").fill("0812 3456 7890")
    page.get_by_label("Kecamatan tempat tinggal").select_option(label="Tebet")
    page.get_by_role("button", name="Daftar ikut").click()
    expect(page.get_by_role("heading", name="Anda terdaftar")).to_be_visible()
    expect(page.get_by_text("Ani D'Arcy")).to_be_visible()
    assert fits(page)
    shoot(page, "peserta-360")
    mine = page.url

    page.goto(f"/acara/{training.slug}/")
    page.get_by_role("link", name="Masuk daftar tunggu").first.click()
    page.get_by_label("Nama lengkap").fill("Ina")
    page.get_by_label("Nomor HP").fill("+62 813 0000 0001")
    page.get_by_label("Kecamatan tempat tinggal").select_option(label="Di luar Jakarta Selatan")
    page.get_by_role("button", name="Masuk daftar tunggu").click()
    expect(page.get_by_role("heading", name="Anda di daftar tunggu nomor 1")).to_be_visible()
    waiting = page.url

    page.goto(mine)
    page.get_by_text("Tidak jadi datang?").click()
    page.get_by_role("button", name="Batalkan tempat saya").click()
    expect(page.get_by_role("heading", name="Tempat Anda sudah dibatalkan")).to_be_visible()
    page.goto(waiting)
    expect(page.get_by_role("heading", name="Ada tempat untuk Anda")).to_be_visible()
    page.get_by_role("button", name="Terima tempat").click()
    expect(page.get_by_role("heading", name="Anda terdaftar")).to_be_visible()
    assert Registration.objects.registered().get().name == "Ina"


def test_petugas_makes_an_edition_and_the_seller_sees_the_booth(
    desk, new_page, petugas, siti, batik, cache_table
) -> None:
    friday = timezone.localdate() + timedelta(days=3)
    sign_in(desk, petugas)

    desk.goto("/admin/events/event/add/")
    desk.locator("#id_kind").select_option("jbl")
    desk.locator("#id_name").fill("Jumat Beli Lokal Edisi 9")
    desk.locator("#id_venue").fill("Plaza Kantor Wali Kota")
    for field, value in (
        ("date", f"{friday:%d/%m/%Y}"),
        ("set_up_at", "07:30"),
        ("opens_at", "09:00"),
        ("closes_at", "16:00"),
        ("break_from", "11:30"),
        ("break_to", "13:00"),
    ):
        desk.locator(f"#id_days-0-{field}").fill(value)
    desk.locator("input[name=_continue]").click()
    desk.get_by_role("button", name="Tampilkan di portal").click()
    desk.get_by_role("link", name="Lapak", exact=True).click()
    desk.locator("#id_numbers").fill("A01–A08")
    desk.get_by_role("button", name="Tambah lapak").click()
    edition = Event.objects.get()
    desk.goto(f"/admin/events/event/hari/{edition.days.get().pk}/lapak/")
    desk.get_by_label("A07").fill("batik siti")
    desk.get_by_role("button", name="Simpan lapak").click()
    expect(desk.get_by_role("button", name="Batalkan tempat A07")).to_be_visible()
    shoot(desk, "lapak-petugas-1280")

    phone = new_page(viewport={"width": 360, "height": 740}, javascript=False)
    sign_in(phone, siti)
    phone.goto("/saya/jbl/")
    expect(phone.get_by_role("heading", name="Lapak A07")).to_be_visible()
    expect(phone.get_by_text("pukul 07.30 WIB")).to_be_visible()
    assert fits(phone)
    phone.goto("/jumat/")
    expect(phone.get_by_text("A07").first).to_be_visible()
