"""An account with a phone number or an e-mail address."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from members.models import User
from tests import make
from tests.accounts.conftest import is_in, letters, sign_in, sign_up
from tests.race import all_at_once
from umkm_portal.lib.hashers import PortalArgon2Hasher

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


def answer_to_e_mail_sign_up(client, address):
    first = sign_up(client, address)
    page = client.get(first.url)
    return first.status_code, first.url, page.status_code, page.content.decode()


def without_tokens(text: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", text)


def test_a_known_and_an_unknown_e_mail_address_look_alike(client, siti) -> None:
    known = answer_to_e_mail_sign_up(Client(), "siti@example.id")
    unknown = answer_to_e_mail_sign_up(Client(), "baru@example.id")

    assert known[:3] == unknown[:3]
    assert without_tokens(known[3]).replace("siti@", "baru@") == without_tokens(unknown[3])
    assert User.objects.filter(email="siti@example.id").count() == 1
    to_siti, to_new = letters()
    assert "sudah punya akun" in to_siti.subject
    assert re.search(r"\b\d{6}\b", to_new.body)


def test_known_and_unknown_cost_one_password_hash_each(client, siti, monkeypatch) -> None:
    counted = []
    whole = PortalArgon2Hasher.encode
    monkeypatch.setattr(
        PortalArgon2Hasher, "encode", lambda *a, **k: counted.append(1) or whole(*a, **k)
    )
    sign_up(Client(), "siti@example.id")
    known = len(counted)
    sign_up(Client(), "baru@example.id")

    assert known == len(counted) - known == 1


def test_a_taken_number_is_told_five_times_an_hour_and_address(client, siti) -> None:
    siti.phone = "+6281234567890"
    siti.save()
    for _ in range(5):
        assert TAKEN in sign_up(client, "081234567890").content.decode()

    sixth = sign_up(client, "081234567890")
    untaken = sign_up(client, "081299990000")
    elsewhere = sign_up(Client(REMOTE_ADDR="10.9.9.9"), "081299990001")

    for answer in (sixth, untaken):
        assert "Coba lagi satu jam lagi" in answer.content.decode()
    assert TAKEN not in sixth.content.decode()
    assert elsewhere.status_code == 302


def test_whether_a_number_is_taken_is_not_told_beside_another_mistake(client, siti) -> None:
    siti.phone = "+6281234567890"
    siti.save()

    answer = sign_up(client, "081234567890", password="123")

    assert TAKEN not in answer.content.decode()


@pytest.mark.parametrize(
    ("contact", "password", "sentence"),
    [
        ("", make.PASSWORD, "Tulis nomor HP atau e-mail."),
        ("0812", make.PASSWORD, "Nomor HP harus diawali 08 atau +62, contoh 0812 3456 7890."),
        ("siti@", make.PASSWORD, "Tulis alamat e-mail yang lengkap"),
        ("081234567890", "", "Tulis kata sandi."),
        ("081234567890", "pendek", "8"),
        ("081234567890", "password1", "Kata sandi ini terlalu umum"),
    ],
)
def test_a_mistake_is_said_in_a_sentence_and_what_was_typed_stays(
    client, contact, password, sentence
) -> None:
    answer = sign_up(client, contact, password=password)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert sentence in page
    assert "<title>Kesalahan:" in page
    assert f'value="{contact}"' in page or not contact
    assert not User.objects.exists()


@pytest.mark.parametrize("nasty", ["\x00", "a\x00@b.id", "🙂" * 500, "x" * 100_000, "٠٨١٢٣٤٥٦٧٨٩٠"])
def test_nasty_text_in_any_field_is_no_fault_of_ours(client, nasty) -> None:
    for field in ("contact", "name", "password1"):
        values = {"contact": "081234567890", "name": "Siti", "password1": make.PASSWORD}
        answer = Client().post("/akun/daftar/", values | {field: nasty})

        assert answer.status_code in {200, 302}


def test_an_account_never_confirmed_makes_room_for_a_new_one(client) -> None:
    first = Client()
    sign_up(first, "siti@contoh.id", password="punya-orang-lain-1")
    old_code = re.search(r"\b\d{6}\b", letters()[-1].body)[0]
    sign_up(client, "siti@contoh.id")
    code = re.search(r"\b\d{6}\b", letters()[-1].body)[0]

    first.post("/akun/konfirmasi/", {"code": old_code})
    assert not is_in(first)
    client.post("/akun/konfirmasi/", {"code": code})

    assert is_in(client)
    assert sign_in(Client(), "siti@contoh.id", password="punya-orang-lain-1").status_code == 200


def test_three_wrong_codes_end_the_confirmation(client) -> None:
    sign_up(client, "siti@contoh.id")
    code = re.search(r"\b\d{6}\b", letters()[-1].body)[0]
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(3):
        client.post("/akun/konfirmasi/", {"code": wrong})

    client.post("/akun/konfirmasi/", {"code": code})

    assert not is_in(client)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_a_number_at_once_make_one_account() -> None:
    answers = []
    all_at_once(lambda _n: answers.append(sign_up(Client(), "081234567890").status_code), range(2))

    assert sorted(answers) == [200, 302]
    assert User.objects.count() == 1


def test_extra_fields_give_no_power(client) -> None:
    sign_up(client, "081234567890", is_staff="1", is_superuser="on", groups="1", status="x")

    made = User.objects.get()
    assert (made.is_staff, made.is_superuser) == (False, False)
    assert not made.groups.exists()


def test_a_mail_server_that_is_away_loses_no_sign_up(client, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    sign_up(client, "siti@contoh.id")
    letters()

    assert User.objects.count() == 1
    again = DBTaskResult.objects.filter(task_path__endswith="mail_account", status="READY").get()
    assert again.run_after is not None
    assert "siti" in str(again.args_kwargs)
    assert not re.search(r"\b\d{6}\b", str(again.args_kwargs["args"][2]))
