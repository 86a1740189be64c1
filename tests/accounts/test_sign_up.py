"""An account with a phone number or an e-mail address."""

from __future__ import annotations

import re

import pytest

from members.models import User
from tests import make
from tests.accounts.conftest import is_in, letters, sign_in, sign_up

pytestmark = pytest.mark.django_db
TAKEN = "Nomor ini sudah dipakai akun lain. Masuk dengan nomor ini, atau pakai nomor lain."


@pytest.mark.parametrize("typed", ["0812 3456 7890", "+62 812-3456-7890", "6281234567890"])
def test_siti_signs_up_with_her_phone_and_is_in_at_once(client, typed) -> None:
    answer = sign_up(client, typed, name="Siti")

    assert answer.status_code == 302
    assert answer.url == "/saya/"
    assert is_in(client)
    siti = User.objects.get()
    assert (siti.phone, siti.name, siti.email) == ("+6281234567890", "Siti", "")


def test_she_goes_on_to_the_form_she_came_for(client) -> None:
    answer = sign_up(client, "081234567890", next="/daftar/pemilik/")

    assert answer.url == "/daftar/pemilik/"


@pytest.mark.parametrize("elsewhere", ["https://jahat.example/", "//jahat.example", "javascript:1"])
def test_a_way_on_that_leaves_the_portal_is_not_taken(client, elsewhere) -> None:
    assert sign_up(client, "081234567890", next=elsewhere).url == "/saya/"


def test_an_e_mail_account_is_in_after_the_code_from_the_letter(client) -> None:
    answer = sign_up(client, "Siti@Contoh.id", next="/daftar/pemilik/")

    assert answer.url == "/akun/konfirmasi/"
    assert not is_in(client)
    letter = letters()[-1]
    assert letter.to == ["siti@contoh.id"]
    code = re.search(r"\b\d{6}\b", letter.body)[0]

    answer = client.post("/akun/konfirmasi/", {"code": code})

    assert answer.url == "/daftar/pemilik/"
    assert is_in(client)


def test_a_taken_number_is_said_on_the_form(client, siti) -> None:
    siti.phone = "+6281234567890"
    siti.save()

    answer = sign_up(client, "081234567890")

    assert answer.status_code == 200
    assert TAKEN in answer.content.decode()
    assert "Kesalahan:" in answer.content.decode()
    assert User.objects.count() == 1


def test_siti_signs_in_again_with_her_number_however_it_is_written(client) -> None:
    sign_up(client, "081234567890")
    client.post("/akun/keluar/")
    assert not is_in(client)

    assert sign_in(client, "+62 812 3456 7890").status_code == 302
    assert is_in(client)
