"""TOTP: staff need it, a code works once, ten wrong ones stop it."""

from __future__ import annotations

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from tests import make
from tests.accounts.conftest import is_in, letters, sign_in

pytestmark = pytest.mark.django_db
DESK = "/admin/members/accesscode/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def totp_on(settings) -> None:
    settings.STAFF_TOTP = True


@pytest.fixture
def enrolled(petugas):
    TOTP.activate(petugas, SECRET)
    RecoveryCodes.activate(petugas)
    return petugas


def enrol(client, page: str = "/akun/2fa/aktif/"):
    client.post("/akun/ulang/", {"password": make.PASSWORD})
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", client.get(page).content.decode())[1]
    return client.post(page, {"code": code_now(secret)}), secret


@pytest.mark.parametrize("path", ["/admin/", DESK, "/petugas/pindai/"])
def test_staff_without_it_are_sent_to_enrol(client, petugas, totp_on, path) -> None:
    client.force_login(petugas)

    assert client.get(path).url == "/akun/2fa/aktif/"
    assert client.post(path).url == "/akun/2fa/aktif/"


def test_petugas_enrols_and_reaches_the_desk(
    client, petugas, totp_on, django_capture_on_commit_callbacks
) -> None:
    sign_in(client, petugas.email)
    asked = client.get("/akun/2fa/aktif/")
    assert asked.url.startswith("/akun/ulang/")

    with django_capture_on_commit_callbacks(execute=True):
        answer, _secret = enrol(client)

    assert answer.url == "/akun/2fa/kode-pemulihan/"
    assert len(re.findall(r"<code>\d{8}</code>", client.get(answer.url).content.decode())) == 10
    assert client.get(DESK).status_code == 200
    assert "autentikator diaktifkan" in letters()[-1].body


def test_the_secret_rests_encrypted(enrolled) -> None:
    for row in Authenticator.objects.all():
        assert SECRET not in str(row.data)
        assert "gAAAA" in str(row.data)


def test_the_password_alone_opens_nothing_once_enrolled(client, enrolled, totp_on) -> None:
    answer = sign_in(client, enrolled.email)

    assert answer.url == "/akun/2fa/masuk/"
    assert not is_in(client)
    answer = client.post("/akun/2fa/masuk/", {"code": code_now()})
    assert answer.status_code == 302
    assert client.get(DESK).status_code == 200


def test_a_session_from_before_enrolment_has_to_show_a_code(client, petugas, totp_on) -> None:
    sign_in(client, petugas.email)
    TOTP.activate(petugas, SECRET)

    answer = client.get("/admin/members/business/")
    assert answer.url == "/akun/2fa/ulang/?next=%2Fadmin%2Fmembers%2Fbusiness%2F"
    shown = client.post(answer.url, {"code": code_now()})

    assert shown.url == "/admin/members/business/"
    assert client.get(DESK).status_code == 200


def test_a_code_works_once(enrolled) -> None:
    first, second = Client(), Client()
    sign_in(first, enrolled.email)
    sign_in(second, enrolled.email)
    code = code_now()
    first.post("/akun/2fa/masuk/", {"code": code})
    second.post("/akun/2fa/masuk/", {"code": f"{code[:3]} {code[3:]}"})

    assert is_in(first)
    assert not is_in(second)


def test_the_code_that_enrolled_is_used_up(client, petugas) -> None:
    sign_in(client, petugas.email)
    _answer, secret = enrol(client)
    again = Client()
    sign_in(again, petugas.email)

    again.post("/akun/2fa/masuk/", {"code": code_now(secret)})
    assert not is_in(again)
    with time_machine.travel(time.time() + 31, tick=True):
        again.post("/akun/2fa/masuk/", {"code": code_now(secret)})
        assert is_in(again)


def test_ten_wrong_codes_stop_it(client, enrolled) -> None:
    for _ in range(9):
        sign_in(client, enrolled.email)
        wrong = "000000" if code_now() != "000000" else "111111"
        assert (
            "Kode tidak cocok" in client.post("/akun/2fa/masuk/", {"code": wrong}).content.decode()
        )

    answer = client.post("/akun/2fa/masuk/", {"code": code_now()})

    assert "Terlalu banyak percobaan" in answer.content.decode()
    assert not is_in(client)


def test_a_recovery_code_works_once(enrolled) -> None:
    stored = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    code = stored.wrap().get_unused_codes()[0]
    for expected in (True, False):
        visitor = Client()
        sign_in(visitor, enrolled.email)
        visitor.post("/akun/2fa/masuk/", {"code": code})

        assert is_in(visitor) is expected


def test_a_new_password_by_mail_neither_signs_in_nor_skips_the_code(client, enrolled) -> None:
    client.post("/akun/sandi/lupa/", {"email": enrolled.email})
    link = re.search(r"http://\S+", letters()[-1].body)[0]
    form = client.get(link.removeprefix("http://127.0.0.1:8000"))
    answer = client.post(form.url, {"password1": "sambal-terasi-99"})

    assert answer.url == "/akun/sandi/selesai/"
    assert not is_in(client)
    assert sign_in(client, enrolled.email, "sambal-terasi-99").url == "/akun/2fa/masuk/"
    assert not is_in(client)


@pytest.mark.parametrize(
    "path", ["/akun/2fa/aktif/", "/akun/2fa/kode-pemulihan/buat/", "/akun/telepon/ubah/"]
)
def test_sensitive_pages_ask_for_the_password_again(client, siti, path) -> None:
    sign_in(client, siti.email)

    for answer in (client.get(path), client.post(path, {"phone": "081299990000", "code": "1"})):
        assert answer.url.startswith("/akun/ulang/?next=")
    siti.refresh_from_db()
    assert siti.phone == ""


def test_turning_it_off_asks_again_and_sends_staff_back_to_enrol(client, enrolled, totp_on) -> None:
    sign_in(client, enrolled.email)
    client.post("/akun/2fa/masuk/", {"code": code_now()})
    assert client.post("/akun/2fa/nonaktif/").url.startswith("/akun/ulang/")

    client.post("/akun/ulang/", {"password": make.PASSWORD})
    client.post("/akun/2fa/nonaktif/")

    assert not Authenticator.objects.filter(user=enrolled).exists()
    assert client.get("/admin/").url == "/akun/2fa/aktif/"


def test_the_admin_has_no_sign_in_of_its_own(client, siti, petugas) -> None:
    assert client.get("/admin/login/?next=/admin/members/").url == (
        "/akun/masuk/?next=/admin/members/"
    )
    posted = client.post("/admin/login/", {"username": petugas.email, "password": make.PASSWORD})
    assert posted.url.startswith("/akun/masuk/")
    client.force_login(siti)
    assert client.get("/admin/login/").status_code == 403
    client.force_login(petugas)
    assert client.get("/admin/login/").url == "/admin/"
    assert client.get("/admin/password_change/").url == "/akun/sandi/ubah/"


def test_staff_who_are_idle_for_half_an_hour_are_out(client, petugas) -> None:
    sign_in(client, petugas.email)
    now = time.time()
    for minutes in (20, 45, 70):
        with time_machine.travel(now + minutes * 60, tick=True):
            assert client.get(DESK).status_code == 200
    with time_machine.travel(now + 101 * 60, tick=True):
        answer = client.get(DESK)
        assert answer.url == f"/akun/masuk/?next={DESK}"
        assert not is_in(client)


def test_an_owner_stays_in_for_days(client, siti) -> None:
    sign_in(client, siti.email)
    with time_machine.travel(time.time() + 5 * 86_400, tick=True):
        assert is_in(client)
