"""A new password, another phone, another e-mail address; who hears of it and what ends."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests import make
from tests.accounts.conftest import is_in, letters, sign_in, sign_up
from umkm_portal.audit.models import AuditEntry
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db
NEW = "sambal-terasi-99"


def confirm_password(client) -> None:
    client.post("/akun/ulang/", {"password": make.PASSWORD})


def reset_link() -> str:
    return re.search(r"http://127.0.0.1:8000(/akun/sandi/baru/\S+)", letters()[-1].body)[1]


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client, siti) -> None:
    other = Client()
    sign_in(client, siti.email)
    sign_in(other, siti.email)

    answer = client.post("/akun/sandi/ubah/", {"oldpassword": make.PASSWORD, "password1": NEW})

    assert answer.url == "/akun/"
    assert is_in(client)
    assert not is_in(other)
    letter = letters()[-1]
    assert letter.to == [siti.email]
    assert letter.subject == "Ada perubahan pada akun Anda"
    assert "Kata sandi diganti." in letter.body
    assert letter.content_subtype == "plain"
    assert Notice.objects.of(siti).count() == 1


def test_the_old_password_is_asked_for_a_new_one(client, siti) -> None:
    client.force_login(siti)
    page = client.post("/akun/sandi/ubah/", {"oldpassword": "salah", "password1": NEW})

    assert "Kata sandi sekarang tidak cocok." in page.content.decode()
    assert page.content.decode().count('type="password"') == 2


def test_reset_looks_alike_for_known_unknown_and_disabled(siti) -> None:
    make.user("mantan", is_active=False)
    answers = [
        Client().post("/akun/sandi/lupa/", {"email": email}, follow=True)
        for email in (siti.email, "siapa@example.id", "mantan@example.id")
    ]

    assert len({(a.status_code, a.request["PATH_INFO"], a.content) for a in answers}) == 1
    sent = letters()
    assert [letter.to[0] for letter in sent] == [
        siti.email,
        "siapa@example.id",
        "mantan@example.id",
    ]
    assert ["/sandi/baru/" in letter.body for letter in sent] == [True, False, False]


def test_the_link_works_once_and_does_not_sign_in(client, siti) -> None:
    client.post("/akun/sandi/lupa/", {"email": siti.email})
    link = reset_link()
    form = client.get(link)
    assert siti.email not in form.url
    client.post(form.url, {"password1": NEW})

    assert not is_in(client)
    assert sign_in(client, siti.email, NEW).status_code == 302
    assert "Tautan tidak berlaku" in Client().get(link).content.decode()


def test_the_letter_never_carries_a_made_up_host(client, siti, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/akun/sandi/lupa/", {"email": siti.email}, headers={"host": "jahat.example"})

    body = letters()[-1].body
    assert "jahat" not in body
    assert "http://127.0.0.1:8000/akun/sandi/baru/" in body


def test_a_reset_by_mail_confirms_the_address_of_who_lost_the_code(client) -> None:
    sign_up(client, "siti@contoh.id")
    client = Client()
    client.post("/akun/sandi/lupa/", {"email": "siti@contoh.id"})
    form = client.get(reset_link())
    client.post(form.url, {"password1": NEW})

    assert sign_in(client, "siti@contoh.id", NEW).status_code == 302


def test_reset_letters_run_out(client, siti) -> None:
    statuses = [
        client.post("/akun/sandi/lupa/", {"email": siti.email}).status_code for _ in range(6)
    ]

    assert statuses == [302] * 5 + [429]


def test_siti_changes_her_phone_and_signs_in_with_it(client, siti) -> None:
    sign_in(client, siti.email)
    confirm_password(client)

    answer = client.post("/akun/telepon/ubah/", {"phone": "0812 3456 7890"})

    assert answer.url == "/akun/"
    assert "0812-3456-7890" in client.get("/akun/").content.decode()
    assert sign_in(Client(), "081234567890").status_code == 302
    assert AuditEntry.objects.about(siti).filter(verb="user.phone_changed").count() == 1
    assert "Nomor HP untuk masuk diganti." in letters()[-1].body


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Bagian ini belum diisi."),
        ("12", "Nomor HP harus diawali 08 atau +62"),
        ("081299990000", "Nomor ini sudah dipakai akun lain."),
    ],
)
def test_a_phone_that_cannot_be_is_said(client, siti, budi, typed, sentence) -> None:
    budi.phone = "+6281299990000"
    budi.save()
    sign_in(client, siti.email)
    confirm_password(client)

    page = client.post("/akun/telepon/ubah/", {"phone": typed})

    assert sentence in page.content.decode()
    siti.refresh_from_db()
    assert siti.phone == ""


def test_a_phone_owner_adds_an_e_mail_address(client) -> None:
    sign_up(client, "081234567890")
    confirm_password(client)
    answer = client.post("/akun/e-mail/", {"email": "siti@contoh.id", "action_add": ""})
    assert answer.url == "/akun/konfirmasi/"
    code = re.search(r"\b\d{6}\b", letters()[-1].body)[0]

    client.post("/akun/konfirmasi/", {"code": code})

    assert "siti@contoh.id" in client.get("/akun/").content.decode()
    assert sign_in(Client(), "siti@contoh.id").status_code == 302


def test_the_address_changes_after_the_code_and_the_old_one_hears_of_it(client, siti) -> None:
    sign_in(client, siti.email)
    assert client.post(
        "/akun/e-mail/", {"email": "baru@contoh.id", "action_add": ""}
    ).url.startswith("/akun/ulang/")
    confirm_password(client)
    client.post("/akun/e-mail/", {"email": "baru@contoh.id", "action_add": ""})
    siti.refresh_from_db()
    assert siti.email == "siti@example.id"
    code = re.search(r"\b\d{6}\b", letters()[-1].body)[0]

    client.post("/akun/konfirmasi/", {"code": code})

    siti.refresh_from_db()
    assert siti.email == "baru@contoh.id"
    told = {letter.to[0]: letter.body for letter in letters()}
    assert "baru@contoh.id" in told["siti@example.id"]
    assert "Alamat e-mail diganti." in told["baru@contoh.id"]
    assert sign_in(Client(), "siti@example.id").status_code == 200


def test_another_persons_address_cannot_be_taken(client, siti, budi) -> None:
    sign_in(client, siti.email)
    confirm_password(client)
    client.post("/akun/e-mail/", {"email": budi.email, "action_add": ""})
    code = re.search(r"\b\d{6}\b", letters()[-1].body)[0]

    page = client.post("/akun/konfirmasi/", {"code": code})

    assert "sudah dipakai akun lain" in page.content.decode()
    siti.refresh_from_db()
    assert siti.email == "siti@example.id"


def test_the_only_name_to_sign_in_with_stays(client, siti) -> None:
    sign_in(client, siti.email)
    confirm_password(client)
    client.post("/akun/e-mail/", {"email": siti.email, "action_remove": ""})

    assert siti.emailaddress_set.count() == 1
