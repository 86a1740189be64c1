"""Siti signs up on her phone and comes back with a code; an officer enrols the second factor."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from members.models import User
from tests import make
from tests.accounts.test_second_factor import code_now
from tests.journeys.conftest import PHONE, fits, shoot, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_limits")]


def press(page: Page, name: str) -> None:
    page.locator("main, #content").get_by_role("button", name=name, exact=True).click()


def test_siti_signs_up_leaves_and_comes_back_with_her_number(new_page) -> None:
    page = new_page(viewport=PHONE, javascript=False)
    page.goto("/akun/daftar/")
    press(page, "Buat akun")
    expect(page).to_have_title(re.compile("^Kesalahan:"))
    expect(page.get_by_role("alert")).to_contain_text("Tulis nomor HP atau e-mail.")
    assert fits(page)

    page.get_by_label("Nomor HP atau e-mail").fill("0812 3456 7890")
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    shoot(page, "akun-daftar")
    press(page, "Buat akun")
    expect(page).to_have_url(re.compile("/saya/$"))

    page.goto("/akun/")
    expect(page.locator("main")).to_contain_text("0812-3456-7890")
    assert fits(page)
    press(page, "Keluar")
    page.goto("/saya/")
    page.get_by_label("Nomor HP atau e-mail").fill("+62 812-3456-7890")
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    press(page, "Masuk")

    expect(page).to_have_url(re.compile("/saya/$"))
    assert User.objects.get().phone == "+6281234567890"


def test_the_password_can_be_shown_and_pasted(new_page) -> None:
    page = new_page(viewport=PHONE)
    page.goto("/akun/masuk/")
    field = page.locator("[name=password]")
    field.fill(make.PASSWORD)
    page.get_by_role("button", name="Tampilkan kata sandi").click()

    expect(field).to_have_attribute("type", "text")
    assert page.evaluate("document.querySelector('[name=password]').onpaste") is None


def test_an_officer_hands_over_a_code_and_the_owner_uses_it(desk, new_page, petugas) -> None:
    User.objects.create_user("", "lupa-sama-sekali", phone="+6281234567890", name="Ani")
    sign_in(desk, petugas)
    desk.goto("/admin/members/accesscode/add/")
    desk.get_by_label("Nomor HP, e-mail, atau nomor pendaftaran").fill("081234567890")
    press(desk, "Cari")
    expect(desk.locator("#content")).to_contain_text("Ani")
    press(desk, "Buat kode masuk")
    expect(desk.locator("#content")).to_contain_text("Lihat KTP aslinya dulu")
    desk.get_by_label("Saya sudah melihat KTP asli").check()
    shoot(desk, "akun-kode-petugas")
    press(desk, "Buat kode masuk")
    code = desk.locator("h2 code").inner_text()

    phone = new_page(viewport=PHONE, javascript=False)
    phone.goto("/akun/kode/")
    phone.get_by_label("Nomor HP atau e-mail").fill("081234567890")
    phone.get_by_label("Kode masuk").fill(code.lower())
    phone.get_by_label("Kata sandi baru").fill(make.PASSWORD)
    assert fits(phone)
    press(phone, "Simpan dan masuk")

    expect(phone).to_have_url(re.compile("/saya/$"))
    expect(phone.locator("main")).to_contain_text("Kata sandi baru tersimpan")


def test_an_officer_enrols_the_second_factor_and_reaches_the_desk(desk, petugas, settings) -> None:
    settings.STAFF_TOTP = True
    desk.goto("/admin/")
    desk.get_by_label("Nomor HP atau e-mail").fill(petugas.email)
    desk.locator("[name=password]").fill(make.PASSWORD)
    press(desk, "Masuk")
    desk.locator("[name=password]").fill(make.PASSWORD)
    press(desk, "Lanjut")

    picture = desk.get_by_alt_text("Kode QR untuk aplikasi autentikator")
    assert picture.evaluate("image => image.naturalWidth") > 50
    shoot(desk, "akun-2fa")
    secret = desk.locator("main code").inner_text()
    desk.get_by_label("Kode 6 angka dari aplikasi").fill(code_now(secret))
    press(desk, "Aktifkan")
    expect(desk.locator("main li code")).to_have_count(10)
    desk.get_by_role("link", name="Lanjut ke meja petugas").click()

    expect(desk).to_have_url(re.compile("/admin/$"))
    expect(desk.locator("#content")).to_contain_text("Yang menunggu Anda")
    assert Authenticator.objects.filter(user=petugas).count() == 2
