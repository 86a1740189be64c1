"""Registering as the owner meets it."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.actions.registration import save_draft
from members.actions.verification import reject_business, return_for_repair, verify_business
from members.choices import ApplicationStatus, ConsentPurpose
from members.models import Business, Consent, Document, Owner
from members.views.registration import NIK_TRIES
from tests import make
from tests.members import apply
from umkm_portal.audit.models import AuditEntry

STEPS = ["pemilik", "usaha", "alamat", "legalitas"]


@pytest.fixture
def phone(client: Client, siti) -> Client:
    client.force_login(siti)
    return client


def fill(phone: Client, steps=STEPS) -> None:
    for step in steps:
        answer = phone.post(f"/daftar/{step}/", apply.TYPED[step])
        assert answer.status_code == 302, answer.context["form"].errors


def page_of(answer) -> str:
    return answer.content.decode()


def test_anybody_reads_what_it_takes(client, db) -> None:
    answer = client.get("/daftar/")

    assert answer.status_code == 200
    for step in ("Pemilik", "Usaha", "Alamat", "Legalitas", "Periksa"):
        assert step in page_of(answer)
    assert "3 hari kerja" in page_of(answer)
    assert "/akun/daftar/?next=/daftar/pemilik/" in page_of(answer)


@pytest.mark.parametrize("path", ["pemilik", "usaha", "alamat", "legalitas", "periksa", "selesai"])
def test_the_steps_ask_for_sign_in(client, db, path) -> None:
    assert client.get(f"/daftar/{path}/").headers["Location"].startswith("/akun/masuk/")


def test_there_is_no_sixth_step(phone) -> None:
    assert phone.get("/daftar/keenam/").status_code == 404


def test_siti_walks_the_five_steps(phone) -> None:
    fill(phone)
    answer = phone.post("/daftar/periksa/", {"keanggotaan": "on"})

    assert answer.headers["Location"] == "/daftar/selesai/"
    business = Business.objects.get()
    assert business.status == ApplicationStatus.SUBMITTED
    assert business.order_phone == "+6281234567890"
    assert (business.rt, business.rw) == ("004", "002")
    assert business.yearly_sales == 120_000_000
    assert business.postcode
    done = page_of(phone.get("/daftar/selesai/"))
    assert business.number in done
    assert "3 hari kerja, paling lambat" in done


def test_each_step_leads_to_the_next(phone) -> None:
    for step, after in zip(STEPS, [*STEPS[1:], "periksa"], strict=True):
        answer = phone.post(f"/daftar/{step}/", apply.TYPED[step])
        assert answer.headers["Location"] == f"/daftar/{after}/"


def test_what_was_saved_is_there_again(phone) -> None:
    fill(phone, ["usaha"])

    page = page_of(phone.get("/daftar/usaha/"))

    assert 'value="Batik Siti"' in page
    assert 'value="120.000.000"' in page


def test_the_nik_is_never_shown_again(phone) -> None:
    fill(phone)

    for path in ("/daftar/pemilik/", "/daftar/periksa/", "/saya/usaha/", "/daftar/"):
        assert make.NIK_SITI not in page_of(phone.get(path)), path
    assert "3174••••••••0001" in page_of(phone.get("/daftar/pemilik/"))


def test_later_keeps_half_a_step(phone) -> None:
    answer = phone.post("/daftar/usaha/", {"name": "Batik Siti", "nanti": "1"})

    assert answer.headers["Location"] == "/daftar/nanti/"
    assert Business.objects.get().name == "Batik Siti"


def test_an_empty_step_says_what_to_write(phone) -> None:
    answer = phone.post("/daftar/usaha/", {})

    page = page_of(answer)
    assert answer.status_code == 200
    assert "<title>Kesalahan:" in page
    assert "Tulis nama usaha." in page
    assert 'href="#id_name"' in page
    assert not Business.objects.exists()


@pytest.mark.parametrize(
    ("step", "field", "typed", "sentence"),
    [
        ("pemilik", "nik", "123", "NIK terdiri dari 16 angka, lihat di KTP."),
        ("pemilik", "nik", "3174093502850001", "Tanggal lahir di dalam NIK tidak mungkin"),
        ("pemilik", "phone", "021-555", "Nomor HP harus diawali 08 atau +62"),
        ("pemilik", "ktp_dki", "mungkin", "Pilih KTP Jakarta atau kota lain."),
        ("usaha", "name", "   ", "Tulis nama usaha."),
        ("usaha", "name", "x" * 121, "Paling banyak 120 huruf"),
        ("usaha", "sector", "bank", "Pilih bidang usaha."),
        ("usaha", "started_year", "besok", "Tulis tahun dengan empat angka"),
        ("usaha", "started_year", "2999", "Tulis tahun dengan empat angka"),
        ("usaha", "yearly_sales", "banyak", "Tulis jumlah dalam rupiah"),
        ("usaha", "yearly_sales", "9" * 25, "terlalu besar"),
        ("alamat", "kelurahan", "99.99", "Pilih kelurahan tempat usaha."),
        ("alamat", "postcode", "1263", "Kode pos terdiri dari 5 angka"),
        ("alamat", "rt", "abc", "RT dan RW terdiri dari"),
        ("legalitas", "nib", "123456789012", "NIB terdiri dari 13 angka. Anda menulis 12 angka."),
        ("legalitas", "jakpreneur_id", "a b!", "Nomor Jakpreneur berisi"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_stays(phone, step, field, typed, sentence) -> None:
    answer = phone.post(f"/daftar/{step}/", {**apply.TYPED[step], field: typed})

    assert answer.status_code == 200
    assert sentence in page_of(answer)
    assert not Business.objects.exists()


NASTY = [
    "",
    "x" * 20_000,
    "a\x00b",
    "\u202eatik\u200b\u2066",
    "🧵🔥👩‍👩‍👧",
    "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦",
    "１２３４",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "'; DROP TABLE members_business; --",
    "../../etc/passwd",
    "a\r\nBcc: x@example.id",
    "=cmd|' /C calc'!A0",
    "O'Neill & Søn",
    "-1",
    "1e999",
    "\ud800",
]


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("step", STEPS)
def test_nasty_values_in_every_field_break_nothing(phone, step, value) -> None:
    value = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for field in apply.TYPED[step]:
        answer = phone.post(f"/daftar/{step}/", {**apply.TYPED[step], field: value})

        assert answer.status_code in {200, 302}
        if answer.status_code == 200:
            assert "<script>alert" not in page_of(answer)
    for path in ("/daftar/periksa/", "/saya/usaha/"):
        shown = phone.get(path, follow=True)
        assert shown.status_code == 200
        assert "<script>alert" not in page_of(shown)
        assert "49" not in re.findall(r"<dd>(\d+)", page_of(shown))


@pytest.mark.parametrize("name", ["Ñ", "O'Neill & Søn", "Đặng’s", "x" * 120])
def test_names_keep_what_people_have(phone, name) -> None:
    phone.post("/daftar/usaha/", {**apply.TYPED["usaha"], "name": name})

    assert Business.objects.get().name == name


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "ktp.jpg"),
        (b"not a picture", "ktp.jpg"),
        (apply.picture(form="PNG"), "ktp.docx"),
        (apply.picture(60, 40), "ktp.jpg"),
        (b"\xff" * (9 * 1024 * 1024), "ktp.jpg"),
    ],
    ids=["empty", "text", "ending", "small", "big"],
)
def test_a_file_that_is_no_card_gets_a_sentence(phone, content, name) -> None:
    upload = SimpleUploadedFile(name, content, content_type="image/jpeg")
    answer = phone.post("/daftar/legalitas/", {**apply.TYPED["legalitas"], "ktp": upload})

    assert answer.status_code == 200
    assert answer.context["form"].errors["ktp"]
    assert 'value="1234567890123"' in page_of(answer)
    assert not Document.objects.exists()


def test_the_photo_of_the_card_is_hers_alone(phone, budi, petugas) -> None:
    upload = SimpleUploadedFile("ktp.jpg", apply.picture(), content_type="image/jpeg")
    phone.post("/daftar/legalitas/", {**apply.TYPED["legalitas"], "ktp": upload})
    pk = Document.objects.get().pk

    answer = phone.get(f"/saya/berkas/{pk}/", follow=True)

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    assert AuditEntry.objects.get(verb="document.viewed").via == "tautan"
    for other in (budi, petugas):
        phone.force_login(other)
        assert phone.get(f"/saya/berkas/{pk}/").status_code == 404


@pytest.mark.usefixtures("fresh_limits")
def test_nobody_tries_number_after_number_to_learn_who_is_registered(phone, budi) -> None:
    apply.draft(budi)
    for _try in range(NIK_TRIES):
        phone.post("/daftar/pemilik/", apply.TYPED["pemilik"])

    answer = phone.post("/daftar/pemilik/", apply.TYPED["pemilik"])

    assert answer.status_code == 200
    assert "Terlalu banyak percobaan" in str(answer.context["form"].errors["nik"])
    assert answer.context["form"].data["full_name"]


def test_the_nik_of_another_is_an_error_of_its_field(phone, budi) -> None:
    apply.draft(budi)

    answer = phone.post("/daftar/pemilik/", apply.TYPED["pemilik"])

    assert "NIK ini sudah dipakai akun lain" in str(answer.context["form"].errors["nik"])


def test_no_consent_is_ticked_beforehand(phone) -> None:
    fill(phone)

    page = page_of(phone.get("/daftar/periksa/"))

    boxes = re.findall(r'<input type="checkbox"[^>]*>', page)
    assert len(boxes) == len(ConsentPurpose)
    assert not any("checked" in box for box in boxes)


def test_sending_needs_the_consent_and_keeps_the_others(phone) -> None:
    fill(phone)

    answer = phone.post("/daftar/periksa/", {"acara": "on"})

    assert "Centang persetujuan keanggotaan" in page_of(answer)
    assert re.search(r'name="acara"[^>]* checked', page_of(answer))
    assert not Consent.objects.exists()


def test_an_incomplete_draft_is_not_sent(phone) -> None:
    fill(phone, ["usaha"])

    answer = phone.post("/daftar/periksa/", {"keanggotaan": "on"})

    assert "Masih kosong: Nama sesuai KTP" in page_of(answer)
    assert Business.objects.get().status == ApplicationStatus.DRAFT


def test_back_and_a_second_post_are_harmless(phone) -> None:
    fill(phone)
    for _press in range(2):
        answer = phone.post("/daftar/periksa/", {"keanggotaan": "on"})
        assert answer.headers["Location"] == "/daftar/selesai/"
    for step in STEPS:
        answer = phone.post(f"/daftar/{step}/", apply.TYPED[step])
        assert answer.headers["Location"] == "/daftar/selesai/"

    assert Business.objects.count() == 1


def test_extra_fields_decide_nothing(phone, siti, budi) -> None:
    extra = {
        "status": "approved",
        "owner": str(budi.pk),
        "number": "JKP-2026-000999",
        "is_staff": "on",
        "is_superuser": "on",
        "verified": "on",
        "decided_at": "2026-01-01",
    }
    for step in STEPS:
        phone.post(f"/daftar/{step}/", {**apply.TYPED[step], **extra})
    phone.post("/daftar/periksa/", {"keanggotaan": "on", **extra})

    business = Business.objects.get()
    siti.refresh_from_db()
    assert business.status == ApplicationStatus.SUBMITTED
    assert business.owner == siti
    assert business.number != "JKP-2026-000999"
    assert not siti.is_staff
    assert not siti.is_superuser


def test_repair_shows_only_what_was_named(phone, siti, petugas) -> None:
    business = apply.sent(siti)
    return_for_repair(business, fields=["street", "nib"], reason="Cek", by=petugas, via="admin")

    assert phone.get("/daftar/usaha/").headers["Location"] == "/daftar/alamat/"
    form = phone.get("/daftar/alamat/").context["form"]
    assert list(form.fields) == ["street"]
    answer = phone.post(
        "/daftar/alamat/", {"street": "Jl. Baru", "kelurahan": "31.74.01.1001", "name": "Lain"}
    )
    assert answer.headers["Location"] == "/daftar/legalitas/"
    phone.post("/daftar/legalitas/", {"nib": "1234567890123"})
    assert phone.post("/daftar/periksa/").headers["Location"] == "/daftar/selesai/"

    business.refresh_from_db()
    assert (business.street, business.nib) == ("Jl. Baru", "1234567890123")
    assert (business.name, business.kelurahan) == ("Batik Siti", make.kelurahan())
    assert business.status == ApplicationStatus.SUBMITTED


def test_the_start_page_knows_where_she_is(phone, siti, petugas) -> None:
    assert "Mulai" in page_of(phone.get("/daftar/"))
    save_draft(siti, data={"name": "Batik"}, by=siti, via="web")
    assert "Lanjutkan pendaftaran" in page_of(phone.get("/daftar/"))
    business = apply.sent(siti)
    assert "Lihat status pendaftaran" in page_of(phone.get("/daftar/"))
    verify_business(business, by=petugas, via="admin")
    assert "Daftarkan usaha lain" in page_of(phone.get("/daftar/"))
    assert phone.get("/daftar/selesai/").headers["Location"] == "/saya/usaha/"


def test_she_withdraws_and_begins_again(phone, siti) -> None:
    apply.sent(siti)
    phone.post("/daftar/batal/")

    assert Business.objects.get().status == ApplicationStatus.CANCELLED
    assert phone.post("/daftar/batal/").status_code == 404
    answer = phone.post("/daftar/usaha-lain/")
    assert answer.headers["Location"] == "/daftar/periksa/"
    assert Business.objects.count() == 2


@pytest.mark.parametrize("path", ["/daftar/batal/", "/daftar/usaha-lain/"])
def test_looking_changes_nothing(phone, siti, path) -> None:
    apply.sent(siti)

    assert phone.get(path).status_code == 405


def test_the_profile_says_what_to_do(phone, siti, petugas) -> None:
    assert "Belum ada usaha." in page_of(phone.get("/saya/usaha/"))
    business = apply.sent(siti)
    assert "sedang diperiksa" in page_of(phone.get("/saya/usaha/"))
    reject_business(business, reason="Di luar wilayah", by=petugas, via="admin")
    page = page_of(phone.get("/saya/usaha/"))
    assert "Di luar wilayah" in page
    assert "Keberatan?" in page


def test_she_switches_her_address_on(phone, batik) -> None:
    answer = phone.post(
        f"/saya/usaha/{batik.pk}/tampilan/",
        {"show_address": "on", "order_phone": "0812 1111 2222", "status": "rejected"},
    )

    batik.refresh_from_db()
    assert answer.headers["Location"] == "/saya/usaha/"
    assert (batik.show_address, batik.order_phone) == (True, "+6281211112222")
    assert batik.status == ApplicationStatus.APPROVED


def test_another_owner_sees_nothing_of_it(client, budi, batik) -> None:
    client.force_login(budi)

    for send in (client.get, client.post):
        assert send(f"/saya/usaha/{batik.pk}/tampilan/").status_code == 404
    assert "Batik Siti" not in page_of(client.get("/saya/usaha/"))
    assert client.post("/daftar/batal/").status_code == 404


def test_a_disabled_account_is_out_at_once(phone, siti) -> None:
    siti.is_active = False
    siti.save()

    assert phone.get("/daftar/pemilik/").status_code == 302


def test_the_sheet_of_the_step_costs_the_same_for_every_draft(
    phone, siti, django_assert_max_num_queries
) -> None:
    apply.draft(siti)

    with django_assert_max_num_queries(15):
        phone.get("/daftar/periksa/")
    assert Owner.objects.count() == 1
