"""The code from the counter: who may make it, what it opens, once and for a day."""

from __future__ import annotations

import re
import time

import pytest
import time_machine
from django.test import Client

from members.actions.accounts import issue_access_code, use_access_code
from members.models import AccessCode, User
from tests import make
from tests.accounts.conftest import is_in, letters, sign_in
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db
ADD = "/admin/members/accesscode/add/"
NEW = "sambal-terasi-99"
NO = "Kode tidak cocok, sudah dipakai, atau lewat 24 jam."


@pytest.fixture
def ibu_ani(db: None) -> User:
    """Signed up by phone, has no e-mail, forgot her password."""
    return User.objects.create_user("", make.PASSWORD, phone="+6281234567890", name="Ani")


def use(client, code: str, login: str = "0812 3456 7890", password: str = NEW):
    return client.post("/akun/kode/", {"login": login, "code": code, "password": password})


@pytest.mark.parametrize("role", ["petugas", "sekretariat", "admin"])
def test_the_counter_finds_the_owner_looks_at_the_ktp_and_hands_over(
    client, ibu_ani, role, request
) -> None:
    staff = request.getfixturevalue(role)
    client.force_login(staff)
    found = client.post(ADD, {"who": "0812 3456 7890"}).content.decode()
    assert "Ani" in found
    assert not AccessCode.objects.exists()

    page = client.post(ADD, {"who": "0812 3456 7890", "seen_ktp": "on", "issue": "1"})

    code = re.search(r"<code>(\w{10})</code>", page.content.decode())[1]
    assert not set(code) & set("0O1IL")
    row = AccessCode.objects.get()
    assert (row.user, row.issued_by) == (ibu_ani, staff)
    assert code not in row.code_digest
    assert code not in client.get("/admin/members/accesscode/").content.decode()
    assert "no-store" in page["Cache-Control"]
    entry = AuditEntry.objects.get(verb="access_code.issued")
    assert (entry.by, entry.via, code in str(entry.data)) == (staff, "admin", False)


def test_without_a_look_at_the_ktp_there_is_no_code(client, ibu_ani, petugas) -> None:
    client.force_login(petugas)
    page = client.post(ADD, {"who": "081234567890", "issue": "1"}).content.decode()

    assert "Lihat KTP aslinya dulu" in page
    assert "Ani" in page
    assert not AccessCode.objects.exists()


def test_the_owner_is_found_by_the_number_of_the_business(client, batik, petugas) -> None:
    client.force_login(petugas)

    assert "Batik Siti" in client.post(ADD, {"who": batik.number.lower()}).content.decode()


@pytest.mark.parametrize("role", ["kurator", "bendahara", "siti"])
def test_others_make_no_codes(client, ibu_ani, role, request) -> None:
    client.force_login(request.getfixturevalue(role))
    answer = client.post(ADD, {"who": "081234567890", "seen_ktp": "on", "issue": "1"})

    assert answer.status_code in {302, 403}
    assert client.get("/admin/members/accesscode/").status_code in {302, 403}
    assert not AccessCode.objects.exists()


def test_staff_and_superusers_get_no_code(client, petugas, kurator) -> None:
    root = make.user("root", is_superuser=True)
    client.force_login(petugas)
    for person in (kurator, root, petugas):
        page = client.post(ADD, {"who": person.email, "seen_ktp": "on", "issue": "1"})
        assert "Tidak ada akun pemilik" in page.content.decode()
        with pytest.raises(ActionRefused):
            issue_access_code(person, by=petugas, via="admin")
    assert not AccessCode.objects.exists()


def test_ani_comes_back_with_it(client, ibu_ani, petugas) -> None:
    elsewhere = Client()
    sign_in(elsewhere, ibu_ani.phone)
    code = issue_access_code(ibu_ani, by=petugas, via="admin").code

    answer = use(client, f" {code[:5].lower()}-{code[5:]} ")

    assert answer.url == "/saya/"
    assert is_in(client)
    assert not is_in(elsewhere)
    assert sign_in(Client(), ibu_ani.phone, NEW).status_code == 302
    assert AuditEntry.objects.filter(verb="access_code.used", via="web").count() == 1


def test_it_works_once(ibu_ani, petugas) -> None:
    code = issue_access_code(ibu_ani, by=petugas, via="admin").code
    use(Client(), code)

    assert NO in use(Client(), code, password="yang-lain-88").content.decode()
    assert sign_in(Client(), ibu_ani.phone, NEW).status_code == 302


def test_wrong_late_replaced_foreign_and_unknown_get_the_same_sentence(
    client, ibu_ani, budi, petugas
) -> None:
    old = issue_access_code(ibu_ani, by=petugas, via="admin").code
    code = issue_access_code(ibu_ani, by=petugas, via="admin").code
    pages = [
        use(Client(), "ABCDEFGHJK"),
        use(Client(), old),
        use(Client(), code, login=budi.email),
        use(Client(), code, login="081299990000"),
        use(Client(), code, login="bukan nomor"),
    ]
    with time_machine.travel(time.time() + 24 * 3600 + 1, tick=True):
        pages.append(use(Client(), code))

    assert all(page.status_code == 200 and NO in page.content.decode() for page in pages)
    assert sign_in(client, ibu_ani.phone).status_code == 302


def test_guessing_codes_stops(ibu_ani, petugas) -> None:
    code = issue_access_code(ibu_ani, by=petugas, via="admin").code
    for n in range(9):
        assert use(Client(REMOTE_ADDR=f"10.0.0.{n}"), "ABCDEFGHJK").status_code == 200

    tenth = use(Client(REMOTE_ADDR="10.0.1.1"), code)

    assert tenth.status_code == 429
    assert "Terlalu banyak percobaan" in tenth.content.decode()


def test_a_weak_password_does_not_use_up_the_code(client, ibu_ani, petugas) -> None:
    code = issue_access_code(ibu_ani, by=petugas, via="admin").code
    assert use(client, code, password="12345678").status_code == 200

    assert use(client, code).status_code == 302


def test_who_became_staff_since_cannot_use_it(ibu_ani, petugas) -> None:
    code = issue_access_code(ibu_ani, by=petugas, via="admin").code
    ibu_ani.is_staff = True
    ibu_ani.save()

    with pytest.raises(ActionRefused):
        use_access_code(ibu_ani, code, NEW, by=None, via="web")


def test_an_owner_with_an_e_mail_address_hears_of_it(siti, petugas) -> None:
    issue_access_code(siti, by=petugas, via="admin")

    letter = letters()[-1]
    assert letter.to == [siti.email]
    assert "Bukan Anda yang meminta?" in letter.body
