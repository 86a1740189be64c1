"""Signing in, guessing, and what ends a session."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client

from members.models import User
from tests import make
from tests.accounts.conftest import SIGN_IN, is_in, sign_in
from umkm_portal.lib.hashers import PortalArgon2Hasher

pytestmark = pytest.mark.django_db
MISMATCH = "Nomor/e-mail atau kata sandi tidak cocok."
LOCKED = "Terlalu banyak percobaan. Coba lagi 15 menit lagi, atau hubungi petugas kecamatan."


@pytest.fixture
def hashes(monkeypatch) -> list[str]:
    """One entry for every password that was hashed."""
    counted: list[str] = []
    whole = PortalArgon2Hasher.encode
    verify = PortalArgon2Hasher.verify
    monkeypatch.setattr(
        PortalArgon2Hasher, "encode", lambda *a, **k: counted.append("set") or whole(*a, **k)
    )
    monkeypatch.setattr(
        PortalArgon2Hasher, "verify", lambda *a, **k: counted.append("check") or verify(*a, **k)
    )
    return counted


def text(answer) -> str:
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())
    return re.sub(r'(name="login" value=")[^"]+', r"\1", page)


@pytest.fixture
def unverified(db: None) -> User:
    user = make.user("ujang")
    EmailAddress.objects.update(verified=False)
    return user


def test_siti_signs_in_by_e_mail_and_goes_to_her_page(client, siti) -> None:
    answer = sign_in(client, " Siti@Example.ID ")

    assert answer.url == "/saya/"
    assert is_in(client)


def test_unknown_wrong_disabled_and_unverified_are_answered_alike(client, siti, unverified) -> None:
    off = make.user("mantan", is_active=False)
    phone_off = make.user("mati", is_active=False, phone="+6281200001111")
    answers = [
        sign_in(Client(), "siapa@example.id"),
        sign_in(Client(), "081299998888"),
        sign_in(Client(), "bukan apa-apa"),
        sign_in(Client(), siti.email, password="salah-sekali"),
        sign_in(Client(), off.email),
        sign_in(Client(), phone_off.phone),
        sign_in(Client(), unverified.email),
        sign_in(Client(), unverified.email, password="salah-sekali"),
    ]

    assert {a.status_code for a in answers} == {200}
    assert len({text(a) for a in answers}) == 1
    assert MISMATCH in text(answers[0])


def test_each_of_them_costs_one_hash(client, siti, unverified, hashes) -> None:
    make.user("mantan", is_active=False)
    hashes.clear()
    costs = []
    for login in (
        "siapa@example.id",
        "081299998888",
        "?",
        siti.email,
        "mantan@example.id",
        unverified.email,
    ):
        sign_in(Client(), login, password="salah-sekali")
        costs.append(len(hashes))
        hashes.clear()

    assert costs == [1] * len(costs)


@pytest.mark.parametrize("login", ["siti@example.id", "siapa@example.id", "081299998888"])
def test_guessing_stops_within_ten_tries_before_a_hash_is_made(client, siti, hashes, login) -> None:
    for _ in range(9):
        assert sign_in(client, login, password="salah-sekali").status_code == 200
    hashes.clear()

    tenth = sign_in(client, login, password=make.PASSWORD)

    assert tenth.status_code == 429
    assert LOCKED in text(tenth)
    assert hashes == []
    assert not is_in(client)


def test_a_made_up_forwarding_header_gives_no_more_tries(siti) -> None:
    for n in range(9):
        sign_in(
            Client(HTTP_X_FORWARDED_FOR=f"1.2.3.{n}", REMOTE_ADDR=f"5.6.7.{n}"), siti.email, "x"
        )

    assert sign_in(Client(HTTP_X_FORWARDED_FOR="9.9.9.9"), siti.email).status_code == 429


def test_another_spelling_of_the_name_gives_no_more_tries(client, siti) -> None:
    siti.phone = "+6281234567890"
    siti.save()
    for n in range(9):
        spelled = ["081234567890", "+62 812 3456 7890", "siti@example.id", "SITI@example.id"][n % 4]
        sign_in(client, spelled, password="salah-sekali")

    assert sign_in(client, "6281234567890").status_code == 429
    assert sign_in(client, "Siti@Example.id").status_code == 429


def test_the_right_password_of_a_disabled_account_runs_out_of_tries_too(client) -> None:
    make.user("mantan", is_active=False)
    answers = [sign_in(client, "mantan@example.id").status_code for _ in range(10)]

    assert answers == [200] * 9 + [429]


def test_neighbours_behind_one_address_still_get_in(client, siti, budi) -> None:
    for n in range(45):
        sign_in(client, f"tetangga{n}@example.id", password="salah-sekali")

    assert sign_in(client, budi.email).status_code == 302


def test_phone_owners_do_not_use_up_one_anothers_tries(client, siti, budi) -> None:
    siti.phone, budi.phone = "+6281234567890", "+6281234567891"
    siti.save()
    budi.save()
    for _ in range(10):
        sign_in(client, siti.phone, password="salah-sekali")

    assert sign_in(client, budi.phone).status_code == 302


def test_a_sign_in_that_works_does_not_use_up_tries(siti) -> None:
    assert [sign_in(Client(), siti.email).status_code for _ in range(12)] == [302] * 12


def test_the_session_gets_a_new_id_at_sign_in_and_is_dead_after_sign_out(client, siti) -> None:
    client.get(SIGN_IN)
    client.session["barang"] = "x"
    session = client.session
    session["barang"] = "x"
    session.save()
    before = client.cookies["sesi"].value if "sesi" in client.cookies else session.session_key
    client.cookies["sesi"] = session.session_key
    sign_in(client, siti.email)
    during = client.cookies["sesi"].value

    assert during != before
    assert not Session.objects.filter(pk=before).exists()
    client.post("/akun/keluar/")
    assert not Session.objects.filter(pk=during).exists()
    client.cookies["sesi"] = during
    assert not is_in(client)


def test_sign_out_is_asked_and_posted(client, siti) -> None:
    client.force_login(siti)

    assert client.get("/akun/keluar/").status_code == 200
    assert is_in(client)
    assert client.post("/akun/keluar/").status_code == 302
    assert not is_in(client)


def test_a_disabled_owner_is_out_at_once(client, siti) -> None:
    client.force_login(siti)
    siti.is_active = False
    siti.save()

    assert client.get("/saya/").status_code == 302


def test_a_page_of_hers_sends_her_to_sign_in_and_back(client, siti) -> None:
    wanted = client.get("/saya/")

    assert wanted.url == "/akun/masuk/?next=/saya/"
    assert sign_in(client, siti.email, next="/saya/?a=1").url == "/saya/?a=1"


def test_the_sign_in_page_says_where_to_go_without_account_or_password(client) -> None:
    page = client.get("/akun/masuk/?next=/daftar/pemilik/").content.decode()

    assert 'href="/akun/daftar/?next=%2Fdaftar%2Fpemilik%2F"' in page
    assert 'href="/akun/sandi/lupa/"' in page
    assert 'href="/akun/kode/"' in page
    assert 'autocomplete="current-password"' in page
