"""The owner's vault, links of five minutes, and the officers' desk for licences."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from members.choices import Role
from members.models import Business, Document, User
from tests import make
from tests.members.money import pdf, picture
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.files import random_name

pytestmark = pytest.mark.django_db
DESK = "/admin/members/document/"


@pytest.fixture
def licence(batik: Business, siti: User) -> Document:
    return kept(batik, kind="pirt", number="2063171010123-29")


def kept(business: Business, **values) -> Document:
    document = Document(business=business, size=9, uploaded_by=business.owner, **values)
    document.file.save(random_name("pdf"), pdf())
    return document


def send(client, business: Business, kind: str, **typed):
    return client.post(f"/saya/berkas/{business.pk}/{kind}/", typed, follow=True)


def test_siti_sends_her_pirt_and_its_end_is_read_from_the_number(client, siti, batik) -> None:
    client.force_login(siti)

    page = send(client, batik, "pirt", number="P-IRT 2063171010123-29", berkas=picture())

    document = Document.objects.get()
    assert (document.number, document.kind) == ("2063171010123-29", "pirt")
    assert document.expires_on == datetime.date(2029, 12, 31)
    text = page.content.decode()
    assert "Terkirim." in text
    assert "Diunggah" in text
    assert document.extension == "jpg"


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("nib", {"number": "123456789012"}, "NIB terdiri dari 13 angka. Anda menulis 12 angka."),
        ("pirt", {"number": "123"}, "Nomor P-IRT terdiri dari 15 angka, contoh 2063171010123-29."),
        ("pirt", {"number": "2063171010123-19"}, "sudah berakhir tahun 2019"),
        ("pirt", {"number": "2063171010123-29", "expires_on": "1/1/2030"}, "berakhir tahun 2029"),
        ("halal", {"number": "KH 123"}, "Itu nomor ketetapan (KH). Tulis nomor sertifikat"),
        ("halal", {}, "Tulis nomornya."),
        ("merek", {"number": "IDM000123456", "expires_on": "1/1/2020"}, "sudah lewat"),
        ("bpom", {"number": "MD235602169254", "berkas": None}, "Pilih foto atau PDF."),
    ],
)
def test_a_wrong_answer_is_told_what_to_do_and_kept(client, siti, batik, kind, typed, said) -> None:
    client.force_login(siti)
    values = {"berkas": pdf(), **typed}

    page = send(client, batik, kind, **{k: v for k, v in values.items() if v is not None})

    text = page.content.decode().replace("&quot;", '"')
    assert said in text
    assert "Kesalahan:" in text
    if typed.get("number"):
        assert typed["number"] in text
    assert not Document.objects.exists()


def test_halal_in_process_is_kept_without_a_number(client, siti, batik) -> None:
    client.force_login(siti)

    page = send(client, batik, "halal", in_process="on", berkas=pdf())

    assert Document.objects.get().number == ""
    assert "Sedang diproses" in page.content.decode()


@pytest.mark.parametrize("kind", ["ktp", "paspor"])
def test_other_kinds_have_no_page(client, siti, batik, kind) -> None:
    client.force_login(siti)

    assert send(client, batik, kind, berkas=pdf()).status_code == 404


def test_the_vault_costs_the_same_for_one_business_and_three(
    client, siti, batik, licence, django_assert_max_num_queries
) -> None:
    client.force_login(siti)
    with django_assert_max_num_queries(12) as first:
        assert "2063171010123-29" in client.get("/saya/berkas/").content.decode()
    for number in range(2):
        kept(make.business(siti, name=f"Warung {number}"), kind="nib", number="1234567890123")
    with django_assert_max_num_queries(len(first)):
        client.get("/saya/berkas/")


def test_a_link_lasts_five_minutes_for_one_person_and_each_look_is_written_down(
    client, siti, budi, petugas, licence
) -> None:
    client.force_login(siti)
    link = client.get(f"/saya/berkas/{licence.pk}/").url

    for _look in range(2):
        answer = client.get(link)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.filter(verb="document.viewed", by=siti).count() == 2
    for other in (budi, petugas):
        client.force_login(other)
        assert client.get(link).status_code == 404
    client.force_login(siti)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=6), tick=False):
        late = client.get(link)
    assert late.status_code == 410
    assert "hanya berlaku 5 menit" in late.content.decode()
    assert client.get("/berkas/tidak-ada/").status_code == 404
    client.logout()
    assert client.get(link).status_code == 302


def test_an_officer_opens_verifies_and_the_owner_reads_it(
    client, siti, petugas, batik, licence
) -> None:
    client.force_login(petugas)
    assert "Berkas usaha" in client.get("/admin/").content.decode()
    assert "Buka berkas" in client.get(f"{DESK}{licence.pk}/change/").content.decode()
    assert client.get(f"{DESK}{licence.pk}/buka/").status_code == 405

    opened = client.post(f"{DESK}{licence.pk}/buka/", follow=True)
    assert opened["Content-Type"] == "application/pdf"
    licence.refresh_from_db()
    assert licence.status == "checking"
    client.post(f"{DESK}{licence.pk}/sahkan/", {"expires_on": "31/12/2029"})

    client.force_login(siti)
    assert "Sah s.d. 31 Desember 2029" in client.get("/saya/berkas/").content.decode()


def test_an_officer_refuses_with_a_reason(client, siti, petugas, licence) -> None:
    client.force_login(petugas)
    address = f"{DESK}{licence.pk}/tolak/"
    assert "Tulis alasannya." in client.post(address, {"reason": ""}).content.decode()

    client.post(address, {"reason": "Foto buram"})

    client.force_login(siti)
    page = client.get("/saya/berkas/").content.decode()
    assert "Ditolak" in page
    assert "Foto buram" in page


def test_a_right_taken_away_ends_the_link(client, petugas, licence) -> None:
    client.force_login(petugas)
    link = client.post(f"{DESK}{licence.pk}/buka/").url
    petugas.groups.clear()

    assert client.get(link).status_code == 404


def test_kadin_staff_and_other_districts_see_no_scan(
    client, sekretariat, bendahara, kurator, licence
) -> None:
    for who in (sekretariat, bendahara, kurator):
        client.force_login(who)
        assert client.get(DESK).status_code == 403
        assert client.post(f"{DESK}{licence.pk}/buka/").status_code == 403
    tebet = make.staff("tebet", Role.PETUGAS, kecamatan=make.kelurahan("Tebet Barat").kecamatan)
    client.force_login(tebet)
    assert client.post(f"{DESK}{licence.pk}/buka/").status_code == 404
    assert str(licence) not in client.get(DESK).content.decode()


def test_the_desk_list_shows_what_waits_at_a_constant_price(
    client, petugas, batik, licence, django_assert_max_num_queries
) -> None:
    client.force_login(petugas)
    with django_assert_max_num_queries(12) as first:
        assert "P-IRT" in client.get(f"{DESK}?tunggu=ya").content.decode()
    for kind in ("nib", "merek"):
        kept(batik, kind=kind, number="1")
    with django_assert_max_num_queries(len(first)):
        client.get(f"{DESK}?tunggu=ya")
