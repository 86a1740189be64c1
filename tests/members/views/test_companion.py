"""A companion at work: with Siti's code, for Siti alone, and only as long as she lets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from catalog.models import Product
from members.actions.companion import offer_access
from members.choices import ApplicationStatus
from members.models import AccessCode, Business, CompanionAccess, Consent, Owner, User
from tests import make
from tests.catalog import pictures
from tests.members import apply
from umkm_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
FORM = {
    "sheet": "L-1",
    "signed_on": "",
    "full_name": "Rohmah",
    "phone": "0813 5555 0009",
    "nik": make.NIK_SITI,
    "ktp_dki": "on",
    "name": "Pecel Rohmah",
    "sector": "kuliner",
    "yearly_sales": "90.000.000",
    "street": "Jl. Kebagusan No. 5",
    "kelurahan": "31.74.09.1002",
    "consents": ["keanggotaan", "katalog"],
    "signed": "on",
}
PRODUCT = {
    "kunci": "k-1",
    "nama": "Kain panjang",
    "harga": "285.000",
    "kategori": "fashion",
    "satuan": "lembar",
    "aksi": "kirim",
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def at_work(batik, pendamping) -> Client:
    """The companion has used Siti's code."""
    client = signed_in(pendamping)
    code = offer_access(batik, by=batik.owner, via="web").code
    assert client.post("/pendamping/kode/", {"code": code})["Location"] == "/saya/"
    return client


def field_form(**changes):
    return FORM | {"signed_on": f"{timezone.localdate():%d/%m/%Y}"} | changes


def test_siti_makes_a_code_that_is_shown_once(siti, batik) -> None:
    client = signed_in(siti)
    page = client.post("/saya/pendamping/kode/")

    code = re.search(r"<code>(\w{10})</code>", page.text)[1]
    assert "no-store" in page["Cache-Control"]
    listed = client.get("/saya/pendamping/").text
    assert code not in listed
    assert "menunggu dipakai sampai" in listed


def test_the_banner_stands_on_every_page_until_she_is_done(at_work) -> None:
    day = timezone.localdate() + timedelta(days=30)
    for path in ("/saya/", "/saya/produk/", "/saya/jbl/", "/katalog/", "/pendamping/"):
        page = at_work.get(path).text
        assert "Anda membantu <strong>Batik Siti</strong> sampai" in page, path
        assert str(day.year) in page

    at_work.post("/pendamping/selesai/")

    assert "Anda membantu" not in at_work.get("/katalog/").text
    assert "Batik Siti" in at_work.get("/pendamping/").text


def test_what_she_does_is_told_to_the_owner_as_helped(at_work, siti, pendamping) -> None:
    at_work.post("/saya/produk/baru/", PRODUCT | {"foto": pictures.upload()})

    product = Product.objects.get()
    assert product.business.owner == siti
    entries = AuditEntry.objects.about(product)
    assert {entry.on_behalf_of for entry in entries} == {siti}
    page = signed_in(siti).get("/saya/pendamping/").text
    assert "Dibantu oleh Pendamping" in page
    assert "Menambah produk: Kain panjang" in page
    assert "Mengirim produk ke kurator: Kain panjang" in page


def test_revoking_works_on_the_very_next_request(at_work, siti, batik) -> None:
    product = make.product(batik)
    assert at_work.get(f"/saya/produk/{product.pk}/").status_code == 200

    access = CompanionAccess.objects.get()
    signed_in(siti).post(f"/saya/pendamping/{access.pk}/cabut/")

    page = at_work.get("/pendamping/").text
    assert "Akses membantu sudah berakhir atau dicabut pemilik." in page
    assert at_work.get(f"/saya/produk/{product.pk}/").status_code == 404
    assert at_work.post(f"/saya/produk/{product.pk}/arsip/").status_code == 404
    assert at_work.post(f"/pendamping/{access.pk}/bantu/").status_code == 404


def test_it_is_over_by_itself_after_thirty_days(at_work, batik, pendamping) -> None:
    product = make.product(batik)
    access = CompanionAccess.objects.get()
    with time_machine.travel(access.ends_at - timedelta(minutes=1), tick=False):
        client = signed_in(pendamping)
        client.post(f"/pendamping/{access.pk}/bantu/")
        assert client.get(f"/saya/produk/{product.pk}/").status_code == 200
    with time_machine.travel(access.ends_at + timedelta(minutes=1), tick=False):
        assert client.get(f"/saya/produk/{product.pk}/").status_code == 404


def test_a_role_taken_away_works_on_the_very_next_request(at_work, batik, pendamping) -> None:
    product = make.product(batik)
    pendamping.groups.clear()

    assert at_work.get(f"/saya/produk/{product.pk}/").status_code == 404
    assert at_work.get("/pendamping/").status_code == 404


def test_without_beginning_nothing_of_the_owner_is_open(batik, pendamping) -> None:
    make.companion_access(batik, pendamping)
    product = make.product(batik)

    assert signed_in(pendamping).get(f"/saya/produk/{product.pk}/").status_code == 404


def test_a_companion_without_the_second_factor_reaches_no_field_page(
    batik, pendamping, settings
) -> None:
    settings.STAFF_TOTP = True

    assert signed_in(pendamping).get("/pendamping/")["Location"] == "/akun/2fa/aktif/"


def test_guessing_codes_stops(pendamping, batik, fresh_limits) -> None:
    client = signed_in(pendamping)
    statuses = [
        client.post("/pendamping/kode/", {"code": f"ABCDEFGH{n:02d}"}).status_code
        for n in range(11)
    ]

    assert statuses == [200] * 9 + [429] * 2


def test_she_fills_the_application_but_changes_no_phone_and_sees_no_nik(siti, pendamping) -> None:
    draft = apply.draft(siti)
    Owner.objects.filter(user=siti).update(full_name="")
    access = make.companion_access(draft, pendamping)
    client = signed_in(pendamping)
    client.post(f"/pendamping/{access.pk}/bantu/")

    assert "Isi pendaftaran" in client.get("/saya/").text
    page = client.get("/daftar/pemilik/").text
    assert make.NIK_SITI not in page
    assert 'name="phone"' not in page
    typed = {"full_name": "Siti Contoh", "home_address": "Jl. Baru 1", "ktp_dki": "ya"}
    client.post("/daftar/pemilik/", typed | {"phone": "0899 9999 9999"})
    client.post("/daftar/usaha/", apply.TYPED["usaha"] | {"order_phone": "0899 9999 9999"})

    owner = Owner.objects.get(user=siti)
    draft.refresh_from_db()
    assert (owner.full_name, owner.home_address) == ("Siti Contoh", "Jl. Baru 1")
    assert owner.phone == draft.order_phone == "+6281234567890"
    siti.refresh_from_db()
    assert siti.phone == ""
    assert not Business.objects.owned_by(pendamping).exists()


def test_she_sends_it_only_with_the_consents_on_paper(siti, pendamping) -> None:
    draft = apply.draft(siti)
    access = make.companion_access(draft, pendamping)
    client = signed_in(pendamping)
    client.post(f"/pendamping/{access.pk}/bantu/")

    without = client.post("/daftar/periksa/", {"keanggotaan": "on"}).text
    assert "Minta pemilik menandatangani lembarnya dulu" in without
    assert not Consent.objects.exists()
    client.post("/daftar/periksa/", {"keanggotaan": "on", "signed": "on"})

    draft.refresh_from_db()
    assert draft.status == ApplicationStatus.SUBMITTED
    assert Consent.objects.get().channel == "lembar"
    assert client.post("/daftar/batal/").status_code == 404
    assert client.post("/daftar/usaha-lain/").status_code == 404


def test_the_field_form_enrols_prints_and_keeps_place_and_date(pendamping) -> None:
    client = signed_in(pendamping)
    page = client.post("/pendamping/daftar/", field_form(ktp=pictures.upload()))

    assert re.search(r"<code>\w{10}</code>", page.text)
    assert "no-store" in page["Cache-Control"]
    business = Business.objects.get()
    assert business.status == ApplicationStatus.SUBMITTED
    assert business.owner.owner.home_address == "Jl. Kebagusan No. 5, Srengseng Sawah"
    following = client.get("/pendamping/daftar/").text
    assert '<option value="31.74.09.1002" selected>' in following
    assert f'value="{timezone.localdate():%d/%m/%Y}"' in following
    assert "Rohmah" not in following
    again = client.post("/pendamping/daftar/", field_form())
    assert "Kodenya hanya tampil sekali" in again.text
    assert AccessCode.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sheet": ""}, "Tulis nomor di pojok lembar"),
        ({"signed_on": "31/02/2026"}, "31/02/2026"),
        ({"signed": ""}, "Minta pemilik menandatangani lembarnya dulu."),
        ({"consents": ["acara"]}, "Tanpa persetujuan keanggotaan"),
        ({"nik": "123"}, "NIK terdiri dari 16 angka"),
        ({"phone": "12"}, "Nomor HP harus diawali 08"),
    ],
)
def test_the_field_form_says_what_is_wrong_and_keeps_the_rest(
    pendamping, changes, sentence
) -> None:
    page = signed_in(pendamping).post("/pendamping/daftar/", field_form(**changes))

    assert sentence in page.text
    assert 'value="Pecel Rohmah"' in page.text
    assert not Business.objects.exists()


def test_the_list_says_what_is_missing(batik, siti, pendamping) -> None:
    draft = Business.objects.create(owner=make.user("rohmah"), name="Pecel Rohmah")
    make.companion_access(batik, pendamping)
    make.companion_access(draft, pendamping, sheet="L-2")

    page = signed_in(pendamping).get("/pendamping/").text

    assert "Nama sesuai KTP, NIK" in page
    assert "belum ada produk" in page
    assert "belum pernah ikut JBL" in page


def test_one_business_and_three_cost_the_same(
    batik, pendamping, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    client = signed_in(pendamping)
    make.companion_access(batik, pendamping)
    client.get("/pendamping/")
    with django_assert_max_num_queries(10) as one:
        client.get("/pendamping/")
    for name in ("a", "b"):
        make.companion_access(make.business(make.user(name)), pendamping, sheet=name)
    with django_assert_num_queries(len(one)):
        client.get("/pendamping/")


def test_an_officer_records_a_sheet_at_the_desk(client, batik, pendamping, petugas) -> None:
    client.force_login(petugas)
    typed = {
        "business": batik.number,
        "companion": pendamping.pk,
        "sheet": "L-9",
        "signed_on": f"{timezone.localdate():%d/%m/%Y}",
        "reason": "Pemilik tidak punya HP",
    }
    path = "/admin/members/companionaccess/add/"
    assert "Tulis alasannya." in client.post(path, typed | {"reason": ""}).text
    assert "Tidak ada usaha dengan nomor itu." in client.post(path, typed | {"business": "X"}).text

    client.post(path, typed)

    access = CompanionAccess.objects.get()
    assert (access.business, access.companion, access.offered_by) == (batik, pendamping, petugas)
    assert "Batik Siti" in client.get("/admin/members/companionaccess/").text


def test_the_desk_needs_the_right_to_record_one(client, batik, pendamping, kurator) -> None:
    for user in (pendamping, kurator):
        client.force_login(user)
        assert client.get("/admin/members/companionaccess/add/").status_code == 403


def test_the_sheet_prints_every_consent_word_for_word(client, db) -> None:
    page = client.get("/pendamping/lembar/").text

    assert "selama 30 hari" in page
    assert page.count("☐") == 5
